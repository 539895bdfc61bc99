"""`manager.toolbar` of a figure that travels whole: its window's, seen from afar."""

from __future__ import annotations

import logging

import matplotlib as mpl
import pytest
from matplotlib.backend_bases import KeyEvent, NavigationToolbar2
from matplotlib.widgets import Lasso, RectangleSelector

from jlab_qtwindows.protocol.messages import (
    WINDOW_ACTIONS,
    InputEvent,
    OpenFigure,
    SetToolbarMode,
    ShowCursor,
    ToggleFullScreen,
    ToolModeChanged,
    ToolUsed,
    UseTool,
    WantEvents,
)

PRESS, MOTION = "button_press_event", "motion_notify_event"
RELEASE = "button_release_event"


@pytest.fixture
def figure(host, client, pyplot):
    """Return a figure with one Axes over all of it, shown by the host."""
    pyplot.ion()
    figure = pyplot.figure(figsize=(4, 2), dpi=100)
    figure.add_axes((0, 0, 1, 1)).set(xlim=(0, 40), ylim=(0, 20))
    host.welcome()
    host.show()
    return figure


@pytest.fixture
def toolbar(figure):
    return figure.canvas.manager.toolbar


@pytest.fixture
def window_id(figure):
    return figure.canvas.followed.window_id


@pytest.fixture
def report(figure, deliver):
    """Return a function that has the window report something, and waits for it."""
    return lambda *messages: deliver(figure, *messages)


def drag(window_id):
    return (
        InputEvent(window_id, PRESS, 0.25, 0.25, button=1),
        InputEvent(window_id, MOTION, 0.5, 0.5, buttons=[1]),
        InputEvent(window_id, RELEASE, 0.75, 0.75, button=1),
    )


class TestWhatItIs:
    def test_canvas_and_manager_have_the_same_one(self, figure, toolbar):
        assert isinstance(toolbar, NavigationToolbar2)
        assert figure.canvas.toolbar is toolbar

    @pytest.mark.parametrize("setting", ["None", "toolmanager"])
    @pytest.mark.filterwarnings("ignore:Treat the new Tool classes")
    def test_without_a_toolbar_there_is_none(self, client, pyplot, setting):
        mpl.rcParams["toolbar"] = setting
        figure = pyplot.figure()

        assert figure.canvas.toolbar is None
        KeyEvent("key_press_event", figure.canvas, "h", 1, 1)._process()

    def test_what_the_window_reports_is_nothing_to_a_figure_without_one(
        self, host, client, pyplot, deliver
    ):
        mpl.rcParams["toolbar"] = "None"
        pyplot.ion()
        figure = pyplot.figure()
        host.welcome()
        host.show()

        deliver(figure, ToolModeChanged(figure.canvas.followed.window_id, "pan/zoom"))

        assert figure.canvas.toolbar is None

    @pytest.mark.parametrize("name", ["addWidget", "locLabel", "_actions"])
    def test_any_other_name_says_which_there_are(self, toolbar, name):
        with pytest.raises(AttributeError, match=rf"no '{name}' here.*home.*mode.*pan"):
            getattr(toolbar, name)

    def test_the_subplot_tool_opens_a_window_of_its_own(self, figure, pyplot):
        assert pyplot.subplot_tool(figure).figure is not figure

    def test_the_figure_still_travels_whole(self, figure, toolbar):
        toolbar.pan()

        assert figure.canvas.followed.ladder.rung == 0
        assert not figure.canvas.followed.delivery.shows_frames


