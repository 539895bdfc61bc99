"""Keys wait until the program has answered the click before them, and none is lost."""

from __future__ import annotations

import pytest
from matplotlib.backend_bases import MouseButton
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QCursor
from user import scroll

from jlab_qtwindows.host.tools import pending
from jlab_qtwindows.protocol.messages import (
    InputEvent,
    InputHandled,
    LockCanvas,
    UseKeymap,
    WantEvents,
)

LEFT = Qt.MouseButton.LeftButton
PRESS = "button_press_event"
LETTERS = {letter: getattr(Qt.Key, f"Key_{letter.upper()}") for letter in "glqsh"}


@pytest.fixture
def busy(window, show, make_figure, program, qtbot):
    """Return a window over which the mouse is, whose program has yet to answer."""
    show(make_figure())
    window.arbiter.obey(WantEvents("w1", [PRESS]))
    middle = window.canvas.mapToGlobal(window.canvas.rect().center())
    QCursor.setPos(middle)
    qtbot.waitUntil(lambda: QCursor.pos() == middle)
    program.answers = False
    return window


@pytest.fixture
def click(busy, qtbot):
    return lambda: qtbot.mousePress(busy.canvas, LEFT, pos=busy.canvas.rect().center())


@pytest.fixture
def type_(busy, qtbot):
    """Return a function that types letters."""

    def keys(letters):
        for letter in letters:
            qtbot.keyClick(busy.canvas, LETTERS[letter])

    return keys


@pytest.fixture
def sent(told):
    """Return a function that gives the events that the program has got."""
    return lambda kind: [
        m for m in told if isinstance(m, InputEvent) and m.kind == kind
    ]


@pytest.fixture
def no_keys(busy):
    """Return the message of a program in which a text has the keys."""
    return UseKeymap("w1", {name: [] for name in busy.canvas.keymap})


def scale(window):
    return window.canvas.figure.axes[0].get_yscale()


def has_grid(window):
    return (
        window.canvas.figure.axes[0].xaxis.get_major_ticks()[0].gridline.get_visible()
    )


