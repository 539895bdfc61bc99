"""A figure that travels as frames: what the user does in its window is done here."""

from __future__ import annotations

import threading

import matplotlib as mpl
import pytest
from matplotlib import backend_bases

from jlab_qtwindows.protocol.messages import (
    CloseWindow,
    InputEvent,
    SetHistoryButtons,
    SetToolbarMode,
    ShowCoordinates,
    ShowCursor,
    ShowRubberBand,
    ToggleFullScreen,
    ToolUsed,
    UpdateFigure,
    UpdateTaken,
    UseTool,
    WantEvents,
    WindowClosed,
    WindowResized,
)

PRESS, MOTION = "button_press_event", "motion_notify_event"
RELEASE, KEY, SCROLL = "button_release_event", "key_press_event", "scroll_event"


@pytest.fixture
def make(host, client, pyplot):
    """Return a function that makes a figure no pickle can carry, shown by the host."""
    pyplot.ion()

    def make(**options):
        figure = pyplot.figure(figsize=(4, 2), dpi=100)
        figure.set_gid(threading.Lock())
        axes = figure.add_axes((0, 0, 1, 1), **options)
        if not options:
            axes.set(xlim=(0, 40), ylim=(1, 21))
        host.welcome()
        assert host.show()[0].kind == "frame"
        return figure

    return make


@pytest.fixture
def figure(make):
    return make()


@pytest.fixture
def axes(figure):
    return figure.axes[0]


@pytest.fixture
def toolbar(figure):
    return figure.canvas.toolbar


@pytest.fixture
def act(client, deliver):
    """Return a function by which the user acts in the window, and that waits."""

    def do(figure, *messages):
        deliver(figure, *messages)
        client.main_queue.run_pending()  # the frame that answers

    return do


def event(figure, kind, x=0.5, y=0.5, **fields):
    window_id = figure.canvas.followed.window_id
    return InputEvent(window_id, kind, x, y, left_to_kernel=True, **fields)


def key(figure, name):
    return event(figure, KEY, key=name)


def use(figure, action):
    return ToolUsed(figure.canvas.followed.window_id, action)


def drag(figure, start, end):
    return (
        event(figure, PRESS, *start, button=1),
        event(figure, MOTION, *end, buttons=[1]),
        event(figure, RELEASE, *end, button=1),
    )


QUARTERS = (0.25, 0.25), (0.75, 0.75)


class TestTools:
    def test_a_zoom_changes_the_limits(self, figure, axes, act):
        act(figure, use(figure, "zoom"), *drag(figure, *QUARTERS))

        assert axes.get_xlim() == pytest.approx((10, 30))
        assert axes.get_ylim() == pytest.approx((6, 16))

    def test_the_rubber_band_is_shown_and_removed(self, host, figure, act):
        press, motion, release = drag(figure, *QUARTERS)

        act(figure, use(figure, "zoom"), press, motion)
        band, _ = host.receive(ShowRubberBand)
        assert band.corners == pytest.approx([0.25, 0.25, 0.75, 0.75])

        act(figure, release)
        assert host.receive(ShowRubberBand)[0].corners == []

    def test_a_pan_moves_the_limits(self, figure, axes, act):
        act(figure, use(figure, "pan"), *drag(figure, (0.5, 0.5), (0.75, 0.5)))

        assert axes.get_xlim() == pytest.approx((-10, 30))
        assert axes.get_ylim() == pytest.approx((1, 21))

    def test_home_back_and_forward_walk_through_the_views(
        self, host, figure, axes, act
    ):
        act(figure, use(figure, "zoom"), *drag(figure, *QUARTERS))
        history = host.receive(SetHistoryButtons)[0]
        assert (history.back, history.forward) == (True, False)

        act(figure, use(figure, "back"))
        assert axes.get_xlim() == pytest.approx((0, 40))
        history = host.receive(SetHistoryButtons)[0]
        assert (history.back, history.forward) == (False, True)

        act(figure, use(figure, "forward"))
        assert axes.get_xlim() == pytest.approx((10, 30))

        act(figure, use(figure, "home"))
        assert axes.get_xlim() == pytest.approx((0, 40))

    def test_the_program_calls_the_same(self, figure, axes, toolbar, act):
        act(figure, use(figure, "zoom"), *drag(figure, *QUARTERS))

        toolbar.home()
        assert axes.get_xlim() == pytest.approx((0, 40))

    @pytest.mark.parametrize("tool", ["pan", "zoom"])
    def test_the_window_is_told_the_mode(self, host, figure, toolbar, act, tool):
        act(figure, use(figure, tool))
        assert host.receive(SetToolbarMode)[0].mode == toolbar.mode != ""
        assert figure.canvas.widgetlock.locked()

        act(figure, use(figure, tool))
        assert host.receive(SetToolbarMode)[0].mode == ""

    def test_the_mouse_shows_where_it_is_and_what_it_would_do(self, host, figure, act):
        act(figure, use(figure, "zoom"), event(figure, MOTION, 0.25, 0.5))
        cursor, text = host.receive(ShowCursor)[0], host.receive(ShowCoordinates)[0]

        assert cursor.cursor == "SELECT_REGION"
        assert "10.0" in text.text
        act(figure, event(figure, MOTION, 0.25, 0.5), event(figure, MOTION, 0.5, 0.5))
        assert "20.0" in host.receive(ShowCoordinates)[0].text

    def test_nothing_more_is_asked_of_the_window(self, host, figure, act):
        act(figure, use(figure, "zoom"), *drag(figure, *QUARTERS))
        host.show()

        assert not [m for m in host.seen if isinstance(m, WantEvents | UseTool)]

    @pytest.mark.parametrize("action", ["home", "back", "pan", "zoom"])
    def test_a_figure_without_axes_bears_every_action(
        self, host, client, pyplot, act, action, capsys
    ):
        pyplot.ion()
        figure = pyplot.figure()
        figure.set_gid(threading.Lock())
        host.welcome()
        host.show()

        act(figure, use(figure, action), *drag(figure, *QUARTERS), key(figure, "h"))

        assert capsys.readouterr().err == ""


