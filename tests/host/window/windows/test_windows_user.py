"""What the user does in a window, as kernels and server hear of it."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import QPoint, Qt
from user import drag, move

from jlab_qtwindows.protocol.messages import (
    FigureShown,
    InputEvent,
    InputHandled,
    KernelGone,
    ToolModeChanged,
    UpdateTaken,
    WantEvents,
    WindowClosed,
    WindowResized,
)


class TestUser:
    def test_closing_the_window_is_told_to_kernel_and_server(
        self, kernel, server, open_window, windows
    ):
        open_window()

        windows._windows["w1"].window.close()

        assert kernel.receive(WindowClosed)[0].window_id == "w1"
        assert server.receive(WindowClosed)[0].window_id == "w1"

    def test_a_drag_holds_new_states_until_the_button_is_released(
        self, kernel, open_window, send_state, windows, qtbot
    ):
        open_window()
        canvas = windows._windows["w1"].canvas
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))

        send_state(kernel, revision=2)
        send_state(kernel, revision=3)
        assert kernel.is_silent()

        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
        windows.arrived.emit()
        assert kernel.receive(UpdateTaken)[0].revision == 3

    def test_the_end_of_a_drag_is_noticed_without_any_further_state(
        self, kernel, open_window, send_state, windows, qtbot
    ):
        open_window()
        canvas = windows._windows["w1"].canvas
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
        send_state(kernel, revision=2)
        # Until nothing else of the window is going to be reported.
        liveness = windows._windows["w1"].liveness
        timers = liveness._live, liveness._reporting
        timers[0].start(0)
        qtbot.waitUntil(lambda: not any(timer.isActive() for timer in timers))

        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))

        assert kernel.receive(UpdateTaken)[0].revision == 2


class TestInput:
    @pytest.fixture
    def listen(self, kernel, open_window, windows, qtbot):
        """Return a function that opens a window and wants these events of it."""

        def make(*kinds):
            open_window()
            window = windows._windows["w1"]
            kernel.send(WantEvents("w1", list(kinds)))
            qtbot.waitUntil(lambda: window.inputs._wanted == set(kinds))
            return window

        return make

    def test_a_kernel_that_listens_hears_of_it(self, kernel, listen, qtbot):
        window = listen("button_press_event")

        left, place = Qt.MouseButton.LeftButton, QPoint(100, 75)

        qtbot.mousePress(window.canvas, left, pos=place)

        event, _ = kernel.receive(InputEvent)
        assert (event.kind, event.x, event.y) == ("button_press_event", 0.25, 0.75)
        assert (event.window_id, event.button, event.serial) == ("w1", 1, 1)
        kernel.send(InputHandled("w1", 1))
        qtbot.waitUntil(lambda: not window.inputs._pending.unanswered)
        qtbot.mouseRelease(window.canvas, left, pos=place)
        assert kernel.is_silent()

    def test_what_the_program_has_taken_is_not_done_in_here(
        self, kernel, listen, windows, qtbot
    ):
        window = listen()

        kernel.send(WantEvents("w1", ["scroll_event"], ["key_press_event"]))

        qtbot.waitUntil(lambda: window.arbiter.leaves("key_press_event"))
        assert not window.arbiter.leaves("scroll_event")

    def test_the_users_size_is_told(self, kernel, open_window, windows, qtbot):
        open_window()
        window = windows._windows["w1"]
        qtbot.waitUntil(lambda: not window.presence._size._settling.isActive())

        window.window.resize(500, 450)

        resized, _ = kernel.receive(WindowResized)
        assert (resized.width, resized.height) == (500, window.canvas.height())

    def test_a_detached_window_tells_nothing(self, kernel, listen, server, qtbot):
        window = listen("button_press_event", "motion_notify_event")
        qtbot.waitUntil(lambda: not window.presence._size._settling.isActive())
        server.send(KernelGone("k1"))
        qtbot.waitUntil(lambda: not window.attached)

        window.window.resize(500, 450)
        drag(qtbot, window.canvas, (0.4, 0.4), (0.6, 0.6))
        move(window.canvas, 10, 10)
        timers = (window.inputs._timer, window.presence._size._deciding)
        qtbot.waitUntil(lambda: not any(timer.isActive() for timer in timers))

        assert kernel.is_silent()

    def test_a_kernel_that_comes_back_still_listens(
        self, kernel, listen, join, models, qtbot
    ):
        window = listen("button_press_event")
        kernel.close()
        qtbot.waitUntil(lambda: not window.attached)

        again = join(pid=1)
        qtbot.waitUntil(lambda: window.attached)
        qtbot.mouseClick(window.canvas, Qt.MouseButton.LeftButton)

        assert again.receive(InputEvent)[0].kind == "button_press_event"

    def test_a_program_that_listens_shows_new_states_during_a_drag(
        self, kernel, listen, send_state, qtbot
    ):
        window = listen("motion_notify_event")
        qtbot.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))

        send_state(kernel, revision=2)
        assert kernel.receive(FigureShown)[0].revision == 2

        move(window.canvas, 220, 150)  # the button is still known to be down
        assert kernel.receive(InputEvent)[0].button == 1

    def test_a_zoom_holds_new_states_of_a_program_that_listens(
        self, kernel, listen, send_state, windows, qtbot
    ):
        window = listen("button_release_event")
        window.manager.toolbar.zoom()
        kernel.receive(ToolModeChanged)
        qtbot.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))

        send_state(kernel, revision=2)
        assert kernel.is_silent()

        qtbot.mouseRelease(window.canvas, Qt.MouseButton.LeftButton)
        assert kernel.receive(InputEvent)[0].kind == "button_release_event"
        assert kernel.receive(UpdateTaken)[0].revision == 2
