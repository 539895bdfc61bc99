"""What a program learns of a click is what it learns where the figure is drawn.

The judge is a twin of each figure, drawn by plain Agg in this process.
"""

from __future__ import annotations

import io

import numpy as np
import pytest
from figurekinds import KINDS, make_pickable, renew
from matplotlib.backend_bases import MouseButton, MouseEvent
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from jlab_qtwindows.protocol.messages import FigureEdited, InputEvent, WindowResized

# Where the mouse is, in fractions of the figure.
PLACES = [(x, y) for x in (0.2, 0.51, 0.8) for y in (0.2, 0.4, 0.81)]
GRID = [(x, y) for x in np.linspace(0.12, 0.9, 7) for y in np.linspace(0.12, 0.9, 6)]


def as_it_is(plt, figure, twin):
    """Do nothing: the program has plotted and waits for a click."""


def after_a_pause(plt, figure, twin):
    plt.pause(0.001)


def after_a_draw(plt, figure, twin):
    figure.canvas.draw()


def after_new_data(plt, figure, twin):
    renew(figure)
    renew(twin)


def after_a_resize(plt, figure, twin):
    followed = figure.canvas.followed
    followed.inputs.put(WindowResized(followed.window_id, 500, 620))
    followed.inputs.run_next(figure.canvas.manager)
    twin.set_size_inches(500 / twin.dpi, 620 / twin.dpi)


def after_saving(plt, figure, twin):
    figure.savefig(io.BytesIO(), format="png", dpi=33)


def after_zooming(plt, figure, twin):
    followed = figure.canvas.followed
    followed.edits.put(
        FigureEdited(followed.window_id, 1, [["axes/0", "xlim", [0.2, 1.4, False]]])
    )
    followed.edits.apply()
    if twin.axes[0].name != "mollweide":  # has limits that nobody can change
        twin.axes[0].set_xlim(0.2, 1.4)


SITUATIONS = [
    as_it_is,
    after_a_pause,
    after_a_draw,
    after_new_data,
    after_a_resize,
    after_saving,
    after_zooming,
]


@pytest.fixture(params=KINDS)
def pair(request, pyplot):
    """Return a figure of ours, and the same for plain Agg."""
    figures = pyplot.figure(), Figure()
    FigureCanvasAgg(figures[1])
    for figure in figures:
        KINDS[request.param](figure)
        make_pickable(figure)
    return figures


@pytest.fixture
def act(pair):
    """Return a function that moves or presses the mouse in our figure's window."""
    canvas = pair[0].canvas

    def send(kind, x, y, button=0):
        window_id = canvas.followed.window_id
        canvas.followed.inputs.put(InputEvent(window_id, kind, x, y, button=button))
        canvas.followed.inputs.run_next(canvas.manager)

    return send


def index_of(event):
    axes = event.inaxes
    return None if axes is None else axes.figure.figure.axes.index(axes)


@pytest.mark.filterwarnings("ignore:Tight layout not applied")  # of a narrow window
def test_the_mouse_is_where_the_drawn_figure_has_it(pyplot, pair, act):
    figure, twin = pair
    heard = []
    figure.canvas.mpl_connect("motion_notify_event", heard.append)

    for situation in SITUATIONS:
        situation(pyplot, figure, twin)
        twin.canvas.draw()
        width, height = twin.bbox.size
        for x, y in PLACES:
            act("motion_notify_event", x, y)
            event, name = heard.pop(), situation.__name__

            right = MouseEvent(event.name, twin.canvas, x * width, y * height)
            assert (event.x, event.y) == (right.x, right.y), name
            assert index_of(event) == index_of(right), name
            if right.inaxes is not None:
                data = right.inaxes.transData.transform((event.xdata, event.ydata))
                np.testing.assert_allclose(data, (right.x, right.y), atol=1)  # px


def test_a_click_picks_what_is_under_the_mouse(pyplot, pair, act):
    figure, twin = pair
    found, right = [], []
    for each, picks in ((figure, found), (twin, right)):
        each.canvas.mpl_connect(
            "pick_event",
            lambda event, picks=picks: picks.append(
                (event.artist.get_gid(), np.array(getattr(event, "ind", [])).tolist())
            ),
        )

    for situation in (as_it_is, after_new_data):
        situation(pyplot, figure, twin)
        twin.canvas.draw()
        width, height = twin.bbox.size
        for x, y in GRID:
            act("button_press_event", x, y, button=1)
            MouseEvent(
                *("button_press_event", twin.canvas, x * width, y * height),
                button=MouseButton.LEFT,
            )._process()

        assert found == right
        assert right
