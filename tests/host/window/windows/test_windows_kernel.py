"""What kernels ask of their windows, and what they are told."""

from __future__ import annotations

import pytest

from jlab_qtwindows.protocol.messages import (
    CloseWindow,
    ControlWindow,
    FigureRejected,
    FigureShown,
    OpenFigure,
    RaiseWindow,
    ResizeWindow,
    SendFull,
    SetTitle,
    UpdateTaken,
    WantEvents,
    WindowClosed,
    WindowPlaced,
)


class TestKernel:
    def test_a_window_that_cannot_be_opened_is_told_until_its_kernel_is_gone(
        self, join, opened, send_state, windows, server, monkeypatch, eventually, qapp
    ):
        def fail(*args, **options):
            raise OSError("no more windows")

        kernel = join()
        monkeypatch.setattr("jlab_qtwindows.host.window.windows.HostWindow", fail)
        kernel.send(opened())
        for revision in (1, 2):
            send_state(kernel, revision=revision)
            rejected, _ = kernel.receive(FigureRejected)
            assert (rejected.revision, rejected.reason) == (
                revision,
                "OSError: no more windows",
            )
        kernel.close()
        eventually(lambda: qapp.processEvents() or not windows._refused)

    def test_a_window_that_cannot_be_taken_over_does_not_stay_on_the_screen(
        self,
        qapp,
        kernel,
        opened,
        send_state,
        open_window,
        windows,
        server,
        monkeypatch,
    ):
        def fail(*args):
            raise OSError("no more windows")

        open_window()
        monkeypatch.setattr(windows._windows["w1"], "adopt", fail)
        kernel.send(opened())
        send_state(kernel)

        rejected, _ = kernel.receive(FigureRejected)
        assert rejected.reason == "OSError: no more windows"
        assert server.receive(WindowClosed)[0].window_id == "w1"
        assert not [shown for shown in qapp.topLevelWidgets() if shown.isVisible()]

    def test_a_state_is_taken_drawn_and_confirmed(self, kernel, opened, send_state):
        kernel.send(opened())
        send_state(kernel, revision=7)

        taken, _ = kernel.receive(UpdateTaken)
        shown, _ = kernel.receive(FigureShown)

        assert (taken.window_id, taken.revision) == ("w1", 7)
        assert (shown.window_id, shown.revision) == ("w1", 7)
        assert shown.draw_seconds > 0

    def test_the_window_is_on_the_screen(self, open_window, windows):
        open_window(title="loss")

        window = windows._windows["w1"]
        assert window.window.isVisible()
        assert window.window.windowTitle() == "loss"

    def test_a_state_of_an_unknown_window_is_asked_for_in_full(
        self, kernel, send_state
    ):
        send_state(kernel, "w9")

        assert kernel.receive(SendFull)[0].window_id == "w9"

    def test_a_state_that_cannot_be_drawn_is_rejected(
        self, kernel, open_window, make_figure, send_state
    ):
        open_window()
        figure = make_figure()
        figure.axes[0].set_title("$unknown \\command$")

        send_state(kernel, revision=2, figure=figure)
        rejected, _ = kernel.receive(FigureRejected)

        assert (rejected.revision, rejected.stage) == (2, "draw")
        assert "unknown" in rejected.reason

    def test_a_state_that_nobody_sees_is_not_rejected_for_the_one_before(
        self, kernel, open_window, make_figure, send_state, windows
    ):
        open_window()
        figure = make_figure()
        figure.axes[0].set_title("$unknown \\command$")
        send_state(kernel, revision=2, figure=figure)
        kernel.receive(FigureRejected)
        windows._windows["w1"].window.showMinimized()

        send_state(kernel, revision=3)

        answer, _ = kernel.receive(FigureShown | FigureRejected)
        assert isinstance(answer, FigureShown)
        assert answer.revision == 3

    def test_title_and_size_are_the_programs(self, kernel, open_window, models, qtbot):
        open_window()

        kernel.send(SetTitle("w1", "new title"))
        kernel.send(ResizeWindow("w1", 320, 240))
        kernel.send(RaiseWindow("w1"))

        qtbot.waitUntil(lambda: models()["w1"]["width"] == 320)
        assert models()["w1"]["height"] == 240
        assert models()["w1"]["title"] == "new title"

    def test_messages_for_unknown_windows_are_ignored(
        self, kernel, send_state, models, caplog
    ):
        for message in (
            SetTitle("w9", "x"),
            ResizeWindow("w9", 1, 1),
            RaiseWindow("w9"),
            WantEvents("w9", ["key_press_event"]),
            CloseWindow("w9"),
        ):
            kernel.send(message)
        send_state(kernel, "w9")
        kernel.receive(SendFull)  # the messages before it have been handled

        assert models() == {}
        assert "failed" not in caplog.text

    def test_a_figure_that_is_closed_closes_its_window_in_silence(
        self, kernel, open_window, models, qtbot
    ):
        open_window()

        kernel.send(CloseWindow("w1"))

        qtbot.waitUntil(lambda: models() == {})
        assert kernel.is_silent()

    @pytest.mark.parametrize(
        "message",
        [
            CloseWindow("w1"),
            SetTitle("w1", "theirs"),
            ResizeWindow("w1", 10, 10),
            OpenFigure("w1", 1, "theirs", 10, 10, 0.0),
        ],
        ids=lambda message: message.type,
    )
    def test_no_kernel_has_a_say_in_the_windows_of_another(
        self, join, open_window, models, send_state, message
    ):
        open_window()
        before = models()
        other = join(pid=4711)

        other.send(message)
        send_state(other, revision=9)
        other.send(OpenFigure("w2", 2, "mine", 100, 100, 0.0))
        other.receive(WindowPlaced)  # of its own window: the others have been read

        assert models()["w1"] == before["w1"]

    def test_a_request_that_fails_leaves_the_others_alone(
        self, kernel, open_window, windows, models, caplog, monkeypatch, qtbot
    ):
        open_window()

        def fail(title):
            raise RuntimeError("ours")

        monkeypatch.setattr(windows._windows["w1"], "set_title", fail)
        kernel.send(SetTitle("w1", "x"))

        qtbot.waitUntil(lambda: "SetTitle failed" in caplog.text)
        assert "w1" in models()


class TestControl:
    @pytest.fixture
    def native(self, windows, open_window):
        open_window()
        return windows._windows["w1"].window

    def test_the_program_may_hide_and_show_its_window(
        self, native, kernel, send_state, eventually, qapp
    ):
        kernel.send(ControlWindow("w1", "hide"))
        eventually(lambda: qapp.processEvents() or native.isHidden())

        send_state(kernel)
        kernel.receive(FigureShown)
        assert native.isHidden()

        kernel.send(ControlWindow("w1", "show"))
        eventually(lambda: qapp.processEvents() or native.isVisible())

    def test_it_may_give_it_a_place_and_a_size(self, native, kernel, eventually, qapp):
        kernel.send(ControlWindow("w1", "setGeometry", [40, 30, 500, 400]))

        eventually(
            lambda: (
                qapp.processEvents()
                or native.geometry().getRect() == (40, 30, 500, 400)
            )
        )

    @pytest.mark.parametrize(
        ("method", "arguments"), [("deleteLater", []), ("move", [1]), ("hide", [1])]
    )
    def test_nothing_else_can_be_called(
        self, native, kernel, send_state, method, arguments, caplog
    ):
        kernel.send(ControlWindow("w1", method, arguments))
        send_state(kernel)
        kernel.receive(FigureShown)

        assert native.isVisible()
        assert f"no window has '{method}'" in caplog.text
