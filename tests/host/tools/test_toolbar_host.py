"""The toolbar of a window tells its kernel the mode, and does what programs call."""

from __future__ import annotations

import logging

import matplotlib as mpl
import pytest
from matplotlib.backends.qt_editor._formlayout import ColorButton
from peer import PEER
from PyQt5 import QtCore, QtGui, QtWidgets, sip
from PyQt5.QtCore import QPoint, Qt
from user import drag

from jlab_qtwindows.host.window.window import HostWindow
from jlab_qtwindows.protocol.messages import (
    SetToolbarMode,
    ShowCoordinates,
    ShowCursor,
    ShowRubberBand,
    ToolModeChanged,
    UseTool,
)


@pytest.fixture
def toolbar(window, show, make_figure):
    """Return the toolbar of a window that shows a whole figure."""
    show(make_figure())
    return window.manager.toolbar


@pytest.fixture
def modes(told):
    """Return a function that gives the modes that the kernel was told."""

    def read():
        return [m.mode for m in told if isinstance(m, ToolModeChanged)]

    return read


@pytest.mark.parametrize(("name", "mode"), [("pan", "pan/zoom"), ("zoom", "zoom rect")])
def test_the_kernel_is_told_of_each_change_of_the_mode(toolbar, modes, name, mode):
    toolbar._actions[name].trigger()
    toolbar._actions[name].trigger()

    assert modes() == [mode, ""]


def test_a_window_without_a_tool_says_nothing(
    toolbar, modes, window, show, make_figure
):
    show(make_figure())

    assert modes() == []


def test_the_program_sets_the_mode_and_it_is_confirmed(window, toolbar, modes):
    window.arbiter.obey(SetToolbarMode("w1", "zoom rect"))

    assert toolbar.mode == "zoom rect"
    assert toolbar._actions["zoom"].isChecked()
    assert modes() == ["zoom rect"]

    window.arbiter.obey(SetToolbarMode("w1", "pan/zoom"))
    assert not toolbar._actions["zoom"].isChecked()
    assert toolbar._actions["pan"].isChecked()

    window.arbiter.obey(SetToolbarMode("w1", ""))
    assert toolbar.mode == ""


def test_the_mode_it_has_already_is_no_change(window, toolbar, modes):
    toolbar.pan()
    window.arbiter.obey(SetToolbarMode("w1", "pan/zoom"))

    assert toolbar.mode == "pan/zoom"
    assert modes() == ["pan/zoom"]


def test_the_program_walks_through_the_users_views(window, toolbar, qtbot):
    (axes,) = window.canvas.figure.axes
    home = axes.get_xlim()
    toolbar.zoom()
    drag(qtbot, window.canvas, (0.4, 0.4), (0.6, 0.6))
    zoomed = axes.get_xlim()
    assert zoomed != home

    for action, limits in (("home", home), ("back", zoomed), ("forward", home)):
        window.arbiter.obey(UseTool("w1", action))
        assert axes.get_xlim() == pytest.approx(limits)


@pytest.mark.parametrize("action", ["save_figure", "edit_parameters"])
def test_a_dialog_lets_other_messages_through(window, toolbar, qtbot, action):
    opened = []
    setattr(toolbar, action, lambda: opened.append(True))

    window.arbiter.obey(UseTool("w1", action))
    assert not opened

    qtbot.waitUntil(lambda: bool(opened))


class TestSave:
    @pytest.fixture
    def choose(self, monkeypatch, tmp_path):
        """Return a function that has the user choose a file, after some act."""

        def choose(act=lambda: None):
            def dialog(*args):
                act()
                return str(tmp_path / "saved.png"), ""

            monkeypatch.setattr(QtWidgets.QFileDialog, "getSaveFileName", dialog)
            return tmp_path / "saved.png"

        return choose

    def test_it_is_by_the_settings_of_the_figures_kernel(
        self, window, toolbar, choose, open_window, update_of, make_figure
    ):
        other = open_window(window_id="w2")
        with mpl.rc_context({"savefig.dpi": 200}):
            update = update_of(make_figure(), 2)
        another = update_of(make_figure(), window_id="w2")
        window.content.show(update)

        def draw_another():
            other.content.show(another)
            assert mpl.rcParams["savefig.dpi"] != 200

        file = choose(draw_another)
        toolbar.save_figure()

        assert QtGui.QImage(str(file)).width() == 800

    def test_a_state_that_came_meanwhile_is_saved_by_its_settings_too(
        self, window, toolbar, choose, open_window, update_of, make_figure
    ):
        other, another = open_window(window_id="w2"), update_of(make_figure())
        with mpl.rc_context({"savefig.dpi": 200}):
            update = update_of(make_figure(), 2)

        def draw_both():
            window.content.show(update)
            other.content.show(another)

        file = choose(draw_both)
        toolbar.save_figure()

        assert QtGui.QImage(str(file)).width() == 800

    def test_the_folder_is_remembered_for_all_windows(
        self, toolbar, choose, open_window, update_of, make_figure
    ):
        file = choose()
        with mpl.rc_context():
            toolbar.save_figure()
            other = open_window(window_id="w2")
            other.content.show(update_of(make_figure(), window_id="w2"))

            assert mpl.rcParams["savefig.directory"] == str(file.parent)

    def test_a_drag_in_which_the_dialog_was_opened_is_over(
        self, toolbar, choose, qtbot
    ):
        canvas = toolbar.canvas
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
        assert canvas.is_dragging()
        # The release goes to the dialog.
        choose(lambda: qtbot.mouseRelease(toolbar, Qt.MouseButton.LeftButton))

        toolbar.save_figure()

        assert not canvas.is_dragging()