class TestCalls:
    @pytest.mark.parametrize("action", [*WINDOW_ACTIONS])
    def test_a_call_is_sent_to_the_window(self, host, toolbar, window_id, action):
        getattr(toolbar, action)()

        assert host.receive(UseTool)[0] == UseTool(window_id, action)

    def test_two_steps_back_are_two(self, figure, toolbar, window_id):
        figure.canvas.followed.window.opened = False  # nothing is sent meanwhile
        toolbar.back()
        toolbar.back()

        waiting = [message for _, message in figure.canvas.followed.outbox.waiting()]
        assert waiting.count(UseTool(window_id, "back")) == 2

    def test_what_waits_for_a_window_is_bounded(self, figure, toolbar):
        figure.canvas.followed.window.opened = False
        for _ in range(1_000):
            toolbar.back()

        assert len(figure.canvas.followed.outbox.waiting()) < 100

    def test_the_figure_in_the_kernel_stays_as_it_is(self, figure, toolbar):
        toolbar.push_current()
        figure.axes[0].set_xlim(3, 4)
        toolbar.home()

        assert figure.axes[0].get_xlim() == (3, 4)

    @pytest.mark.parametrize(
        ("tool", "mode"), [("pan", "pan/zoom"), ("zoom", "zoom rect")]
    )
    def test_a_tool_is_a_mode_at_once_and_is_sent(
        self, host, figure, toolbar, window_id, tool, mode
    ):
        getattr(toolbar, tool)()
        assert toolbar.mode == mode
        assert figure.canvas.widgetlock.locked()
        assert host.receive(SetToolbarMode)[0] == SetToolbarMode(window_id, mode)

        getattr(toolbar, tool)()
        assert toolbar.mode == ""
        assert not figure.canvas.widgetlock.locked()
        assert host.receive(SetToolbarMode)[0] == SetToolbarMode(window_id, "")

    def test_a_restarted_host_is_told_the_mode_again(self, host, toolbar):
        toolbar.zoom()
        host.receive(SetToolbarMode)

        host.break_off()
        host.open()
        host.welcome("host-2")
        host.receive(OpenFigure)

        assert host.receive(SetToolbarMode)[0].mode == "zoom rect"

    def test_a_cursor_is_sent(self, host, figure, window_id):
        figure.canvas.set_cursor(mpl.backend_tools.Cursors.HAND)

        assert host.receive(ShowCursor)[0] == ShowCursor(window_id, "HAND")

    def test_drawing_in_here_makes_nobody_wait(self, host, figure):
        figure.canvas.buffer_rgba()
        figure.canvas.mpl_connect(PRESS, print)  # something that is sent after it
        host.receive(WantEvents)

        assert not [m for m in host.seen if isinstance(m, ShowCursor)]


class TestMode:
    def test_it_is_the_windows(self, figure, toolbar, window_id, report):
        for mode in ("pan/zoom", "zoom rect", ""):
            report(ToolModeChanged(window_id, mode))

            assert toolbar.mode == mode
            assert figure.canvas.widgetlock.locked() == bool(mode)
            assert figure.canvas.widgetlock.available(toolbar)

    def test_what_the_window_reports_is_not_sent_back(
        self, host, toolbar, window_id, report
    ):
        report(ToolModeChanged(window_id, "pan/zoom"))
        toolbar.home()
        host.receive(UseTool)

        assert not [m for m in host.seen if isinstance(m, SetToolbarMode)]

    def test_a_restarted_host_is_told_what_the_user_had_in_hand(
        self, host, window_id, report
    ):
        report(ToolModeChanged(window_id, "pan/zoom"))

        host.break_off()
        host.open()
        host.welcome("host-2")

        assert host.receive(SetToolbarMode)[0].mode == "pan/zoom"

    def test_of_modes_in_a_row_the_newest_counts(
        self, host, client, figure, toolbar, window_id, eventually
    ):
        waiting = figure.canvas.followed.inputs
        for mode in ("pan/zoom", "", "zoom rect"):
            host.send(ToolModeChanged(window_id, mode))
        newest = ToolModeChanged(window_id, "zoom rect")
        eventually(lambda: list(waiting._waiting)[-1:] == [newest])
        assert len(waiting) == 1

        client.main_queue.run_until(lambda: not waiting, 5)
        assert toolbar.mode == "zoom rect"

    def test_a_selector_of_the_program_ignores_a_drag_of_the_tool(
        self, figure, window_id, report
    ):
        found = []
        selector = RectangleSelector(figure.axes[0], lambda *a: found.append(a))

        report(ToolModeChanged(window_id, "zoom rect"), *drag(window_id))
        assert not found

        report(ToolModeChanged(window_id, ""), *drag(window_id))
        assert found
        assert selector.extents == pytest.approx((10, 20, 5, 10))

    def test_a_canvas_that_a_selector_has_locked_is_not_for_the_tool(
        self, host, figure, toolbar, window_id, report
    ):
        lasso = Lasso(figure.axes[0], (1, 1), print)
        figure.canvas.widgetlock(lasso)

        report(ToolModeChanged(window_id, "pan/zoom"))

        assert toolbar.mode == ""
        assert figure.canvas.widgetlock.isowner(lasso)
        assert host.receive(SetToolbarMode)[0] == SetToolbarMode(window_id, "")

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            (lambda w: ToolModeChanged(w, "lasso"), "no toolbar has a mode 'lasso'"),
            (lambda w: ToolUsed(w, "__init__"), "no toolbar has a button '__init__'"),
            (lambda w: ToolUsed(w, "save_figure"), "no toolbar has a button"),
        ],
    )
    def test_what_no_toolbar_has_is_logged_and_dropped(
        self, toolbar, window_id, report, caplog, wrong, words
    ):
        with caplog.at_level(logging.WARNING):
            report(wrong(window_id))

        assert words in caplog.text
        assert toolbar.mode == ""


