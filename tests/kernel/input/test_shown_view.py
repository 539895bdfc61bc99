"""A click is at what the window shows, whatever the program's figure has by now.

The judge is a twin of what the window shows, drawn by plain Agg in this process.
"""

from __future__ import annotations

import warnings

import matplotlib as mpl
import numpy as np
import pytest
from figurekinds import KINDS, make_pickable
from matplotlib.backend_bases import MouseButton, MouseEvent
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.widgets import SpanSelector

from jlab_qtwindows.host.figure.shownaxes import shown_under
from jlab_qtwindows.kernel.follow.taker import Outcome, Taker
from jlab_qtwindows.kernel.process.activity import Activity
from jlab_qtwindows.kernel.snapshot.snapshot import take_snapshot
from jlab_qtwindows.protocol.messages import InputEvent

pytestmark = pytest.mark.usefixtures("without_windows")

ZOOMABLE = ["line", "dates", "log", "equal_aspect", "image", "twins", "scatter_3d"]
PLACE = 0.55, 0.45


@pytest.fixture
def pair(pyplot):
    """Return a function that makes a figure, and what its window shows of it."""

    def make(kind):
        figures = pyplot.figure(), Figure()
        FigureCanvasAgg(figures[1])
        for figure in figures:
            KINDS[kind](figure)
            make_pickable(figure)
        figures[1].canvas.draw()
        return figures

    return make


@pytest.fixture
def click():
    """Return a function that clicks in a window, and gives the event of its twin."""

    def press(figure, shown, x=PLACE[0], y=PLACE[1], kind="button_press_event"):
        width, height = shown.bbox.size
        place = MouseEvent(kind, shown.canvas, x * width, y * height, MouseButton.LEFT)
        followed = figure.canvas.followed
        under = shown_under(place, shown)
        event = InputEvent(followed.window_id, kind, x, y, button=1, **under)
        followed.inputs.put(event)
        followed.inputs.run_next(figure.canvas.manager)
        return place

    return press


def zoom_in(shown):
    """Show the middle third, as a user who has zoomed and holds that."""
    for axes in shown.axes:
        for name in ("x", "y"):
            scale = getattr(axes, f"{name}axis").get_transform()
            low, high = scale.transform(np.array(getattr(axes, f"get_{name}lim")()))
            third = (high - low) / 3
            limits = scale.inverted().transform(np.array([low + third, high - third]))
            getattr(axes, f"set_{name}lim")(*limits)
        if hasattr(axes, "azim"):
            axes.view_init(10, 20)
    shown.canvas.draw()


@pytest.mark.parametrize("kind", ZOOMABLE)
def test_the_data_are_those_under_the_mouse_in_the_window(pair, click, kind):
    figure, shown = pair(kind)
    heard = []
    figure.canvas.mpl_connect("button_press_event", heard.append)
    zoom_in(shown)

    right = click(figure, shown)

    (event,) = heard
    assert (event.x, event.y) == (right.x, right.y)
    assert figure.axes.index(event.inaxes) == shown.axes.index(right.inaxes)
    data = right.inaxes.transData.transform((event.xdata, event.ydata))
    np.testing.assert_allclose(data, (right.x, right.y), atol=1)  # px


@pytest.mark.parametrize("kind", [*ZOOMABLE, "scatter", "legend"])
def test_what_is_picked_is_what_the_window_shows_there(pair, click, kind):
    figure, shown = pair(kind)
    zoom_in(shown)
    found, right = [], []
    for each, picks in ((figure, found), (shown, right)):
        each.canvas.mpl_connect(
            "pick_event",
            lambda event, picks=picks: picks.append(
                (event.artist.get_gid(), np.array(getattr(event, "ind", [])).tolist())
            ),
        )

    for x in np.linspace(0.15, 0.88, 9):
        for y in np.linspace(0.15, 0.88, 7):
            place = shown.transFigure.transform((x, y))
            if any(axes.bbox.contains(*place) for axes in shown.axes):
                click(figure, shown, x, y)._process()

    assert found == right
    # Of the lower one of twins nothing can be picked, and an image is all there is.
    assert any(indices for _, indices in found) or kind in ("image", "twins")


