"""The user's size is told to the program; the program's own never comes back."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import QPoint, QSize, Qt
from PyQt5.QtGui import QResizeEvent

from jlab_qtwindows.host.window.window import HostWindow
from jlab_qtwindows.protocol.messages import (
    InputEvent,
    ToggleFullScreen,
    WantEvents,
    WindowResized,
)


@pytest.fixture
def shown(window, show, make_figure, qtbot) -> HostWindow:
    """Return a window in which nothing is going to happen."""
    show(make_figure())
    settle(window, qtbot)
    return window


def settle(window, qtbot):
    """Wait until changes of size are the user's, and all of them are told."""
    size = window.presence._size
    qtbot.waitUntil(
        lambda: not size._settling.isActive() and not size._deciding.isActive()
    )


def pull(window, width, height):
    """Pull at the window's frame until the canvas has this size."""
    around = window.window.size() - window.canvas.size()
    window.window.resize(QSize(width, height) + around)


def size_of(window):
    return window.canvas.width(), window.canvas.height()


class TestUser:
    def test_the_size_is_told_when_the_user_has_made_up_their_mind(
        self, shown, told, qtbot
    ):
        for width in range(410, 510, 10):
            pull(shown, width, 350)
        assert told == []

        settle(shown, qtbot)
        assert told == [WindowResized("w1", 500, 350)]

    def test_each_new_change_starts_the_wait_anew(self, shown, told, qtbot):
        deciding = shown.presence._size._deciding
        deciding.setInterval(2_000)
        pull(shown, 500, 350)
        qtbot.waitUntil(lambda: deciding.remainingTime() < 1_500)

        pull(shown, 510, 350)

        assert deciding.remainingTime() > 1_700

    def test_a_size_is_told_once(self, shown, told, qtbot):
        pull(shown, 500, 350)
        settle(shown, qtbot)
        told.clear()

        shown.canvas.resizeEvent(QResizeEvent(QSize(500, 350), QSize(500, 350)))
        settle(shown, qtbot)

        assert told == []

    def test_a_return_to_the_programs_size_is_told(self, shown, told, qtbot):
        pull(shown, 500, 350)
        settle(shown, qtbot)
        told.clear()

        pull(shown, 400, 300)
        settle(shown, qtbot)

        assert told == [WindowResized("w1", 400, 300)]

    def test_it_is_told_of_a_window_that_was_just_raised(self, shown, told, qtbot):
        shown.presence.raise_(keyboard=True)

        pull(shown, 500, 350)
        settle(shown, qtbot)

        assert told == [WindowResized("w1", 500, 350)]

    def test_a_new_state_does_not_stop_the_news(
        self, shown, show, make_figure, told, qtbot
    ):
        show(make_figure(figsize=(9, 9)))

        pull(shown, 500, 350)
        settle(shown, qtbot)

        assert told == [WindowResized("w1", 500, 350)]

    def test_nothing_is_told_after_closing(self, shown, told, qtbot):
        pull(shown, 500, 350)

        shown.close()

        assert not shown.presence._size._deciding.isActive()


