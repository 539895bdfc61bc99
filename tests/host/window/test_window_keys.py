"""Keys and states of the native window: copy, full screen, maximized, closed."""

from __future__ import annotations

import pytest
from PyQt5 import sip
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QCursor, QImage
from PyQt5.QtWidgets import QApplication

from jlab_qtwindows.protocol.messages import UseKeymap

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shown(window, show, make_figure, qtbot):
    """Return a window with a figure, on the screen."""
    show(make_figure())
    qtbot.waitUntil(lambda: not window.presence._size._settling.isActive())
    return window


class TestCopy:
    @pytest.fixture(autouse=True)
    def empty(self, qapp):
        qapp.clipboard().clear()

    def test_control_c_copies_the_picture_and_says_so(self, shown, qtbot):
        qtbot.keyClick(shown.canvas, Qt.Key.Key_C, CONTROL)

        assert QApplication.clipboard().image().width() == 400
        assert shown.status.notice == "picture copied, 400 x 300 px"

    def test_c_alone_is_matplotlibs(self, shown, qtbot):
        qtbot.keyClick(shown.canvas, Qt.Key.Key_C)

        assert QApplication.clipboard().image() == QImage()

    def test_the_users_own_key_is_used(self, window, update_of, make_figure, qtbot):
        window.content.show(update_of(make_figure()))
        window.arbiter.obey(UseKeymap("w1", {"keymap.copy": ["y"]}))

        qtbot.keyClick(window.canvas, Qt.Key.Key_Y)

        assert QApplication.clipboard().image().width() == 400


class TestFullScreen:
    def test_the_key_fills_the_screen_and_gives_the_geometry_back(self, shown, qtbot):
        before = shown.window.geometry()

        qtbot.keyClick(shown.canvas, Qt.Key.Key_F)
        assert shown.window.isFullScreen()

        qtbot.keyClick(shown.canvas, Qt.Key.Key_F)
        qtbot.waitUntil(lambda: shown.window.geometry() == before)
        assert not shown.window.isFullScreen()

    def test_a_maximized_window_is_maximized_again(self, shown, qtbot):
        shown.window.showMaximized()

        qtbot.keyClick(shown.canvas, Qt.Key.Key_F)
        qtbot.keyClick(shown.canvas, Qt.Key.Key_F)

        assert shown.window.isMaximized()
        assert not shown.window.isFullScreen()


class TestTaken:
    """A program has disconnected what Matplotlib does with the keys."""

    @pytest.fixture
    def own_keys(self, shown):
        middle = shown.canvas.mapToGlobal(shown.canvas.rect().center())
        QCursor.setPos(middle)  # the keys act on the Axes below the mouse
        shown.arbiter.taken = frozenset({"key_press_event"})
        return shown

    @pytest.mark.parametrize("key", [Qt.Key.Key_G, Qt.Key.Key_Q])
    def test_no_key_does_anything(self, own_keys, events, qtbot, key):
        grid = own_keys.canvas.figure.axes[0].xaxis.get_major_ticks()[0].gridline

        qtbot.keyClick(own_keys.canvas, key)

        assert not grid.get_visible()
        assert ("closed", "w1") not in events

    def test_without_the_kernel_they_are_the_users_again(self, own_keys, qtbot):
        own_keys.detach()

        qtbot.keyClick(own_keys.canvas, Qt.Key.Key_G)

        (axes,) = own_keys.canvas.figure.axes
        assert axes.xaxis.get_major_ticks()[0].gridline.get_visible()

    def test_the_next_figure_has_them(self, own_keys, opened):
        own_keys.adopt(own_keys.peer, opened("w2"))

        assert not own_keys.arbiter.leaves("key_press_event")


def test_what_the_program_has_hidden_is_shown_for_the_next_figure(
    shown, opened, update_of, make_figure
):
    shown.presence.control("hide", [])

    shown.adopt(shown.peer, opened("w2"))
    shown.content.show(update_of(make_figure(), window_id="w2"))

    assert shown.window.isVisible()


class TestRaise:
    @pytest.mark.parametrize("state", ["showMaximized", "showFullScreen"])
    def test_a_minimized_window_comes_back_as_it_was(self, shown, state):
        getattr(shown.window, state)()
        before = shown.window.windowState()
        shown.window.setWindowState(before | Qt.WindowState.WindowMinimized)

        shown.presence.raise_(keyboard=True)

        large = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen
        assert not shown.window.isMinimized()
        assert shown.window.windowState() & large == before & large

    def test_a_hidden_window_is_shown(self, shown):
        shown.presence.control("hide", [])

        shown.presence.raise_(keyboard=True)

        assert shown.window.isVisible()


class TestEnd:
    @pytest.mark.parametrize("who", ["user", "program"])
    def test_nothing_is_left_of_a_closed_window(self, shown, qtbot, who):
        parts = (shown.window, shown.canvas, shown.status, shown.presence._placement)

        if who == "user":
            shown.window.close()
        shown.close()
        shown.close = lambda: None

        qtbot.waitUntil(lambda: all(sip.isdeleted(part) for part in parts))


def test_a_window_has_an_icon(shown):
    assert not shown.window.windowIcon().isNull()
