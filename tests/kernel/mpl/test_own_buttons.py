"""Buttons, icons, bars and tools of the program's own reach the window, and it them."""

from __future__ import annotations

import base64
import io
import threading

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backend_bases import KeyEvent
from matplotlib.backend_tools import ToolBase, ToolToggleBase
from PIL import Image

from jlab_qtwindows.kernel.mpl.actions import Action
from jlab_qtwindows.kernel.process import words
from jlab_qtwindows.protocol.errors import QtWindowsWarning
from jlab_qtwindows.protocol.messages import (
    ButtonPressed,
    InputEvent,
    SetButtons,
    SetToolbarMode,
    SetWindowIcon,
    ShowBars,
    ShowStatus,
    ToolModeChanged,
    UseTool,
)

OWN = [
    *("Home", "Back", "Forward", ""),
    *("Pan", "Zoom", "Subplots", "Customize", ""),
    "Save",
]


@pytest.fixture
def toolbar(manager):
    return manager.toolbar


@pytest.fixture
def press(manager, deliver):
    """Return a function that presses a button in the window."""

    def send(action, checked=False):
        window_id = manager.followed.window_id
        deliver(manager.canvas.figure, ButtonPressed(window_id, action.id, checked))

    return send


@pytest.fixture
def sent(host):
    """Return a function that gives the program's buttons as the window is told."""

    def read():
        buttons = host.receive(SetButtons)[0].buttons
        return [b for b in buttons if "name" not in b]

    return read


class TestActions:
    def test_matplotlibs_own_are_there(self, toolbar):
        assert [action.text() for action in toolbar.actions()] == OWN

    def test_an_own_one_is_told_and_calls_back_on_the_main_thread(
        self, toolbar, sent, press
    ):
        heard = []
        action = toolbar.addAction("Mark", lambda: heard.append(threading.get_ident()))

        assert sent()[0]["text"] == "Mark"
        press(action)
        assert heard == [threading.main_thread().ident]

    def test_a_callback_that_takes_it_hears_whether_it_is_checked(self, toolbar, press):
        heard = []
        action = toolbar.addAction("Log")
        action.setCheckable(True)
        action.triggered.connect(heard.append)
        action.toggled.connect(lambda on: heard.append(("toggled", on)))

        press(action, True)

        assert heard == [("toggled", True), True]
        assert action.isChecked()

    def test_qts_ways_of_adding_one(self, toolbar, sent):
        icon = np.zeros((4, 4, 3), np.uint8)
        first = toolbar.addAction(icon, "Icon", print)
        sent()
        toolbar.addSeparator()
        sent()
        toolbar.insertAction(first, Action("Before"))
        sent()
        toolbar.insertSeparator(toolbar.actions()[0])

        found = sent()
        texts = [b.get("text", "|") for b in found]
        assert texts == ["|", "Before", "Icon", "|"]
        assert found[2]["icon"]
        assert toolbar.actions()[0].isSeparator()

    def test_one_is_taken_away(self, toolbar, sent):
        action = toolbar.addAction("Mark")
        sent()
        toolbar.removeAction(action)

        assert sent() == []
        assert action not in toolbar.actions()

    def test_what_is_changed_of_one_is_told(self, toolbar, sent):
        action = toolbar.addAction("Mark")
        sent()
        for change, name, value in [
            (lambda: action.setText("New\nline"), "text", "New line"),
            (lambda: action.setToolTip("tip"), "tip", "tip"),
            (lambda: action.setEnabled(False), "enabled", False),
            (lambda: action.setVisible(False), "visible", False),
            (lambda: action.setCheckable(True), "checkable", True),
            (lambda: action.setChecked(True), "checked", True),
        ]:
            change()
            assert sent()[0][name] == value

    def test_matplotlibs_own_can_be_hidden_heard_of_and_triggered(
        self, manager, toolbar, host, press
    ):
        heard = []
        home = toolbar.actions()[0]
        home.triggered.connect(lambda: heard.append("home"))
        assert host.receive(SetButtons)[0].buttons[0]["told"]
        toolbar.removeAction(toolbar.actions()[6])
        names = [b["name"] for b in host.receive(SetButtons)[0].buttons]

        assert "configure_subplots" not in names
        press(home)
        assert heard == ["home"]
        home.trigger()
        assert host.receive(UseTool)[0].action == "home"

    def test_an_error_of_a_callback_keeps_no_other_from_being_called(
        self, toolbar, press, capsys
    ):
        heard = []
        action = toolbar.addAction("Mark", lambda: 1 / 0)
        action.triggered.connect(lambda: heard.append(1))

        press(action)

        assert heard == [1]
        assert "ZeroDivisionError" in capsys.readouterr().err

    def test_a_callback_can_be_disconnected(self, toolbar, press):
        heard = []
        action = toolbar.addAction("Mark", heard.append)
        action.triggered.disconnect(heard.append)
        press(action)

        assert heard == []
        with pytest.raises(TypeError, match="is not connected"):
            action.triggered.disconnect(heard.append)

    def test_very_many_are_not_had_and_that_is_said(self, toolbar, monkeypatch):
        monkeypatch.setattr(words, "_said", set())
        for n in range(64 - len(OWN)):
            toolbar.addAction(str(n))
        with pytest.warns(QtWindowsWarning, match="64 buttons at most"):
            toolbar.addAction("one too many")
        toolbar.addAction("and one more")

        assert len(toolbar.actions()) == 64

    def test_any_other_name_says_which_there_are(self, toolbar):
        with pytest.raises(AttributeError, match=r"no 'menu' here.*setEnabled"):
            toolbar.actions()[0].menu()

    def test_a_restarted_host_is_told_the_buttons_again(self, toolbar, host, sent):
        toolbar.addAction("Mark")
        sent()
        host.break_off()
        host.open()

        host.welcome("another host")

        assert sent()[0]["text"] == "Mark"

    def test_a_hook_of_every_figure_adds_a_button(self, plt, host, monkeypatch):
        mpl.rcParams["figure.hooks"] = [f"{__name__}:add_button"]

        toolbar = plt.figure().canvas.manager.toolbar

        assert toolbar.actions()[-1].text() == "Hooked"


