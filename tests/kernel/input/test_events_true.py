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
from matplotlib.lines import Line2D

from jlab_qtwindows.protocol.messages import FigureEdited, InputEvent, WindowResized

# Where the mouse is, in fractions of the figure.
PLACES = [(x, y) for x in (0.2, 0.51, 0.8) for y in (0.2, 0.4, 0.81)]
MOST_AIMED = 5
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


def after_an_idle_moment(plt, figure, twin):
    layout = figure.canvas.layout
    layout._settle_idle(figure.canvas.state())  # what the main thread does then


SITUATIONS = [
    as_it_is,
    after_a_pause,
    after_a_draw,
    after_new_data,
    after_a_resize,
    after_saving,
    after_zooming,
    after_an_idle_moment,
]
OF_CLICKS = as_it_is, after_a_draw, after_new_data, after_a_resize
OF_A_LOOP = after_a_pause, after_new_data


pytestmark = pytest.mark.usefixtures("without_windows")


@pytest.fixture(params=KINDS)
def fresh_pair(request, pyplot):
    """Return a function that makes a figure of ours, and the same for plain Agg."""

    def make():
        pyplot.close("all")
        figures = pyplot.figure(), Figure()
        FigureCanvasAgg(figures[1])
        for figure in figures:
            KINDS[request.param](figure)
            make_pickable(figure)
        return figures

    return make


@pytest.fixture
def pair(fresh_pair):
    return fresh_pair()


def act_on(figure, kind, x, y, button=0, *, running=False):
    """Move or press the mouse in our figure's window.

    Where a cell is `running` it is told when that lets events through.
    """
    canvas, followed = figure.canvas, figure.canvas.followed
    followed.inputs.put(InputEvent(followed.window_id, kind, x, y, button=button))
    if running:
        canvas.main_queue.post(lambda: followed.inputs.run_next(canvas.manager))
        canvas.flush_events()
    else:
        followed.inputs.run_next(canvas.manager)


def index_of(event):
    axes = event.inaxes
    return None if axes is None else axes.figure.figure.axes.index(axes)


@pytest.mark.filterwarnings("ignore:Tight layout not applied")  # of a narrow window
@pytest.mark.parametrize("running", [False, True], ids=["idle", "running"])
def test_the_mouse_is_where_the_drawn_figure_has_it(pyplot, fresh_pair, running):
    for situation in OF_A_LOOP if running else SITUATIONS:
        figure, twin = fresh_pair()
        heard = []
        figure.canvas.mpl_connect("motion_notify_event", heard.append)
        situation(pyplot, figure, twin)
        twin.canvas.draw()
        width, height = twin.bbox.size
        for x, y in PLACES:
            act_on(figure, "motion_notify_event", x, y, running=running)
            event, name = heard.pop(), situation.__name__

            right = MouseEvent(event.name, twin.canvas, x * width, y * height)
            assert (event.x, event.y) == (right.x, right.y), name
            assert index_of(event) == index_of(right), name
            if right.inaxes is not None:
                data = right.inaxes.transData.transform((event.xdata, event.ydata))
                np.testing.assert_allclose(data, (right.x, right.y), atol=1)  # px


def aims_at(twin):
    """Yield where each of some artists is hit, px; Matplotlib's own word for it."""
    artists = [a for a in twin.findobj() if a.pickable() and not is_ground(a)]
    for artist in artists[:: max(1, len(artists) // MOST_AIMED)]:
        for place in places_of(artist):
            event = MouseEvent("button_press_event", twin.canvas, *place)
            if event.inaxes in (artist.axes, None) and artist.contains(event)[0]:
                yield artist, place
                break


def is_ground(artist):
    """Return whether it is what everything else is drawn on."""
    return any(artist is owner.patch for owner in (artist.figure, *artist.figure.axes))


def places_of(artist):
    """Yield px that may be on an artist: its points, and the middle of its box."""
    if hasattr(artist, "get_offset_transform"):
        points = artist.get_offsets()
        yield from artist.get_offset_transform().transform(points)[:3]
    if isinstance(artist, Line2D):
        points = artist.get_transform().transform(artist.get_xydata())
        yield from points[np.isfinite(points).all(axis=1)][:3]
    for box in (artist.get_window_extent(), artist.figure.bbox):
        if np.isfinite(box.extents).all():
            yield (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


@pytest.mark.filterwarnings("ignore:Tight layout not applied")
def test_the_first_click_picks_the_artist_that_it_hits(pyplot, fresh_pair):
    aimed = 0
    for situation in OF_CLICKS:
        figure, twin = fresh_pair()
        situation(pyplot, figure, twin)
        twin.canvas.draw()
        picked = []
        figure.canvas.mpl_connect(
            "pick_event", lambda event, picked=picked: picked.append(event.artist)
        )
        for artist, (x, y) in aims_at(twin):
            picked.clear()
            width, height = twin.bbox.size
            act_on(figure, "button_press_event", x / width, y / height, button=1)
            hit = [found.get_gid() for found in picked]
            assert artist.get_gid() in hit, (situation.__name__, artist)
            aimed += 1
    assert aimed >= len(OF_CLICKS)


def test_a_click_picks_what_is_under_the_mouse(pyplot, pair):
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
            act_on(figure, "button_press_event", x, y, button=1)
            MouseEvent(
                *("button_press_event", twin.canvas, x * width, y * height),
                button=MouseButton.LEFT,
            )._process()

        assert found == right
        assert right