class TestKeys:
    def test_scales_and_grids(self, figure, axes, act):
        act(figure, key(figure, "l"))
        assert axes.get_yscale() == "log"
        axes.set_xlim(1, 2)
        act(figure, key(figure, "k"))
        assert axes.get_xscale() == "log"
        before = axes.xaxis.majorTicks[0].gridline.get_visible()
        act(figure, key(figure, "g"))
        assert axes.xaxis.majorTicks[0].gridline.get_visible() != before

    def test_the_views(self, figure, axes, act):
        act(figure, use(figure, "zoom"), *drag(figure, *QUARTERS))
        for name, limits in (
            ("c", (0, 40)),
            ("v", (10, 30)),
            ("h", (0, 40)),
            ("left", (10, 30)),
        ):
            act(figure, key(figure, name))
            assert axes.get_xlim() == pytest.approx(limits)

    @pytest.mark.parametrize(("name", "mode"), [("p", "pan/zoom"), ("o", "zoom rect")])
    def test_the_tools(self, host, figure, act, name, mode):
        act(figure, key(figure, name))

        assert host.receive(SetToolbarMode)[0].mode == mode

    def test_save_opens_the_dialog_of_the_window(self, host, figure, act):
        act(figure, key(figure, "s"))

        assert host.receive(UseTool)[0].action == "save_figure"

    def test_full_screen_is_the_windows(self, host, figure, act):
        act(figure, key(figure, "f"))

        host.receive(ToggleFullScreen)

    def test_quit_closes_the_figure_and_the_window(self, host, figure, pyplot, act):
        act(figure, key(figure, "q"))

        assert pyplot.get_fignums() == []
        host.receive(CloseWindow)

    def test_the_key_map_is_the_programs(self, figure, axes, pyplot, act):
        mpl.rcParams["keymap.quit"] = []
        mpl.rcParams["keymap.yscale"] = ["q"]

        act(figure, key(figure, "q"))

        assert axes.get_yscale() == "log"
        assert pyplot.get_fignums() == [figure.number]

    @pytest.mark.skipif(
        not hasattr(backend_bases, "scroll_handler"), reason="since Matplotlib 3.11"
    )
    def test_the_wheel_with_control_zooms(self, figure, axes, act):
        act(figure, key(figure, "control"), event(figure, SCROLL, step=1.0))

        low, high = axes.get_xlim()
        assert 0 < low < high < 40


def test_an_axes3d_turns_with_the_mouse(make, act):
    figure = make(projection="3d")
    (axes,) = figure.axes
    before = axes.azim, axes.elev

    act(figure, *drag(figure, (0.5, 0.5), (0.6, 0.7)))

    assert (axes.azim, axes.elev) != before