@pytest.mark.parametrize("end", [0.7, 0.99], ids=["inside", "beyond the Axes"])
@pytest.mark.parametrize("kind", ["line", "twins"])
def test_a_selector_selects_what_the_window_shows(pair, click, kind, end):
    figure, shown = pair(kind)
    zoom_in(shown)
    selected = {}
    selectors = [
        SpanSelector(
            each.axes[0],  # of twins the lower one
            lambda *limits, name=name: selected.update({name: limits}),
            "horizontal",
        )
        for name, each in (("ours", figure), ("right", shown))
    ]
    for event, x in (
        ("button_press_event", 0.3),
        ("motion_notify_event", 0.5),
        ("motion_notify_event", end),
        ("button_release_event", end),
    ):
        click(figure, shown, x, 0.5, event)._process()

    assert len(selectors) == 2
    np.testing.assert_allclose(selected["ours"], selected["right"], rtol=1e-3)


def test_a_window_that_shows_no_axes_there_has_none(pair, click):
    figure, shown = pair("line")
    heard = []
    figure.canvas.mpl_connect("button_press_event", heard.append)
    shown.axes[0].set_position((0, 0, 0.1, 0.1))  # as of an earlier layout
    shown.canvas.draw()

    click(figure, shown)

    assert (heard[0].inaxes, heard[0].xdata) == (None, None)


def test_an_axes_that_was_elsewhere_is_the_one_that_was_clicked(pair, click):
    figure, shown = pair("twins")
    heard = []
    figure.canvas.mpl_connect("button_press_event", heard.append)
    for axes in shown.axes:
        axes.set_position((0.3, 0.2, 0.4, 0.7))
    shown.canvas.draw()

    right = click(figure, shown)

    assert figure.axes.index(heard[0].inaxes) == shown.axes.index(right.inaxes)
    np.testing.assert_allclose(
        (heard[0].xdata, heard[0].ydata), (right.xdata, right.ydata)
    )


def test_of_a_figure_that_has_other_axes_by_now_nothing_is_taken_over(pair, click):
    figure, shown = pair("line")
    heard = []
    figure.canvas.mpl_connect("button_press_event", heard.append)
    zoom_in(shown)
    figure.clear()
    figure.subplots(1, 2)

    click(figure, shown)

    twin = Figure()
    FigureCanvasAgg(twin)
    twin.subplots(1, 2)
    twin.canvas.draw()
    right = MouseEvent("x", twin.canvas, heard[0].x, heard[0].y)
    assert heard[0].xdata == pytest.approx(right.xdata)


def test_the_view_is_the_programs_again_after_its_callbacks(pair, click):
    figure, shown = pair("line")
    (axes,) = figure.axes
    seen, moved = [], []
    axes.callbacks.connect("xlim_changed", moved.append)
    figure.canvas.mpl_connect(
        "button_press_event", lambda event: seen.append(axes.get_xlim())
    )
    before = axes.get_xlim(), axes.get_autoscalex_on(), figure.stale
    zoom_in(shown)

    click(figure, shown)

    assert seen == [pytest.approx(shown.axes[0].get_xlim())]
    assert (axes.get_xlim(), axes.get_autoscalex_on(), figure.stale) == before
    assert not moved


def test_nobody_takes_that_for_a_change(pair, click):
    figure, shown = pair("line")
    figure.canvas.mpl_connect("button_press_event", lambda event: None)
    zoom_in(shown)
    click(figure, shown)
    before = figure.canvas.followed.changes.newest

    click(figure, shown)

    assert figure.canvas.followed.changes.newest == before


