"""What `manager.window` answers is what the host has told, or the program asked for."""

from __future__ import annotations

import enum
import threading

import pytest

from jlab_qtwindows.kernel.mpl.qtvalues import Flags, Point, Rect, Size
from jlab_qtwindows.protocol.messages import ControlWindow, ResizeWindow, WindowPlaced
from jlab_qtwindows.protocol.windowing import WINDOW_METHODS

ON_TOP, FRAMELESS, POPUP = 0x40000, 0x800, 0x9


class NewBindingsFlag(enum.Flag):
    """As PyQt6 has them: no numbers."""

    WINDOW = 1
    ON_TOP = ON_TOP


@pytest.fixture
def window(manager, tell):
    tell()
    return manager.window


@pytest.fixture
def tell(manager, host, eventually):
    """Return a function that tells where the window is, and waits until it is known."""

    def send(serial=0, **changes):
        place = {
            "inner": [11, 32, 640, 540],
            "frame": [10, 12, 642, 565],
            "screen": [0, 0, 1600, 1000],
            "available": [0, 30, 1600, 970],
            "state": 0,
            "flags": 1,
            "visible": True,
            "active": False,
            "ratio": 2.0,
            **changes,
        }
        told = WindowPlaced(manager.followed.window_id, serial, **place)
        known = manager.place.now
        host.send(told)
        eventually(lambda: manager.place.now is not known)

    return send


def test_places_and_sizes_are_as_told(window):
    assert window.geometry().getRect() == (11, 32, 640, 540)
    assert window.frameGeometry() == Rect(10, 12, 642, 565)
    assert window.frameGeometry().topLeft() == window.pos() == Point(10, 12)
    assert (window.x(), window.y()) == (10, 12)
    assert window.size() == Size(640, 540) == window.rect().size()
    assert window.frameSize() == (642, 565)
    assert (window.width(), window.height()) == (640, 540)
    assert (window.pos().x(), window.size().height()) == (10, 540)
    assert window.screen().geometry().getRect() == (0, 0, 1600, 1000)
    assert window.screen().availableGeometry().top() == 30
    assert window.screen().availableSize() == (1600, 970)
    assert window.devicePixelRatio() == window.screen().devicePixelRatio() == 2.0


def test_a_rectangle_counts_as_qt_counts(window):
    rect = window.geometry()

    assert (rect.left(), rect.top(), rect.right(), rect.bottom()) == (11, 32, 650, 571)
    assert rect.getCoords() == (11, 32, 650, 571)
    assert rect.center() == Point(330, 301)


@pytest.mark.parametrize(
    ("state", "names"),
    [(0, []), (1, ["isMinimized"]), (2, ["isMaximized"]), (4, ["isFullScreen"])],
)
def test_how_it_is_shown_is_as_told(window, tell, state, names):
    tell(state=state)

    asked = ("isMinimized", "isMaximized", "isFullScreen")
    assert [name for name in asked if getattr(window, name)()] == names
    assert window.windowState() == state


def test_visible_and_active_are_as_told(window, tell):
    tell(visible=False, active=True)

    assert not window.isVisible()
    assert window.isHidden()
    assert window.isActiveWindow()


def test_what_the_program_asks_for_counts_at_once(window):
    window.move(100, 200)
    assert window.pos() == (100, 200)
    assert window.geometry().topLeft() == (101, 220)

    window.resize(300, 250)
    assert window.size() == (300, 250)
    assert window.frameGeometry() == (100, 200, 302, 275)

    window.setGeometry(*window.geometry().translated(5, 5).getRect())
    assert window.frameGeometry() == (105, 205, 302, 275)

    window.showMaximized()
    assert window.isMaximized()
    window.hide()
    assert not window.isVisible()


def test_what_was_told_before_a_call_was_done_does_not_undo_it(
    manager, window, tell, host
):
    window.move(100, 200)
    call, _ = host.receive(ControlWindow)
    old, here = [10, 12, 642, 565], [11, 32, 640, 540]

    manager.place.note(
        WindowPlaced("w", call.serial - 1, here, old, old, old, 0, 1, True, False)
    )
    assert window.pos() == (100, 200)

    tell(serial=call.serial, frame=[99, 198, 642, 565])

    assert window.pos() == (99, 198)  # where the window manager has put it


