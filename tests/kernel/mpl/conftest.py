"""A figure of our backend, with a canvas whose window nobody has opened yet."""

from __future__ import annotations

import pytest


@pytest.fixture
def figure(pyplot):
    figure, axes = pyplot.subplots()
    axes.plot([1, 2, 3])
    return figure


@pytest.fixture
def canvas(figure):
    return figure.canvas