@pytest.mark.parametrize("autoscale", [True, False])
def test_what_a_callback_does_to_the_view_stays(pair, click, autoscale):
    figure, shown = pair("line")
    (axes,) = figure.axes

    def work(event):
        if autoscale:
            axes.plot([0, 100], [0, 100])
        else:
            axes.set_xlim(-7, 7)

    figure.canvas.mpl_connect("button_press_event", work)
    zoom_in(shown)

    click(figure, shown)

    assert axes.get_xlim() == ((-5, 105) if autoscale else (-7, 7))


@pytest.mark.parametrize("end", ["remove", "clear", "close"])
def test_a_callback_may_take_all_of_it_apart(pair, click, pyplot, end):
    figure, shown = pair("line")
    (axes,) = figure.axes
    before = axes.get_xlim()
    ends = {
        "remove": axes.remove,
        "clear": figure.clear,
        "close": lambda: pyplot.close(figure),
    }
    heard = []

    def work(event):
        heard.append(event.xdata)
        ends[end]()

    figure.canvas.mpl_connect("button_press_event", work)
    zoom_in(shown)

    right = click(figure, shown)

    assert heard == [pytest.approx(right.xdata)]
    assert end == "clear" or axes.get_xlim() == before


def test_the_stop_button_brings_the_programs_view_back(pair, click, monkeypatch):
    figure, shown = pair("line")
    figure.canvas.mpl_connect("button_press_event", lambda event: None)
    before = figure.axes[0].get_xlim()
    zoom_in(shown)

    def stop():
        raise KeyboardInterrupt

    monkeypatch.setattr(figure.canvas.layout, "settle_anew", stop)
    with pytest.raises(KeyboardInterrupt):
        click(figure, shown)

    assert figure.axes[0].get_xlim() == before


def test_a_picture_that_a_callback_draws_does_not_stay(pair, click):
    figure, shown = pair("line")
    right = np.array(figure.canvas.buffer_rgba())
    figure.canvas.forget_rendered()
    figure.canvas.mpl_connect(
        "button_press_event", lambda event: figure.canvas.buffer_rgba()
    )
    zoom_in(shown)

    click(figure, shown)

    np.testing.assert_array_equal(figure.canvas.buffer_rgba(), right)


def test_a_view_that_no_log_scale_can_have_warns_nobody(pair, click):
    figure, shown = pair("line")
    heard = []
    figure.canvas.mpl_connect("button_press_event", heard.append)
    figure.axes[0].set_xscale("log")
    before = figure.axes[0].get_xlim()

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        click(figure, shown)  # the window shows it as it was, from below 0

    assert len(heard) == 1
    assert not told
    assert figure.axes[0].get_xlim() == before


def test_a_state_that_is_taken_meanwhile_does_not_count(pair, click):
    figure, shown = pair("line")
    followed = figure.canvas.followed
    figure.canvas.mpl_connect("button_press_event", lambda event: None)
    zoom_in(shown)

    def take(figure, rung):
        click(figure, shown)  # as the main thread, in the middle of another's taking
        return take_snapshot(figure, rung)

    taken = []
    taker = Taker(lambda *state: taken.append(state), Activity(), take=take)

    assert taker.take_charged(followed) is Outcome.LOST
    assert followed.changes.dirty
    assert not taken


def test_limits_in_3d_with_margins_are_the_programs_again(pair, click):
    with mpl.rc_context({"axes3d.automargin": True}):
        figure, shown = pair("scatter_3d")
        figure.canvas.mpl_connect("button_press_event", lambda event: None)
        before = figure.axes[0].get_xlim()
        zoom_in(shown)

        click(figure, shown)

        assert figure.axes[0].get_xlim() == before


def test_the_mouse_over_another_view_draws_nothing(pair, click):
    figure, shown = pair("line")
    figure.canvas.mpl_connect("motion_notify_event", lambda event: None)
    zoom_in(shown)
    click(figure, shown, kind="motion_notify_event")
    drawn = []
    draw = figure.draw
    figure.draw = lambda renderer: (drawn.append(renderer), draw(renderer))

    for _ in range(3):
        click(figure, shown, kind="motion_notify_event")

    assert not drawn
