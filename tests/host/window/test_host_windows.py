"""All windows over a real channel: what peers ask for, and what they are told."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import QPoint, Qt
from user import drag, move

from jlab_qtwindows.host.window.windows import Windows
from jlab_qtwindows.host.wire.channel import Channel
from jlab_qtwindows.host.wire.inbox import PeerLost
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot
from jlab_qtwindows.protocol.message import KERNEL, MESSAGE_TYPES, SERVER
from jlab_qtwindows.protocol.messages import (
    CloseWindow,
    ControlWindow,
    ExportImage,
    FigureRejected,
    FigureShown,
    GetThumbnail,
    InputEvent,
    InputHandled,
    KernelGone,
    ListWindows,
    NameKernel,
    OpenFigure,
    RaiseWindow,
    Reply,
    ResizeWindow,
    SendFull,
    SetTitle,
    Shutdown,
    ToolModeChanged,
    UpdateFigure,
    UpdateTaken,
    WantEvents,
    WindowChanged,
    WindowClosed,
    WindowOpened,
    WindowPlaced,
    WindowResized,
)


@pytest.fixture
def transport():
    return "ipc"


@pytest.fixture
def quits():
    return []


@pytest.fixture
def windows(qapp, info, welcome, quits):
    windows = Windows(lambda: quits.append(1))
    channel = Channel(info, welcome, windows.arrived.emit)
    windows.serve(channel)
    yield windows
    windows.close_all()
    channel.stop()
    qapp.sendPostedEvents(None, 0)


@pytest.fixture
def join(windows, qapp, connect):
    """Return a function that makes an accepted peer; Qt runs while it waits."""

    def make(role="kernel", **fields):
        peer = connect(pump=qapp.processEvents)
        peer.join(role, **fields)
        return peer

    return make


@pytest.fixture
def kernel(join):
    return join()


@pytest.fixture
def server(join):
    return join("server")


@pytest.fixture
def open_window(kernel, opened, send_state):
    """Return a function that opens a window and shows its first state."""

    def make(window_id="w1", peer=kernel, **options):
        peer.send(opened(window_id, **options))
        send_state(peer, window_id, 1)
        peer.receive(FigureShown)

    return make


@pytest.fixture
def send_state(make_figure):
    """Return a function that sends a state of a figure."""

    def send(peer, window_id="w1", revision=2, figure=None):
        figure = figure or make_figure([revision, 1, 2])
        peer.send(
            UpdateFigure(window_id, revision, "mirror", "mirror"),
            *take_snapshot(figure, Rung.MIRROR).parts,
        )

    return send


def test_there_is_an_answer_to_whatever_a_peer_may_send(windows):
    sent = {
        message
        for message in MESSAGE_TYPES.values()
        if {KERNEL, SERVER} & {*message.senders}
    }

    assert sent - {UpdateFigure} == {*windows._handlers} - {PeerLost}


@pytest.fixture
def models(server):
    """Return a function that asks for all models, by id."""

    def ask():
        server.send(ListWindows("list"))
        reply, _ = server.receive(Reply)
        return {model["id"]: model for model in reply.result["windows"]}

    return ask


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

        assert kernel.receive(InputEvent)[0] == InputEvent(
            "w1", "button_press_event", 0.25, 0.75, 1, serial=1
        )
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
        qtbot.waitUntil(lambda: not window._presence._size._settling.isActive())

        window.window.resize(500, 450)

        resized, _ = kernel.receive(WindowResized)
        assert (resized.width, resized.height) == (500, window.canvas.height())

    def test_a_detached_window_tells_nothing(self, kernel, listen, server, qtbot):
        window = listen("button_press_event", "motion_notify_event")
        qtbot.waitUntil(lambda: not window._presence._size._settling.isActive())
        server.send(KernelGone("k1"))
        qtbot.waitUntil(lambda: not window.attached)

        window.window.resize(500, 450)
        drag(qtbot, window.canvas, (0.4, 0.4), (0.6, 0.6))
        move(window.canvas, 10, 10)
        timers = (window.inputs._timer, window._presence._size._resting)
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


class TestReturn:
    def test_the_windows_of_a_kernel_that_is_gone_stay(
        self, kernel, open_window, models, qtbot, windows
    ):
        open_window()

        kernel.close()

        qtbot.waitUntil(lambda: models()["w1"]["state"] == "detached")
        assert windows._windows["w1"].window.isVisible()

    def test_a_kernel_that_comes_back_gets_its_windows(
        self, kernel, open_window, join, models, qtbot
    ):
        open_window()
        kernel.close()
        qtbot.waitUntil(lambda: models()["w1"]["state"] == "detached")

        join(pid=1)

        qtbot.waitUntil(lambda: models()["w1"]["state"] != "detached")

    def test_a_restarted_kernel_uses_the_old_window_of_this_number(
        self, kernel, open_window, join, models, qtbot, windows, server
    ):
        open_window("w1", num=3)
        before = windows._windows["w1"]
        kernel.close()
        qtbot.waitUntil(lambda: models()["w1"]["state"] == "detached")

        restarted = join(pid=2)
        open_window("w2", peer=restarted, num=3, title="again")

        assert windows._windows == {"w2": before}
        assert before.window.windowTitle() == "again"
        assert models()["w2"]["state"] == "live"

    def test_the_server_hears_that_the_window_is_another_one_now(
        self, kernel, open_window, join, models, qtbot, server
    ):
        open_window("w1", num=3)
        kernel.close()
        qtbot.waitUntil(lambda: models()["w1"]["state"] == "detached")

        open_window("w2", peer=join(pid=2), num=3)

        assert server.receive(WindowClosed)[0].window_id == "w1"
        assert server.receive(WindowOpened)[0].window["id"] == "w2"

    @pytest.mark.parametrize(
        ("kernel_id", "num"), [("k2", 3), ("k1", 4)], ids=["kernel", "number"]
    )
    def test_a_window_of_another_kernel_or_number_is_not_taken(
        self, kernel, open_window, join, models, qtbot, kernel_id, num
    ):
        open_window("w1", num=3)
        kernel.close()
        qtbot.waitUntil(lambda: models()["w1"]["state"] == "detached")

        open_window("w2", peer=join(kernel_id=kernel_id, pid=2), num=num)

        assert set(models()) == {"w1", "w2"}

    def test_a_window_whose_kernel_lives_is_not_taken(self, open_window, join, models):
        open_window("w1", num=3)

        open_window("w2", peer=join(pid=2), num=3)

        assert set(models()) == {"w1", "w2"}

    def test_the_same_figure_again_keeps_its_window(
        self, kernel, open_window, windows, opened, models, qtbot
    ):
        open_window()
        before = windows._windows["w1"]

        kernel.send(opened("w1", title="again"))

        qtbot.waitUntil(lambda: models()["w1"]["title"] == "again")
        assert windows._windows["w1"] is before

    def test_the_server_may_know_first_that_a_kernel_is_gone(
        self, open_window, server, models
    ):
        open_window()

        server.send(KernelGone("k1"))

        assert models()["w1"]["state"] == "detached"
        assert models()["w1"]["kernel"] == "ended"

    def test_a_restart_is_told_from_an_end(
        self, kernel, open_window, server, models, qtbot
    ):
        open_window()
        kernel.close()  # which the host sees before the next process runs
        qtbot.waitUntil(lambda: models()["w1"]["kernel"] == "ended")
        server.send(KernelGone("k1", restarted=True))
        assert models()["w1"]["kernel"] == "restarted"

        server.send(KernelGone("k2"))
        assert models()["w1"]["kernel"] == "restarted"

        server.send(KernelGone("k1"))
        assert models()["w1"]["kernel"] == "ended"

    def test_windows_of_the_process_after_a_restart_are_its_own(
        self, open_window, server, models
    ):
        open_window()  # before the server has told of the restart

        server.send(KernelGone("k1", restarted=True))

        assert models()["w1"]["kernel"] == "running"


class TestNames:
    def test_the_server_names_a_kernels_windows_and_those_to_come(
        self, open_window, server, models, windows
    ):
        open_window("w1")
        server.send(NameKernel("k1", "/home/u/work.ipynb"))
        assert models()["w1"]["notebook"] == "/home/u/work.ipynb"

        open_window("w2", num=2)

        assert models()["w2"]["notebook"] == "/home/u/work.ipynb"
        title = windows._windows["w1"].window.windowTitle()
        assert title.endswith(" — work")

    def test_where_the_user_has_saved_goes_along_with_a_rename(
        self, open_window, server, models, windows, tmp_path
    ):
        open_window()
        toolbar = windows._windows["w1"].manager.toolbar
        server.send(NameKernel("k1", "/no/such/folder/a.ipynb"))
        models()
        toolbar.folders.note(toolbar.notebook, str(tmp_path))

        server.send(NameKernel("k1", "/no/b.ipynb", "/no/such/folder/a.ipynb"))
        models()

        assert toolbar._folder() == str(tmp_path)

    def test_a_kernel_that_comes_back_keeps_the_name(
        self, join, open_window, server, models
    ):
        open_window()
        server.send(NameKernel("k1", "/home/u/work.ipynb"))
        models()

        join(notebook="/home/u/Untitled.ipynb")

        assert models()["w1"]["notebook"] == "/home/u/work.ipynb"

    def test_no_kernel_names_another(self, open_window, join, models):
        open_window()
        before = models()["w1"]["notebook"]

        join(kernel_id="k2").send(NameKernel("k1", "/home/u/other.ipynb"))

        assert models()["w1"]["notebook"] == before

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("/a/train.ipynb", "train"),
            ("/a/train.py", "train.py"),
            ("Console 1.5", "Console 1.5"),
            ("/a/x\n\u202e.ipynb", "x"),
        ],
    )
    def test_each_is_shown_by_its_own_name(
        self, open_window, server, models, windows, name, shown
    ):
        open_window(title="loss")

        server.send(NameKernel("k1", name))

        assert models()["w1"]["notebook"]
        title = windows._windows["w1"].window.windowTitle()
        assert title.startswith(f"loss — {shown}")
        assert title.isprintable()

    def test_files_of_one_name_are_told_apart_while_both_have_windows(
        self, kernel, open_window, join, server, windows, qtbot
    ):
        def titles():
            return {k: w.window.windowTitle() for k, w in windows._windows.items()}

        open_window("w1", title="A")
        other = join(kernel_id="k2", pid=2)
        open_window("w2", peer=other, title="A")
        server.send(NameKernel("k1", "/u/a/Plots.ipynb"))
        server.send(NameKernel("k2", "/u/b/Plots.ipynb"))
        apart = {"w1": "A — a/Plots", "w2": "A — b/Plots"}
        qtbot.waitUntil(lambda: titles() == apart)

        other.send(CloseWindow("w2"))

        qtbot.waitUntil(lambda: titles() == {"w1": "A — Plots"})

    def test_names_are_bounded(self, server, windows, models, monkeypatch):
        monkeypatch.setattr("jlab_qtwindows.host.window.notebooks._MOST_NAMES", 3)
        for number in range(10):
            server.send(NameKernel(f"k{number}", "a.ipynb"))
        models()

        assert list(windows._notebooks._names) == ["k7", "k8", "k9"]


class TestServer:
    def test_it_hears_of_windows_and_their_changes(self, server, kernel, open_window):
        open_window(title="loss")
        assert server.receive(WindowOpened)[0].window["title"] == "loss"

        kernel.send(SetTitle("w1", "new"))

        while server.receive(WindowChanged)[0].window["title"] != "new":
            pass

    def test_its_close_is_the_users_wish(self, server, kernel, open_window):
        open_window()

        server.send(CloseWindow("w1"))

        assert server.receive(WindowClosed)[0].window_id == "w1"
        assert kernel.receive(WindowClosed)[0].window_id == "w1"

    def test_it_gets_a_thumbnail_with_its_revision(self, server, open_window):
        open_window()

        server.send(GetThumbnail("r1", "w1", 100))
        reply, parts = server.receive(Reply)

        assert (reply.request_id, reply.code) == ("r1", "")
        assert reply.result == {"revision": 1, "width": 100, "height": 75}
        assert parts[0].startswith(b"\x89PNG")

    def test_it_gets_an_export(self, server, open_window):
        open_window()

        server.send(ExportImage("r1", "w1", "pdf"))
        reply, parts = server.receive(Reply)

        assert reply.result == {"content_type": "application/pdf"}
        assert parts[0].startswith(b"%PDF")

    def test_an_export_that_fails_says_why(self, server, open_window):
        open_window()

        server.send(ExportImage("r1", "w1", "exe"))
        reply, parts = server.receive(Reply)

        assert reply.code == "failed"
        assert "'exe' is none of" in reply.error
        assert parts == []

    @pytest.mark.parametrize(
        "request_", [GetThumbnail("r1", "w9", 100), ExportImage("r1", "w9", "png")]
    )
    def test_a_request_for_no_window_is_answered(self, server, request_):
        server.send(request_)

        reply, _ = server.receive(Reply)

        assert (reply.request_id, reply.code) == ("r1", "not-found")

    def test_it_may_end_the_host(self, server, models, quits):
        server.send(Shutdown())

        models()
        assert quits == [1]

    def test_a_server_that_is_gone_does_not_keep_news_from_another(
        self, server, join, open_window
    ):
        server.close()
        other = join("server")

        open_window()

        assert other.receive(WindowOpened)[0].window["id"] == "w1"


def test_serving_comes_before_anything_else(qapp):
    with pytest.raises(RuntimeError, match="serve"):
        _ = Windows(lambda: None).channel


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
