"""Whose word counts in a window, the user's or the program's: each line of it."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

AUTO = None  # limits that autoscale
FIRST, NEXT, OTHER = (0.5, 1.5), (0.8, 0.9), (0.25, 1.75)

# What is changed, the program's value of it, what the user makes of it one after the
# other, the states that come then (with how many edits the kernel had heard of),
# and what the window shows in the end.
LINES = {
    "a text that was cleared will be set again": (
        ("title", "the program's", ["mine"], [("", 1)], "mine")
    ),
    "a text that was set again as it was is not new": (
        ("title", "the program's", ["mine"], [("", 1), ("the program's", 1)], "mine")
    ),
    "another text is the program's": (
        ("title", "the program's", ["mine"], [("the next", 1)], "the next")
    ),
    "what the kernel has heard of lasts beyond clear()": (
        ("xlim", AUTO, [FIRST], [(FIRST, 1), (AUTO, 1)], FIRST)
    ),
    "what is the program's again is no edit any more": (
        # A new process, which has heard of nothing, sets what was told to the last one.
        ("linewidth", 1.5, [6, 1.5], [(1.5, 2), (6, 0)], 6)
    ),
    "the user's value in an older state says nothing": (
        ("xlim", AUTO, [FIRST], [(FIRST, 0), (AUTO, 0)], FIRST)
    ),
    "an older state that is as before overrules nothing": (
        ("xlim", OTHER, [FIRST], [(OTHER, 0)], FIRST)
    ),
    "an older state with an earlier edit overrules nothing": (
        ("xlim", AUTO, [FIRST, NEXT], [(FIRST, 1)], NEXT)
    ),
    "what was before is the program's once the kernel has heard": (
        ("xlim", OTHER, [FIRST], [(OTHER, 1)], OTHER)
    ),
    "other limits are the program's": (("xlim", AUTO, [FIRST], [(OTHER, 1)], OTHER)),
    "other limits are the program's in an older state too": (
        ("xlim", AUTO, [FIRST], [(OTHER, 0)], OTHER)
    ),
    "limits that autoscale are nobody's word": (
        ("xlim", OTHER, [FIRST], [(AUTO, 1)], FIRST)
    ),
    "new artists have the style they had at first": (
        ("linewidth", 1.5, [6], [(6, 1), (1.5, 1)], 6)
    ),
    "another style is the program's": (("linewidth", 1.5, [6], [(3, 1)], 3)),
}


@pytest.fixture
def state(make_figure):
    """Return a function that makes a figure with one property as it is given."""

    def make(name, value):
        figure = make_figure()
        set_(figure, name, value)
        return figure

    return make


@pytest.fixture
def present(window, update_of):
    """Return a function that shows the next state; so much had the kernel heard."""

    def put(figure, heard=0):
        revision = window.content.revision + 1
        window.content.show(update_of(figure, revision, edits=heard))

    return put


@pytest.fixture
def looks_like(window, pixels, state):
    """Return a function that says whether the window shows what Agg draws of this."""

    def compare(name, value):
        figure = state(name, value)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        return np.array_equal(pixels(window.canvas), np.array(canvas.buffer_rgba()))

    return compare


def set_(figure, name, value):
    axes = figure.axes[0]
    if name == "title":
        axes.set_title(value)
    elif name == "linewidth":
        axes.lines[0].set_linewidth(value)
    elif value is not AUTO:
        axes.set_xlim(*value)


def change(window, name, value):
    """Do what a tool or a dialog of Matplotlib does for the user."""
    with window.canvas.acting():
        set_(window.canvas.figure, name, value)


@pytest.mark.parametrize(
    ("name", "own", "wanted", "states", "shown"), LINES.values(), ids=LINES
)
def test_whose_word_counts(
    window, present, state, looks_like, name, own, wanted, states, shown
):
    present(state(name, own))
    for value in wanted:
        change(window, name, value)

    for value, heard in states:
        present(state(name, value), heard)

    assert looks_like(name, shown)


@pytest.mark.parametrize("heard", [0, 1])
def test_a_view_that_is_held_is_never_overruled(
    window, present, state, looks_like, heard
):
    present(state("xlim", AUTO))
    change(window, "xlim", FIRST)
    window.canvas.hold_view(True)

    present(state("xlim", OTHER), heard)

    assert looks_like("xlim", FIRST)
