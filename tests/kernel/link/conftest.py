"""A line in a window of a host that the test plays."""

from __future__ import annotations

import pytest


@pytest.fixture
def line(plt):
    return plt.figure().add_subplot().plot([1, 2, 3])[0]


@pytest.fixture
def window_id(line):
    return line.figure.canvas.followed.window_id


@pytest.fixture
def shown(host, line):
    """Bring the first state into a window."""
    host.welcome()
    host.show()
