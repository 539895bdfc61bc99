"""A figure travels with the settings of its program, whatever these are made of."""

from __future__ import annotations

import pickle

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot
from jlab_qtwindows.kernel.snapshot.style import Style

CYCLES = {
    "names": ["red", "green", "blue", "black"],
    "rgb": [(1.0, 0.0, 0.0)] * 4,
    "rgb arrays": np.eye(4, 3),
    "rgba arrays": mpl.colormaps["coolwarm"](np.linspace(0, 1, 4)),
    "other rgba arrays": mpl.colormaps["viridis"](np.linspace(0, 1, 4)),
}


@pytest.fixture(autouse=True)
def own_settings():
    with mpl.rc_context():
        yield


def use(name):
    mpl.rcParams["axes.prop_cycle"] = mpl.cycler(color=CYCLES[name])


def told(style):
    return [tuple(d["color"]) for d in pickle.loads(style.pickled())["rc"][CYCLE]]


CYCLE = "axes.prop_cycle"


@pytest.mark.parametrize("before", CYCLES)
@pytest.mark.parametrize("after", CYCLES)
def test_a_cycle_of_colors_is_told_whatever_it_and_the_one_before_are_made_of(
    before, after
):
    """Arrays cannot be compared with anything: `cycler(color=cmap(x))` has them."""
    style = Style()
    use(before)
    style.pickled()

    use(after)

    assert told(style) == [tuple(color) for color in CYCLES[after]]
    assert style.pickled() is style.pickled()  # pickled once


def test_a_figure_travels_whole_after_its_program_has_chosen_colors_by_an_array():
    figure = Figure()
    FigureCanvasAgg(figure)
    for name in CYCLES:
        use(name)
        figure.add_subplot().plot([1, 2])
        assert take_snapshot(figure, Rung.MIRROR).rung is Rung.MIRROR