@pytest.mark.filterwarnings("ignore:Treat the new Tool classes")
@pytest.mark.parametrize(
    ("setting", "has"), [("None", False), ("toolbar2", True), ("toolmanager", True)]
)
def test_a_window_has_a_toolbar_if_the_settings_say_so(
    host, client, pyplot, setting, has
):
    mpl.rcParams["toolbar"] = setting
    pyplot.ion()
    pyplot.figure()
    host.welcome()

    message, _ = host.receive(OpenFigure)
    assert message.toolbar is has


class TestEvents:
    def test_the_tools_of_matplotlib_make_nothing_wanted(self, figure, toolbar):
        toolbar.zoom()

        assert figure.canvas.followed.wanted == ([], [])

    def test_a_drag_that_the_window_has_done_is_not_done_again(
        self, figure, window_id, report
    ):
        found = []
        for name in (PRESS, MOTION, RELEASE):
            figure.canvas.mpl_connect(name, found.append)

        report(ToolModeChanged(window_id, "pan/zoom"), *drag(window_id))

        assert len(found) == 3
        assert figure.axes[0].get_xlim() == (0, 40)

    @pytest.mark.parametrize("key", ["l", "p", "f", "q", "g"])
    def test_a_key_that_the_window_has_served_is_not_served_again(
        self, host, figure, toolbar, pyplot, window_id, report, key
    ):
        found = []
        figure.canvas.mpl_connect("key_press_event", found.append)

        report(InputEvent(window_id, "key_press_event", 0.5, 0.5, key=key))

        assert [event.key for event in found] == [key]
        assert figure.axes[0].get_yscale() == "linear"
        assert toolbar.mode == ""
        assert ToggleFullScreen not in dict(figure.canvas.followed.outbox.waiting())
        assert pyplot.get_fignums() == [figure.number]

    def test_a_key_that_the_program_makes_is_served(self, host, figure):
        KeyEvent("key_press_event", figure.canvas, "l", 200, 100)._process()
        assert figure.axes[0].get_yscale() == "log"

        KeyEvent("key_press_event", figure.canvas, "h", 200, 100)._process()
        assert host.receive(UseTool)[0].action == "home"

    def test_a_program_may_take_the_keys_for_itself(self, figure):
        canvas = figure.canvas
        canvas.mpl_disconnect(canvas.manager.key_press_handler_id)

        KeyEvent("key_press_event", canvas, "l", 200, 100)._process()

        assert figure.axes[0].get_yscale() == "linear"