def test_the_options_say_of_which_figure_they_are(window, toolbar, show, make_figure):
    show(make_figure())

    toolbar.edit_parameters()

    assert toolbar._fedit_dialog.windowTitle() == f"Figure options — {window.title}"


def test_the_choice_of_axes_says_of_which_figure_it_is(
    window, toolbar, show, make_figure, qtbot
):
    figure = make_figure()
    figure.add_axes((0.6, 0.6, 0.2, 0.2))
    show(figure)
    titles = []

    def look():
        (dialog,) = window.window.findChildren(QtWidgets.QInputDialog)
        dialog.windowTitleChanged.connect(titles.append)
        dialog.windowTitleChanged.connect(dialog.reject)
        QtCore.QTimer.singleShot(5000, dialog.reject)  # it has none

    QtCore.QTimer.singleShot(0, look)
    toolbar.edit_parameters()  # returns when it is closed

    assert titles == [f"Customize — {window.title}"]


@pytest.mark.parametrize("who", ["save", "color"])
def test_a_window_may_be_closed_while_a_dialog_of_it_waits(
    qapp, opened, update_of, make_figure, who
):
    """It is in an event loop of its own, within which it must not be deleted."""
    window = HostWindow(
        PEER,
        opened(),
        on_changed=lambda w: None,
        on_closed=lambda w: None,
        send=lambda identity, sent: None,
    )
    window.content.show(update_of(make_figure()))
    toolbar = window.manager.toolbar
    QtCore.QTimer.singleShot(300, window.close)
    if who == "save":
        toolbar.save_figure()  # and returns
    else:
        toolbar.edit_parameters()
        toolbar._fedit_dialog.findChildren(ColorButton)[0].click()

    qapp.sendPostedEvents(None, QtCore.QEvent.Type.DeferredDelete)
    assert sip.isdeleted(window.window)


@pytest.mark.parametrize(
    "message",
    [
        UseTool("w1", "configure_subplots"),
        UseTool("w1", "close"),
        SetToolbarMode("w1", "lasso"),
        ShowCursor("w1", "__class__"),
    ],
)
def test_what_no_toolbar_has_is_logged_and_dropped(
    window, toolbar, modes, message, caplog
):
    with caplog.at_level(logging.WARNING):
        window.arbiter.obey(message)

    assert "no toolbar has" in caplog.text
    assert modes() == []


def test_a_cursor_of_the_program_is_shown(window, toolbar):
    window.arbiter.obey(ShowCursor("w1", "HAND"))

    assert window.canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_what_belongs_to_frames_is_not_shown_here(window, toolbar, monkeypatch):
    texts, drawn = [], []
    monkeypatch.setattr(window.canvas, "drawRectangle", drawn.append)
    toolbar.message_set.connect(texts.append)

    window.arbiter.obey(ShowCoordinates("w1", "x=1"))
    window.arbiter.obey(ShowRubberBand("w1", [0.0, 0.0, 1.0, 1.0]))

    assert texts == drawn == []


def test_a_kernel_that_is_back_is_told_the_mode(window, toolbar, modes):
    toolbar.pan()
    window.detach()
    toolbar.zoom()

    window.reattach(PEER)

    assert modes()[-1] == "zoom rect"


def test_a_kernel_that_is_back_is_told_that_there_is_none(window, toolbar, modes):
    window.detach()

    window.reattach(PEER)

    assert modes() == [""]


def test_another_figure_in_the_window_is_told_the_tool_in_hand(
    window, toolbar, told, opened
):
    toolbar.pan()

    window.adopt(PEER, opened("w2"))

    assert told[-1] == ToolModeChanged("w2", "pan/zoom")
