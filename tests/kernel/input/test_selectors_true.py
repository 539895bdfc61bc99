"""A selector selects what the window shows, of a figure that was never drawn here.

The judge is the same selector of a twin of the figure, drawn by plain Agg.
"""

from __future__ import annotations

import numpy as np
import pytest
from figurekinds import KINDS, renew
from matplotlib.backend_bases import MouseButton, MouseEvent
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.widgets import (
    EllipseSelector,
    LassoSelector,
    PolygonSelector,
    RectangleSelector,
    SpanSelector,
)

from jlab_qtwindows.protocol.messages import InputEvent, WindowResized

pytestmark = pytest.mark.usefixtures("without_windows")

SHOWN = ["line", "log", "dates", "equal_aspect", "constrained", "twins", "image"]
DRAG = [(0.3, 0.35), (0.4, 0.55), (0.6, 0.5), (0.7, 0.7)]  # of the Axes
PRESS, MOVE, RELEASE = (
    "button_press_event",
    "motion_notify_event",
    "button_release_event",
)
SELECTORS = {
    "span": lambda axes, note: SpanSelector(axes, note, "horizontal"),
    "upright span": lambda axes, note: SpanSelector(axes, note, "vertical"),
    "rectangle": lambda axes, note: RectangleSelector(axes, note),
    "ellipse": lambda axes, note: EllipseSelector(axes, note),
    "lasso": lambda axes, note: LassoSelector(axes, note),
    "polygon": lambda axes, note: PolygonSelector(axes, note),
}


def as_it_is(figure, twin):
    """Do nothing: the program has plotted, and the user drags."""


def after_new_data(figure, twin):
    renew(figure)
    renew(twin)


def after_a_resize(figure, twin):
    followed = figure.canvas.followed
    followed.inputs.put(WindowResized(followed.window_id, 500, 620))
    followed.inputs.run_next(figure.canvas.manager)
    twin.set_size_inches(500 / twin.dpi, 620 / twin.dpi)


def values(selector, selected):
    """Return what the selector has told and shows, as one array."""
    found = getattr(selector, "extents", None) or getattr(selector, "verts", selected)
    return np.asarray(found, float)


def drag(kind, act, places):
    """Drag over the figure; a polygon is made of clicks, the last at its first."""
    if kind == "polygon":
        for place in [*places[:3], places[0]]:
            for event in (MOVE, PRESS, RELEASE):
                act(event, *place)
        return
    act(PRESS, *places[0])
    for place in places[1:]:
        act(MOVE, *place)
    act(RELEASE, *places[-1])


@pytest.mark.filterwarnings("ignore:Tight layout not applied")
@pytest.mark.parametrize(
    ("name", "situation"),
    [
        *((name, as_it_is) for name in SELECTORS),
        ("rectangle", after_new_data),
        ("rectangle", after_a_resize),
    ],
)
@pytest.mark.parametrize("kind", SHOWN)
def test_it_selects_what_is_dragged_over(pyplot, name, kind, situation):
    figure, twin = pyplot.figure(), Figure()
    FigureCanvasAgg(twin)
    selected = {figure: [], twin: []}
    selectors = {}
    for each in (figure, twin):
        KINDS[kind](each)
        note = selected[each].append

        def tell(*found, note=note):
            note(found[0] if len(found) == 1 else found)

        selectors[each] = SELECTORS[name](each.axes[-1], tell)
    situation(figure, twin)
    twin.canvas.draw()

    def ours(event, x, y):
        followed = figure.canvas.followed
        message = InputEvent(followed.window_id, event, x, y, button=1)
        if event == MOVE:
            message = InputEvent(followed.window_id, event, x, y, buttons=[1])
        followed.inputs.put(message)
        followed.inputs.run_next(figure.canvas.manager)

    def twins(event, x, y):
        width, height = twin.bbox.size
        button = None if event == MOVE else MouseButton.LEFT
        MouseEvent(event, twin.canvas, x * width, y * height, button)._process()

    places = twin.axes[-1].transAxes.transform(DRAG) / twin.bbox.size
    drag(name, ours, places.tolist())
    drag(name, twins, places.tolist())

    right = values(selectors[twin], selected[twin][-1:])
    found = values(selectors[figure], selected[figure][-1:])
    assert right.size
    low, high = np.array([twin.axes[-1].get_xlim(), twin.axes[-1].get_ylim()]).T
    width, height = twin.axes[-1].bbox.size
    one = np.max((high - low) / (width, height))  # what a px is at most
    np.testing.assert_allclose(found, right, rtol=5e-3, atol=one)
