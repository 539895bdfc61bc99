"""Copied ticks look like made ones and have a life of their own."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pytest
from gallery import FIGURES, agg_pixels, new_figure


def dense():
    figure = new_figure()
    axes = figure.add_subplot()
    axes.plot([0, 1000], [1e-9, 1e-8])
    axes.minorticks_on()
    axes.tick_params("x", rotation=30, labelsize=7, direction="inout", colors="green")
    axes.tick_params("y", which="minor", length=7, width=2, right=True)
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.xaxis.get_major_ticks(1)[0].label1.set_fontweight("bold")
    return figure


@pytest.mark.parametrize("build", [*FIGURES.values(), dense])
def test_every_figure_looks_the_same_with_copied_ticks(build, request):
    made = agg_pixels(build())

    request.getfixturevalue("copied_ticks")
    copied = agg_pixels(build())

    assert np.array_equal(made, copied)


def test_ticks_are_copied_at_all(copied_ticks):
    figure = new_figure()
    axes = figure.add_subplot()

    made = axes.xaxis.get_major_ticks(3)

    copied = [hasattr(tick, "_copied_from") for tick in made]
    assert copied[0] is False
    assert copied[-1] is True


def test_changing_one_tick_leaves_the_others_alone(copied_ticks):
    axis = new_figure().add_subplot().xaxis
    first, second, third = axis.get_major_ticks(3)

    second.label1.set(color="red", fontsize=31, text="two")
    second.tick1line.set(markersize=9, color="red")
    second.update_position(0.7)

    for other in (first, third):
        assert other.label1.get_color() != "red"
        assert other.label1.get_fontsize() != 31
        assert other.label1.get_text() == ""
        assert other.tick1line.get_markersize() != 9
        assert other.get_loc() != 0.7


def test_ticks_that_are_not_plain_are_made_by_matplotlib(copied_ticks):
    axis = new_figure().add_subplot().xaxis
    axis.get_major_ticks(1)[0].label1.set_bbox({"facecolor": "yellow"})

    made = axis.get_major_ticks(2)

    assert not hasattr(made[1], "_copied_from")


@pytest.mark.skipif(
    mpl.__version_info__ < (3, 11), reason="minor ticks are looked at, and so sent"
)
def test_a_state_with_a_title_can_be_drawn_with_a_scale_of_the_users(
    copied_ticks, mirror_of, make_figure
):
    state = mirror_of(make_figure()).figure
    axes = state.axes[0]
    assert axes.xaxis.__dict__["minorTicks"] == []  # left out by the kernel

    axes.set(xscale="log", title="mine")  # whose place depends on the ticks

    assert agg_pixels(state).any()