def test_a_size_of_the_canvas_is_the_windows_too(manager, window, host):
    manager.resize(740, 580)

    host.receive(ResizeWindow)
    assert window.size() == (740, 640)


def test_values_of_qt_may_be_given(window, host):
    window.resize(Size(300, 200))
    assert host.receive(ControlWindow)[0].arguments == [300, 200]
    window.move(Point(1, 2))
    assert host.receive(ControlWindow)[0].arguments == [1, 2]
    window.setGeometry(window.geometry())
    assert host.receive(ControlWindow)[0].arguments == [2, 22, 300, 200]


def qt5():
    core = pytest.importorskip("PyQt5.QtCore")
    return [core.Qt.WindowStaysOnTopHint, core.Qt.WindowFlags(ON_TOP)]


def qt6():
    return [pytest.importorskip("PySide6.QtCore").Qt.WindowType.WindowStaysOnTopHint]


@pytest.mark.parametrize(
    "flags", [lambda: [ON_TOP], lambda: [NewBindingsFlag.ON_TOP], qt5, qt6]
)
def test_the_enums_of_every_binding_are_numbers(window, host, flags):
    for flag in flags():
        window.setWindowFlags(window.windowFlags() | flag)
        assert host.receive(ControlWindow)[0].arguments == [ON_TOP | 1]
        assert window.windowFlags() & flag

        window.setWindowFlags(window.windowFlags() & ~flag)
        assert host.receive(ControlWindow)[0].arguments == [1]

        window.setWindowFlag(flag)
        assert host.receive(ControlWindow)[0].arguments == [ON_TOP | 1]
        window.setWindowFlag(flag, False)
        assert host.receive(ControlWindow)[0].arguments == [1]


def test_flags_of_a_window_that_takes_the_mouse_are_not_had(window):
    window.setWindowFlags(POPUP | ON_TOP | 0x400 | 0x80000)

    assert window.windowFlags() == 1 | ON_TOP


def test_flags_are_numbers_for_every_operation():
    assert Flags(5) | 2 == 2 | Flags(5) == 7
    assert Flags(5) ^ NewBindingsFlag.ON_TOP == 5 + ON_TOP
    assert (~Flags(0)).value == -1


def test_a_window_never_shown_is_not_waited_for(client, pyplot):
    window = pyplot.figure(figsize=(3, 2), dpi=100).canvas.manager.window

    assert window.size() == (300, 200)
    assert not window.isVisible()


def test_a_host_that_says_nothing_is_waited_for_once(manager, monkeypatch):
    monkeypatch.setattr("jlab_qtwindows.kernel.mpl.place._FIRST_WORD", 0.01)
    manager.place._heard = heard = Waited()

    assert manager.window.size() == (640, 480)
    waited = len(heard.limits)
    assert manager.window.size() == (640, 480)

    assert waited
    assert len(heard.limits) == waited
    assert max(heard.limits) <= 0.01


class Waited(threading.Event):
    """Notes how long each wait is to be."""

    def __init__(self):
        super().__init__()
        self.limits = []

    def wait(self, timeout=None):
        self.limits.append(timeout)
        return super().wait(timeout)


def test_places_that_are_none_are_dropped(window, tell, host, eventually, caplog):
    before = window.geometry()

    host.send(
        WindowPlaced(
            window._manager.followed.window_id, 0, [1], [], [], [], 0, 1, True, False
        )
    )
    eventually(lambda: "no window is at" in caplog.text)

    assert window.geometry() == before


def test_flags_and_sizes_that_hold_are_told_to_a_window_that_takes_its_place(
    window, host
):
    window.setWindowFlag(ON_TOP)
    window.setFixedSize(300, 200)
    window.move(1, 1)
    for _ in range(3):
        host.receive(ControlWindow)
    host.break_off()
    host.open()

    host.welcome("another host")
    host.show()

    again = [m.method for m in host.seen if isinstance(m, ControlWindow)][3:]
    assert again == ["setWindowFlags", "setFixedSize"]


def test_dir_names_what_there_is(window):
    assert set(WINDOW_METHODS) < set(dir(window))
    assert all(callable(getattr(window, name)) for name in dir(window))
    assert not hasattr(window, "menuBar")
