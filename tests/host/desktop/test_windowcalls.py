"""What a program asks of its native window is done, and what came of it is told."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from jlab_qtwindows.host.desktop.windowcalls import icon_from
from jlab_qtwindows.protocol.messages import (
    ButtonPressed,
    SetButtons,
    SetWindowIcon,
    ShowBars,
    ShowStatus,
)

ON_TOP, FRAMELESS = 0x40000, 0x800
HOME = {"id": 1, "name": "home", "enabled": True, "visible": True, "told": False}


def png(size=(8, 8), color="#ff8000", kind="PNG"):
    file = io.BytesIO()
    Image.new("RGB", size, color).save(file, kind)
    return base64.b64encode(file.getvalue()).decode()


def flags(window):
    number = window.window.windowFlags()
    return int(getattr(number, "value", number)) & 0xFFFF_FFFF


def last_told(told, what):
    return getattr(told.placed[-1], what) if told.placed else None


@pytest.fixture
def shown(window, show, make_figure, qtbot):
    show(make_figure())
    qtbot.waitExposed(window.window)
    return window


@pytest.fixture
def actions(window):
    """Return a function that gives the visible buttons' texts in their order."""
    return lambda: [
        action.text() or "|"
        for action in window.manager.toolbar.actions()
        if action.isVisible()
    ]


class TestPlace:
    def test_it_is_told_when_it_has_changed(self, shown, told, qtbot):
        shown.presence.control("setGeometry", [30, 40, 500, 450], 7)

        qtbot.waitUntil(lambda: last_told(told, "serial") == 7)
        assert told.placed[-1].inner == [30, 40, 500, 450]
        assert told.placed[-1].visible

    def test_nothing_is_told_without_a_change(self, shown, told, qtbot):
        qtbot.waitUntil(lambda: not shown.presence._whereabouts._framed.isActive())
        before = len(told.placed)
        shown.presence._whereabouts._report()

        assert len(told.placed) == before

    def test_a_call_that_changes_nothing_is_answered_too(self, shown, told, qtbot):
        shown.presence.control("raise_", [], 3)
        qtbot.waitUntil(lambda: last_told(told, "serial") == 3)

    def test_a_call_that_fails_is_answered_too(self, shown, told, qtbot):
        with pytest.raises(TypeError):
            shown.presence.control("move", ["x", 1], 4)
        qtbot.waitUntil(lambda: last_told(told, "serial") == 4)

    @pytest.mark.parametrize(("state", "name"), [(1, "Min"), (2, "Max")])
    def test_how_it_is_shown_is_told(self, shown, told, qtbot, state, name):
        shown.presence.control("setWindowState", [state], 1)

        qtbot.waitUntil(lambda: last_told(told, "state") == state)
        assert getattr(shown.window, f"is{name}imized")()

    def test_a_kernel_that_is_back_is_told_again(self, shown, told, qtbot):
        qtbot.waitUntil(lambda: bool(told.placed))
        qtbot.waitUntil(lambda: not shown.presence._whereabouts._framed.isActive())
        told.placed.clear()

        shown.reattach(shown.peer)

        qtbot.waitUntil(lambda: bool(told.placed))


class TestCalls:
    def test_flags_are_set_and_the_window_stays_where_it_was_seen(self, shown):
        shown.presence.control("setGeometry", [30, 40, 500, 450])
        shown.presence.control("setWindowFlags", [flags(shown) | ON_TOP | FRAMELESS])

        assert flags(shown) & (ON_TOP | FRAMELESS) == ON_TOP | FRAMELESS
        assert shown.window.isVisible()
        assert shown.window.geometry().getRect() == (30, 40, 500, 450)

    def test_flags_of_a_hidden_window_do_not_show_it(self, shown):
        shown.presence.control("hide", [])
        shown.presence.control("setWindowFlags", [ON_TOP])

        assert not shown.window.isVisible()

    def test_no_window_takes_the_mouse_of_other_programs(self, shown):
        shown.presence.control("setWindowFlags", [0x9 | 0x400 | 0x80000 | 0xFFFF << 40])

        assert flags(shown) & 0xFF == 0x1
        assert not flags(shown) & 0x80400

    def test_a_fixed_size_holds(self, shown):
        shown.presence.control("setFixedSize", [500, 400])

        assert (shown.window.width(), shown.window.height()) == (500, 400)
        assert shown.window.minimumSize() == shown.window.maximumSize()

    def test_no_least_size_is_larger_than_the_screen(self, shown):
        shown.presence.control("setMinimumSize", [100_000, -5])

        room = shown.window.screen().availableGeometry()
        assert shown.window.minimumWidth() == room.width()

    def test_another_figure_begins_with_a_plain_window(self, shown, opened):
        before = flags(shown)
        shown.presence.control("setWindowFlags", [before | ON_TOP])
        shown.presence.control("setFixedSize", [500, 400])
        shown.program.obey(SetWindowIcon("w1", png()))
        shown.program.obey(ShowStatus("w1", "text"))
        shown.program.obey(ShowBars("w1", False, False))
        shown.program.obey(SetButtons("w1", [{"id": 5, "text": "Own"}]))
        plain = shown.presence.calls._icon.cacheKey()

        shown.adopt(shown.peer, opened("w2"))

        assert flags(shown) == before
        assert shown.window.minimumSize() != shown.window.maximumSize()
        assert shown.window.windowIcon().cacheKey() == plain
        assert shown.status.texts(500)[0] != "text"
        bars = shown.manager.toolbar, shown.window.statusBar()
        assert not any(bar.isHidden() for bar in bars)
        texts = [a.text() for a in shown.manager.toolbar.actions() if a.isVisible()]
        assert "Home" in texts
        assert "Own" not in texts


