"""Ticks that look like the first do not travel, and are drawn all the same."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation

from jlab_qtwindows.host.figure.mirror import load_mirror
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot


@pytest.fixture
def axes():
    """Return the Axes of a figure that has been drawn."""
    figure = Figure()
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.plot([1, 3, 2])
    figure.canvas.draw()
    return axes


@pytest.fixture
def travelled(request):
    """Return a function that gives the Axes as the host loads them."""

    def load(axes):
        parts = take_snapshot(axes.figure, Rung.MIRROR).parts
        request.getfixturevalue("copied_ticks")
        mirror = load_mirror(parts)
        mirror.style.apply()
        return mirror.figure.axes[0]

    return load


def pixels(axes):
    canvas = FigureCanvasAgg(axes.figure)
    canvas.draw()
    return np.array(canvas.buffer_rgba())


def test_of_ticks_that_look_the_same_the_first_travels(axes, travelled):
    assert len(axes.xaxis.majorTicks) > 3

    expected = pixels(axes)
    copy = travelled(axes)

    assert len(copy.xaxis.majorTicks) == len(copy.yaxis.majorTicks) == 1
    np.testing.assert_array_equal(pixels(copy), expected)


def test_those_of_all_ticks_that_are_styled_together_too(axes, travelled):
    axes.tick_params(labelcolor="red", length=9, labelrotation=30)
    axes.figure.canvas.draw()

    expected = pixels(axes)
    copy = travelled(axes)

    assert len(copy.xaxis.majorTicks) == 1
    np.testing.assert_array_equal(pixels(copy), expected)


def raised(label):
    shift = ScaledTranslation(0, 0.2, label.figure.dpi_scale_trans)
    label.set_transform(label.get_transform() + shift)


@pytest.mark.parametrize(
    "style",
    [
        lambda tick: tick.label1.set_color("red"),
        lambda tick: tick.label1.set_rotation(45),
        lambda tick: tick.label1.set_fontweight("bold"),
        lambda tick: tick.label1.set_visible(False),
        lambda tick: tick.label1.set_bbox({"facecolor": "yellow"}),
        lambda tick: tick.label1.set_horizontalalignment("left"),
        lambda tick: tick.tick1line.set_marker("o"),
        lambda tick: tick.tick1line.set_markersize(20),
        lambda tick: tick.gridline.set(visible=True, linestyle="--"),
        lambda tick: tick.set_visible(False),
        lambda tick: raised(tick.label1),
    ],
    ids=[
        *("colour", "rotation", "weight", "hidden", "box", "alignment"),
        *("marker", "size", "grid", "no tick", "raised"),
    ],
)
@pytest.mark.parametrize("index", [0, 3, -1])
def test_a_tick_of_its_own_style_travels(axes, travelled, style, index):
    style(axes.xaxis.majorTicks[index])

    expected = pixels(axes)
    copy = travelled(axes)

    np.testing.assert_array_equal(pixels(copy), expected)


def test_an_axis_without_ticks_travels(axes, travelled):
    axes.set_xticks([])
    axes.figure.canvas.draw()

    expected = pixels(axes)
    np.testing.assert_array_equal(pixels(travelled(axes)), expected)
