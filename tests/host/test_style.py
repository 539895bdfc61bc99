"""A window is drawn with the settings of its own kernel."""

from __future__ import annotations

import matplotlib as mpl
import pytest
from matplotlib.path import Path

from jlab_qtwindows.host.style import Style


def test_the_last_one_applied_is_in_force():
    wide, narrow = Style({"hatch.linewidth": 5.0}), Style({"hatch.linewidth": 0.5})

    wide.apply()
    assert mpl.rcParams["hatch.linewidth"] == 5.0

    narrow.apply()
    assert mpl.rcParams["hatch.linewidth"] == 0.5

    wide.apply()
    assert mpl.rcParams["hatch.linewidth"] == 5.0


def test_the_shared_rectangle_follows():
    Style({}, unit_rectangle_steps=75).apply()
    assert Path.unit_rectangle()._interpolation_steps == 75

    Style({}).apply()
    assert Path.unit_rectangle()._interpolation_steps == 1


@pytest.mark.parametrize("name", ["hatch.linewidth", "image.cmap"])
def test_what_a_library_sets_when_it_is_imported_here_does_not_last(name):
    before = mpl.rcParams[name]
    style = Style({"hatch.linewidth": before} if name == "hatch.linewidth" else {})
    style.apply()
    dict.__setitem__(mpl.rcParams, name, None)

    style.apply()

    assert mpl.rcParams[name] == before