class TestWaiting:
    def test_a_key_after_an_unanswered_click_does_nothing_yet(
        self, busy, click, type_, events
    ):
        click()
        type_("lq")

        assert scale(busy) == "linear"
        assert ("closed", "w1") not in events

    def test_the_program_gets_it_at_once_and_in_its_place(
        self, busy, click, type_, told
    ):
        click()
        type_("lq")

        found = [m for m in told if isinstance(m, InputEvent)]
        kinds = [m.key or m.kind for m in found if not m.kind.endswith("release_event")]
        assert kinds == [PRESS, "l", "q"]
        assert [m.serial for m in found] == list(range(1, len(found) + 1))

    def test_it_acts_when_the_keys_are_still_the_windows(
        self, busy, click, type_, events
    ):
        click()
        type_("lq")

        busy.arbiter.obey(InputHandled("w1", 1))
        assert scale(busy) == "log"
        assert ("closed", "w1") not in events

        busy.arbiter.obey(InputHandled("w1", 3))  # "l" and its release
        assert ("closed", "w1") in events

    def test_it_does_nothing_where_it_was_text(
        self, busy, click, type_, no_keys, events
    ):
        click()
        type_("lgq")

        busy.arbiter.obey(no_keys)
        busy.arbiter.obey(InputHandled("w1", 7))

        assert (scale(busy), has_grid(busy)) == ("linear", False)
        assert ("closed", "w1") not in events

    def test_each_key_is_whose_it_was_in_its_turn(
        self, busy, click, type_, no_keys, events
    ):
        everything = UseKeymap("w1", busy.canvas.keymap.copy())
        click()
        type_("q")
        click()
        type_("l")

        busy.arbiter.obey(no_keys)
        busy.arbiter.obey(InputHandled("w1", 1))
        busy.arbiter.obey(everything)
        busy.arbiter.obey(InputHandled("w1", 4))

        assert scale(busy) == "log"
        assert ("closed", "w1") not in events

    def test_keys_that_a_program_takes_do_nothing(self, busy, click, type_):
        click()
        type_("l")

        busy.arbiter.obey(WantEvents("w1", [PRESS], ["key_press_event"]))
        busy.arbiter.obey(InputHandled("w1", 1))

        assert scale(busy) == "linear"

    def test_it_acts_on_the_state_that_is_shown_by_then(
        self, busy, click, type_, show, make_figure
    ):
        click()
        type_("l")
        show(make_figure())

        busy.arbiter.obey(InputHandled("w1", 1))

        assert scale(busy) == "log"

    def test_the_edit_of_a_key_that_has_waited_is_the_users(
        self, busy, click, type_, show, make_figure
    ):
        click()
        type_("l")
        busy.arbiter.obey(InputHandled("w1", 1))

        show(make_figure())

        assert scale(busy) == "log"

    def test_a_dialog_is_not_opened_among_the_messages_of_kernels(
        self, busy, click, type_, monkeypatch, qtbot
    ):
        opened = []
        toolbar = busy.manager.toolbar
        monkeypatch.setattr(toolbar, "save_figure", lambda: opened.append(1))
        click()
        type_("s")

        busy.arbiter.obey(InputHandled("w1", 1))

        assert not opened
        qtbot.waitUntil(lambda: opened == [1])

    @pytest.mark.parametrize(("taken", "times"), [([], 1), ([PRESS], 0)])
    def test_the_buttons_of_a_mouse_wait_too(
        self, busy, click, monkeypatch, qtbot, taken, times
    ):
        went = []
        monkeypatch.setattr(busy.manager.toolbar, "back", lambda: went.append("back"))
        back = str(MouseButton.BACK)  # by its number, since Python 3.11
        busy.arbiter.obey(UseKeymap("w1", {"keymap.back": [back]}))
        click()
        qtbot.mousePress(busy.canvas, Qt.MouseButton.BackButton)
        assert not went

        busy.arbiter.obey(WantEvents("w1", [PRESS], taken))
        busy.arbiter.obey(InputHandled("w1", 1))

        assert went == ["back"] * times

    def test_a_figure_that_nobody_listens_to_acts_at_once(self, busy, click, type_):
        busy.arbiter.obey(WantEvents("w1", []))

        click()
        type_("l")

        assert scale(busy) == "log"

    def test_all_that_follows_an_unanswered_click_is_sent(self, busy, click, sent):
        click()
        assert len(sent(PRESS)) == 1

        scroll(busy.canvas, 200, 150, 1)

        assert len(sent("scroll_event")) == 1


class TestLimit:
    @pytest.fixture(autouse=True)
    def soon(self, monkeypatch):
        monkeypatch.setattr(pending, "LIMIT", 0.05)

    def test_a_busy_kernel_takes_no_key_away(self, busy, click, type_, qtbot):
        click()
        type_("l")

        qtbot.waitUntil(lambda: scale(busy) == "log")

    def test_then_the_next_ones_act_at_once(self, busy, click, type_, qtbot):
        click()
        type_("l")
        qtbot.waitUntil(lambda: scale(busy) == "log")

        type_("l")

        assert scale(busy) == "linear"

    def test_they_act_in_their_order(self, busy, click, type_, qtbot):
        click()
        type_("lg")

        qtbot.waitUntil(lambda: has_grid(busy))
        assert scale(busy) == "log"

    @pytest.mark.parametrize("listens_to_keys", [True, False])
    def test_no_window_is_closed_by_what_a_slow_program_comes_to_read_as_text(
        self, busy, click, type_, no_keys, events, qtbot, listens_to_keys
    ):
        kinds = [PRESS, "key_press_event"] if listens_to_keys else [PRESS]
        busy.arbiter.obey(WantEvents("w1", kinds))
        click()
        type_("lq")
        qtbot.waitUntil(lambda: scale(busy) == "log")  # its time is over

        # As `waitforbuttonpress` in the callback, or a text, which it only now makes.
        busy.arbiter.obey(WantEvents("w1", [PRESS, "key_press_event"]))
        busy.arbiter.obey(no_keys)
        busy.arbiter.obey(InputHandled("w1", 3))

        assert ("closed", "w1") not in events

    def test_motions_that_nobody_wants_are_sent_no_longer(
        self, busy, click, sent, qtbot
    ):
        click()
        qtbot.waitUntil(lambda: not busy.inputs._pending.unanswered)

        scroll(busy.canvas, 200, 150, 1)

        assert not sent("scroll_event")

    @pytest.fixture
    def text(self, busy):
        """Return a window whose program listens to keys."""
        busy.arbiter.obey(WantEvents("w1", [PRESS, "key_press_event"]))
        return busy

    def test_no_window_is_closed_that_may_be_given_a_text(
        self, text, click, type_, no_keys, events, qtbot
    ):
        click()
        type_("ql")
        qtbot.waitUntil(lambda: scale(text) == "log")
        assert ("closed", "w1") not in events
        assert "when the program has answered" in text.status.notice

        text.arbiter.obey(no_keys)
        text.arbiter.obey(InputHandled("w1", 3))

        assert ("closed", "w1") not in events

    def test_a_key_that_would_close_it_is_taken_back_by_the_next_one(
        self, text, click, type_, events, qtbot
    ):
        click()
        type_("ql")
        qtbot.waitUntil(lambda: scale(text) == "log")
        type_("l")

        text.arbiter.obey(InputHandled("w1", 2))

        assert ("closed", "w1") not in events
        assert scale(text) == "linear"

    def test_it_is_closed_when_the_program_says_that_it_was_no_text(
        self, text, click, type_, events, qtbot
    ):
        click()
        type_("ql")
        qtbot.waitUntil(lambda: scale(text) == "log")

        text.arbiter.obey(InputHandled("w1", 1))

        assert ("closed", "w1") in events