def add_button(figure):
    figure.canvas.manager.toolbar.addAction("Hooked")


class TestBars:
    def test_toolbar_and_status_bar_are_hidden_and_shown(self, manager, host):
        bars = [manager.toolbar, manager.window.statusBar()]
        for turn in (lambda b: b.hide(), lambda b: b.setVisible(True)):
            for bar in bars:
                turn(bar)
                told = host.receive(ShowBars)[0]
                assert [told.toolbar, told.status] == [b.isVisible() for b in bars]

    def test_the_programs_text_is_shown(self, manager, host):
        bar = manager.window.statusBar()
        bar.showMessage("scan 3\nof 9", 2000)
        told, _ = host.receive(ShowStatus)

        assert (told.text, told.milliseconds) == ("scan 3 of 9", 2000)
        assert bar.currentMessage() == "scan 3 of 9"
        bar.clearMessage()
        assert host.receive(ShowStatus)[0].text == ""

    def test_a_text_shown_for_a_while_is_not_shown_by_a_later_window(self, manager):
        bar = manager.window.statusBar()
        bar.showMessage("stays")
        assert manager.followed.outbox.standing(ShowStatus)
        bar.showMessage("goes", 10)

        assert manager.followed.outbox.standing(ShowStatus) is None


class TestIcon:
    @pytest.fixture(autouse=True)
    def nothing_said(self, monkeypatch):
        monkeypatch.setattr(words, "_said", set())

    @pytest.fixture
    def path(self, tmp_path):
        Image.new("RGB", (600, 300), "#ff8000").save(tmp_path / "icon.png")
        return tmp_path / "icon.png"

    def received(self, host):
        png = base64.b64decode(host.receive(SetWindowIcon)[0].png)
        return Image.open(io.BytesIO(png))

    @pytest.mark.parametrize(
        "given",
        [
            lambda path: path,
            lambda path: str(path),
            lambda path: path.read_bytes(),
            lambda path: np.asarray(Image.open(path)),
            lambda path: np.asarray(Image.open(path)) / 255,
            lambda path: Image.open(path),
            lambda path: qt_image(path),
        ],
        ids=["path", "str", "bytes", "array", "floats", "PIL", "QImage"],
    )
    def test_what_can_be_sent_is_sent_in_a_small_size(self, manager, host, path, given):
        manager.window.setWindowIcon(given(path))

        image = self.received(host)
        assert max(image.size) <= 256
        assert image.getpixel((9, 9)) == (255, 128, 0, 255)

    def test_noise_is_sent_smaller(self, manager, host):
        noise = np.random.default_rng(1).integers(0, 255, (256, 256, 4), np.uint8)
        manager.window.setWindowIcon(noise)

        assert max(self.received(host).size) == 128

    @pytest.mark.parametrize(
        "given",
        [None, 3, "no/such/file.png", b"no picture", [], object()],
        ids=lambda given: type(given).__name__,
    )
    def test_what_cannot_be_sent_is_said_once(self, manager, given):
        if type(given) is object:
            given = 1j
        with pytest.warns(QtWindowsWarning, match="this icon cannot be sent"):
            manager.window.setWindowIcon(given)
        manager.window.setWindowIcon(given)

        assert manager.followed.outbox.standing(SetWindowIcon) is None