class TestProgram:
    def test_its_first_size_is_not_told(self, shown, told):
        assert told == []

    def test_its_new_size_is_not_told(self, shown, told, qtbot):
        shown.presence.resize(320, 240)
        settle(shown, qtbot)
        shown.canvas.resizeEvent(QResizeEvent(QSize(320, 240), QSize(320, 240)))
        settle(shown, qtbot)

        assert size_of(shown) == (320, 240)
        assert told == []

    def test_the_size_of_another_figure_is_not_told(self, shown, told, opened, qtbot):
        shown.adopt(shown.peer, opened("w2", width=320, height=240))
        settle(shown, qtbot)

        assert size_of(shown) == (320, 240)
        assert told == []

    @pytest.mark.parametrize(
        "call", [("showMaximized", []), ("setGeometry", [10, 10, 500, 400])]
    )
    def test_one_that_it_lets_the_desktop_choose_is_told(
        self, shown, told, qtbot, call
    ):
        shown.presence.control(*call)
        qtbot.waitUntil(lambda: bool(told))

        assert told == [WindowResized("w1", *size_of(shown))]
        assert size_of(shown) != (400, 300)

    def test_that_of_a_window_not_yet_seen_is_told(
        self, window, show, make_figure, told, qtbot
    ):
        window.presence.control("showMaximized", [])
        show(make_figure())
        qtbot.waitUntil(lambda: bool(told))

        assert told == [WindowResized("w1", *size_of(window))]
        assert window.window.isMaximized()

    def test_a_maximized_window_keeps_the_desktops_and_tells_it(
        self, shown, told, qtbot
    ):
        shown.window.showMaximized()
        qtbot.waitUntil(lambda: bool(told))
        before = size_of(shown)
        told.clear()

        shown.presence.resize(400, 300)

        assert shown.window.isMaximized()
        assert size_of(shown) == before
        assert told == [WindowResized("w1", *before)]

    def test_full_screen_and_back_is_told(self, shown, told, qtbot):
        shown.program.obey(ToggleFullScreen("w1"))
        qtbot.waitUntil(lambda: bool(told))
        assert shown.window.isFullScreen()
        assert told == [WindowResized("w1", *size_of(shown))]

        shown.program.obey(ToggleFullScreen("w1"))
        qtbot.waitUntil(lambda: len(told) > 1)
        assert told[1:] == [WindowResized("w1", 400, 300)]

    def test_a_size_that_does_not_fit_the_screen_is_not_told(self, shown, told, qtbot):
        shown.presence.resize(30_000, 30_000)
        settle(shown, qtbot)
        shown.canvas.resizeEvent(QResizeEvent(shown.canvas.size(), QSize(400, 300)))
        settle(shown, qtbot)

        assert told == []

    def test_what_the_window_manager_makes_of_it_is_not_told(self, shown, told, qtbot):
        shown.presence.resize(320, 240)
        pull(shown, 333, 222)
        settle(shown, qtbot)

        assert told == []

    @pytest.mark.parametrize("raised", [False, True], ids=["state", "raised"])
    def test_what_the_window_manager_makes_of_a_new_window_is_not_told(
        self, window, show, make_figure, told, qtbot, raised
    ):
        settle(window, qtbot)

        if raised:
            window.presence.raise_(keyboard=True)
        else:
            show(make_figure())
        pull(window, 333, 222)
        settle(window, qtbot)

        assert told == []

    def test_a_size_comes_and_goes_unchanged(self, shown, told, qtbot):
        pull(shown, 501, 351)
        settle(shown, qtbot)
        (message,) = told

        shown.presence.resize(message.width, message.height)

        assert size_of(shown) == (501, 351)

    def test_the_screens_resolution_is_not_the_programs_business(
        self, shown, told, qtbot
    ):
        canvas = shown.canvas
        canvas.devicePixelRatioF = lambda: 2.0
        canvas._update_pixel_ratio()
        settle(shown, qtbot)
        assert told == []

        shown.presence.resize(320, 240)
        settle(shown, qtbot)
        assert size_of(shown) == (320, 240)

        pull(shown, 501, 351)
        settle(shown, qtbot)
        assert told == [WindowResized("w1", 501, 351)]
        inches = canvas.figure.bbox.size / canvas.figure.dpi
        assert list(inches) == pytest.approx([5.01, 3.51])


class TestInput:
    """What a click tells is true only of a canvas whose size the kernel knows."""

    @pytest.fixture(autouse=True)
    def program_listens(self, shown):
        shown.arbiter.obey(WantEvents("w1", ["button_press_event"]))

    def click(self, shown, qtbot):
        qtbot.mouseClick(shown.canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 75))

    def test_the_programs_own_size_is_not_told(self, shown, told, qtbot):
        self.click(shown, qtbot)

        assert [type(message) for message in told] == [InputEvent]

    def test_a_size_that_does_not_fit_the_screen_is_told_before_a_click(
        self, shown, told, qtbot
    ):
        shown.presence.resize(30_000, 30_000)
        settle(shown, qtbot)
        self.click(shown, qtbot)
        self.click(shown, qtbot)

        assert told[0] == WindowResized("w1", *size_of(shown))
        assert [type(message) for message in told[1:]] == [InputEvent] * 2

    def test_what_the_window_manager_has_made_of_it_is_told_before_a_click(
        self, shown, told, qtbot
    ):
        shown.presence.resize(320, 240)
        pull(shown, 333, 222)
        settle(shown, qtbot)
        self.click(shown, qtbot)

        assert told[0] == WindowResized("w1", 333, 222)