class TestEnd:
    def test_without_the_kernel_the_keys_are_the_windows(self, busy, click, type_):
        click()
        type_("l")

        busy.detach()

        assert scale(busy) == "log"

    def test_a_kernel_that_ends_does_not_close_a_window_by_a_text(
        self, busy, click, type_, events
    ):
        busy.arbiter.obey(WantEvents("w1", [PRESS, "key_press_event"]))
        click()
        type_("q")

        busy.detach()
        assert ("closed", "w1") not in events
        assert "a key was dropped" in busy.status.notice

        type_("q")
        assert ("closed", "w1") in events

    def test_another_figure_gets_none_of_them(
        self, busy, click, type_, opened, show, make_figure
    ):
        click()
        type_("l")

        busy.adopt(busy.peer, opened("w2"))
        show(make_figure())
        busy.arbiter.obey(InputHandled("w2", 1))

        assert scale(busy) == "linear"

    def test_what_waits_is_bounded(self, qapp):
        waiting = pending.PendingActions(None)
        waiting.next_serial()
        ran = []

        for number in range(1_500):
            waiting.run(lambda known, number=number: ran.append(number) or True, 1)

        assert ran == list(range(500))

    def test_an_answer_to_what_was_never_sent_is_ignored(self, qapp):
        waiting = pending.PendingActions(None)
        waiting.next_serial()

        waiting.answer(7)

        assert waiting.unanswered


class TestLock:
    @pytest.mark.parametrize("tool", ["pan", "zoom"])
    def test_no_tool_takes_a_canvas_that_a_selector_has(self, busy, tool):
        busy.arbiter.obey(LockCanvas("w1", True))
        getattr(busy.manager.toolbar, tool)()
        assert busy.manager.toolbar.mode == ""

        busy.arbiter.obey(LockCanvas("w1", False))
        getattr(busy.manager.toolbar, tool)()
        assert busy.manager.toolbar.mode != ""

    def test_without_the_kernel_it_is_free(self, busy):
        busy.arbiter.obey(LockCanvas("w1", True))

        busy.detach()

        assert not busy.canvas.widgetlock.locked()


def test_the_keys_of_one_window_are_not_those_of_another(
    busy, no_keys, open_window, update_of, make_figure, qtbot
):
    other = open_window(window_id="w2", num=2)
    other.content.show(update_of(make_figure(), window_id="w2"))
    busy.arbiter.obey(no_keys)
    qtbot.keyClick(busy.canvas, Qt.Key.Key_H)

    qtbot.keyClick(other.canvas, Qt.Key.Key_P)

    assert other.manager.toolbar.mode == "pan/zoom"