def qt_image(path):
    return pytest.importorskip("PyQt5.QtGui").QImage(str(path))


class Mark(ToolBase):
    """Marks."""

    description = "Mark a point"
    default_keymap = ("m",)
    heard = 0

    def trigger(self, *args):
        type(self).heard += 1


class Plain(ToolBase):
    """Does nothing."""


class Lamp(ToolToggleBase):
    """Is on or off."""


@pytest.mark.filterwarnings("ignore:Treat the new Tool classes")
class TestToolManager:
    @pytest.fixture
    def manager(self, plt, host):
        mpl.rcParams["toolbar"] = "toolmanager"
        manager = plt.figure().canvas.manager
        host.welcome()
        host.show()
        Mark.heard = 0
        return manager

    def test_a_tool_of_the_program_is_a_button(self, manager, sent, press):
        manager.toolmanager.add_tool("Mark", Mark)
        manager.toolbar.add_tool("Mark", "own", 0)
        button = manager.toolbar.actions()[-1]

        assert (button.text(), button.toolTip()) == ("Mark", "Mark a point")
        press(button)
        assert Mark.heard == 1

    def test_groups_and_positions_are_kept(self, manager):
        for name in ("A", "B", "C"):
            manager.toolmanager.add_tool(name, Plain)
        manager.toolbar.add_tool("A", "own")
        manager.toolbar.add_tool("B", "own")
        manager.toolbar.add_tool("C", "own", 1)

        texts = [a.text() for a in manager.toolbar.actions()]
        assert texts == [*OWN, "", "C", "A", "B"]

    def test_a_tool_that_toggles_is_checked(self, manager, press):
        lamp = manager.toolmanager.add_tool("Lamp", Lamp)
        manager.toolbar.add_tool("Lamp", "own")
        button = manager.toolbar.actions()[-1]

        press(button, True)
        assert lamp.toggled
        assert button.isChecked()
        manager.toolmanager.trigger_tool("Lamp")
        assert not button.isChecked()

    def test_a_tool_that_is_removed_has_no_button(self, manager):
        manager.toolmanager.remove_tool("forward")

        assert "Forward" not in [a.text() for a in manager.toolbar.actions()]

    def test_matplotlibs_own_act_in_the_window(self, manager, host):
        manager.toolmanager.trigger_tool("home")
        assert host.receive(UseTool)[0].action == "home"

        manager.toolmanager.trigger_tool("zoom")
        assert host.receive(SetToolbarMode)[0].mode == "zoom rect"
        assert manager.canvas.widgetlock.locked()

        manager.toolmanager.trigger_tool("zoom")
        assert host.receive(SetToolbarMode)[0].mode == ""
        assert not manager.canvas.widgetlock.locked()

    def test_a_tool_that_the_user_takes_is_in_hand_here(self, manager, deliver):
        window_id = manager.followed.window_id
        figure = manager.canvas.figure
        for mode, tool in (("pan/zoom", "pan"), ("zoom rect", "zoom"), ("", None)):
            deliver(figure, ToolModeChanged(window_id, mode))
            assert manager.toolmanager.active_toggle["default"] == tool

        assert SetToolbarMode not in dict(manager.followed.outbox.waiting())

    def test_a_key_on_which_the_window_acts_is_not_acted_on_twice(
        self, manager, deliver
    ):
        axes = manager.canvas.figure.add_axes((0, 0, 1, 1))
        manager.toolmanager.add_tool("Mark", Mark)
        window_id = manager.followed.window_id
        for key in ("l", "m"):
            event = InputEvent(window_id, "key_press_event", 0.5, 0.5, key=key)
            deliver(manager.canvas.figure, event)

        assert axes.get_yscale() == "linear"
        assert Mark.heard == 1

    def test_a_key_that_the_program_makes_is_acted_on(self, manager):
        axes = manager.canvas.figure.add_axes((0, 0, 1, 1))
        event = KeyEvent("key_press_event", manager.canvas, "l", 9, 9)
        event._process()

        assert axes.get_yscale() == "log"