class TestFrames:
    @pytest.fixture
    def broke(self, figure, client):
        """Leave no budget for the follower in the whole test."""
        client.follower.budget.wait = lambda now: 60.0

    def test_a_drag_is_answered_with_a_frame_beyond_the_budget(
        self, host, figure, act, broke
    ):
        act(figure, use(figure, "pan"), *drag(figure, (0.5, 0.5), (0.75, 0.5))[:2])

        assert host.show()[0].kind == "frame"

    def test_of_events_that_wait_one_frame_is_the_answer(
        self, host, figure, act, broke
    ):
        act(figure, *[key(figure, "l")] * 5)

        assert host.show()[0].revision == 2
        assert host.is_silent()

    def test_the_answer_waits_until_the_window_has_taken_the_last(
        self, host, client, figure, act, broke, eventually
    ):
        followed = figure.canvas.followed
        act(figure, key(figure, "l"))
        update, _ = host.receive(UpdateFigure)
        act(figure, key(figure, "l"))
        assert followed.changes.dirty
        assert host.is_silent()

        host.send(UpdateTaken(update.window_id, update.revision))
        eventually(lambda: followed.delivery.in_flight is None)
        eventually(
            lambda: client.main_queue.run_pending() or not followed.changes.dirty
        )

        assert host.receive(UpdateFigure)[0].revision == update.revision + 1

    def test_what_the_program_changes_itself_keeps_to_the_budget(
        self, host, client, figure, axes, broke
    ):
        axes.set_xlim(1, 2)
        client.main_queue.run_pending()

        assert host.is_silent()

    @pytest.mark.parametrize("interactive", [True, False])
    def test_a_resize_gives_a_frame_of_the_new_size(
        self, host, figure, act, interactive
    ):
        mpl.interactive(interactive)

        act(figure, WindowResized(figure.canvas.followed.window_id, 300, 250))

        update, (pixels,) = host.show()
        assert (update.width, update.height) == (300, 250)
        assert len(pixels) == 300 * 250 * 4
        assert list(figure.get_size_inches()) == [3, 2.5]

    def test_what_is_drawn_by_hand_is_zoomed_too(self, host, client, pyplot, act):
        pyplot.ion()
        figure = pyplot.figure(figsize=(4, 2), dpi=100)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, 40)
        host.welcome()
        host.show()
        figure.canvas.blit(figure.bbox)
        while host.show()[0].kind != "frame":
            pass

        act(figure, use(figure, "zoom"), *drag(figure, *QUARTERS))

        assert axes.get_xlim() == pytest.approx((10, 30))
        assert host.show()[0].kind == "frame"

    def test_a_restarted_host_is_told_how_the_toolbar_stands(self, host, figure, act):
        act(figure, use(figure, "zoom"), *drag(figure, *QUARTERS))
        host.receive(SetHistoryButtons)
        host.break_off()
        host.open()
        host.welcome("host-2")

        assert host.receive(SetToolbarMode)[0].mode == "zoom rect"
        assert host.receive(SetHistoryButtons)[0].back


class TestEnds:
    def test_a_window_closed_in_the_middle_of_a_zoom_closes_the_figure(
        self, host, client, figure, pyplot, act, eventually, capsys
    ):
        press, motion, _ = drag(figure, *QUARTERS)
        act(figure, use(figure, "zoom"), press, motion)

        host.send(motion)
        host.send(WindowClosed(figure.canvas.followed.window_id))
        eventually(lambda: client.main_queue.run_pending() or not pyplot.get_fignums())

        assert capsys.readouterr().err == ""

    def test_a_figure_closed_in_the_middle_of_a_drag_gets_nothing_more(
        self, host, client, figure, axes, pyplot, act, eventually, capsys
    ):
        press, motion, release = drag(figure, *QUARTERS)
        act(figure, use(figure, "zoom"), press, motion)
        waiting, late = figure.canvas.followed.inputs, key(figure, "l")
        host.send(release)
        eventually(lambda: len(waiting))

        pyplot.close(figure)
        host.send(late)
        host.receive(CloseWindow)
        client.main_queue.run_pending()

        assert axes.get_xlim() == (0, 40)
        assert len(waiting) == 0
        assert not waiting.put(release)
        assert capsys.readouterr().err == ""

    def test_a_busy_kernel_does_it_afterwards(self, figure, axes):
        waiting = figure.canvas.followed.inputs
        for message in (use(figure, "zoom"), *drag(figure, *QUARTERS)):
            waiting.put(message)  # nobody runs the main thread's queue
        assert axes.get_xlim() == (0, 40)

        while waiting:
            waiting.run_next(figure.canvas.manager)

        assert axes.get_xlim() == pytest.approx((10, 30))