class TestIcon:
    def test_it_is_shown(self, shown):
        shown.program.obey(SetWindowIcon("w1", png()))

        pixmap = shown.window.windowIcon().pixmap(8, 8)
        assert pixmap.toImage().pixelColor(4, 4).name() == "#ff8000"

    @pytest.mark.parametrize(
        "data",
        ["", "no base64!", "QUJD", png(kind="BMP"), png((300, 2)), "A" * 300_000],
        ids=["empty", "text", "ABC", "BMP", "too large", "too long"],
    )
    def test_what_is_none_is_refused(self, data):
        with pytest.raises(ValueError, match=r".+"):
            icon_from(data)


class TestStatus:
    def test_the_programs_text_stands_in_the_place_of_the_state(self, shown, qtbot):
        shown.program.obey(ShowStatus("w1", "<b>scan 3</b>\nof 9"))
        assert shown.status.texts(500)[0] == "<b>scan 3</b> of 9"

        shown.program.obey(ShowStatus("w1", "soon over", 1))
        qtbot.waitUntil(lambda: shown.status.texts(500)[0] == shown.status.state)

    def test_a_text_without_an_end_is_not_ended_by_the_one_before(self, shown):
        shown.program.obey(ShowStatus("w1", "first", 60_000))
        shown.program.obey(ShowStatus("w1", "second"))

        assert not shown.status._message_timer.isActive()

    def test_bars_are_hidden_and_the_canvas_gets_their_room(self, shown, qtbot):
        height = shown.canvas.height()
        shown.program.obey(ShowBars("w1", False, False))

        qtbot.waitUntil(lambda: shown.canvas.height() > height)
        assert shown.manager.toolbar.isHidden()
        assert shown.window.statusBar().isHidden()


class TestButtons:
    def test_they_come_in_the_programs_order(self, window, actions):
        own = {"id": 8, "text": "Mark"}
        line = {"id": 9, "separator": True}
        other = {"id": 10, "text": "A & B"}

        window.program.obey(SetButtons("w1", [own, HOME, line, other]))
        assert actions()[:2] == ["Mark", "Home"]
        assert actions()[-2:] == ["|", "A && B"]

        window.program.obey(SetButtons("w1", [HOME, other, own]))
        assert actions()[0] == "Home"
        assert actions()[-2:] == ["A && B", "Mark"]

    def test_a_press_is_told(self, window, told):
        window.program.obey(
            SetButtons("w1", [HOME, {"id": 8, "text": "On", "checkable": True}])
        )
        button = window.manager.toolbar.actions()[-1]

        button.trigger()
        button.trigger()

        assert told[-2:] == [
            ButtonPressed("w1", 8, True),
            ButtonPressed("w1", 8, False),
        ]

    def test_matplotlibs_own_are_told_if_the_program_wants_it(self, window, told):
        home = window.manager.toolbar._actions["home"]
        home.trigger()
        assert told == []

        window.program.obey(SetButtons("w1", [{**HOME, "told": True}]))
        home.trigger()
        assert told == [ButtonPressed("w1", 1, False)]

    def test_matplotlibs_own_can_be_hidden_and_disabled(self, window, actions):
        window.program.obey(SetButtons("w1", [{**HOME, "enabled": False}]))
        home = window.manager.toolbar._actions["home"]
        assert "Pan" not in actions()
        window.arbiter.report()  # which would enable it

        assert not home.isEnabled()
        window.program.obey(SetButtons("w1", [HOME]))
        assert home.isEnabled()

    def test_texts_are_plain(self, window):
        text = "<img src=x>" + 1000 * "y"
        window.program.obey(SetButtons("w1", [{"id": 8, "text": text, "tip": text}]))

        button = window.manager.toolbar.actions()[-1]
        assert len(button.text()) == 256
        assert "&lt;img" in button.toolTip()

    @pytest.mark.parametrize(
        "buttons",
        [
            [None, 3, "x", []],
            [{"id": "8", "text": 3}, {"id": -1}, {"id": 2**40}, {}],
            [{"id": 8, "icon": "no picture", "text": None, "checked": "yes"}],
            [{"id": n + 1, "text": "x"} for n in range(10_000)],
        ],
        ids=["no dicts", "no ids", "odd values", "very many"],
    )
    def test_what_is_no_button_harms_nothing(self, window, buttons):
        window.program.obey(SetButtons("w1", buttons))

        assert len(window.manager.toolbar.actions()) < 200
