"""Whose the keys are is told in the order of the input that decides it."""

from __future__ import annotations

import threading

import matplotlib as mpl
import pytest
from handhost import LIMIT
from matplotlib.widgets import Lasso, TextBox

from jlab_qtwindows.kernel.link.client import get_client
from jlab_qtwindows.protocol.messages import (
    InputEvent,
    InputHandled,
    LockCanvas,
    UpdateFigure,
    UseKeymap,
    WantEvents,
)

PRESS, KEY = "button_press_event", "key_press_event"


@pytest.fixture
def figure(plt):
    """Return a figure of 400 x 200 px whose window is open."""
    return plt.figure(figsize=(4, 2), dpi=100)


@pytest.fixture
def window(host, figure):
    """Return the id of the window, after its first state."""
    host.welcome()
    host.show()
    return figure.canvas.followed.window_id


@pytest.fixture
def click(window):
    """Return a function that makes the message of a click at a part of the width."""

    def make(serial, x):
        return InputEvent(window, PRESS, x, 0.5, button=1, serial=serial)

    return make


@pytest.fixture
def said(host):
    """Return a function that gives what the window was told, up to an answer."""

    def read(serial):
        host.seen.clear()
        while host.receive(InputHandled)[0].serial != serial:
            pass
        kinds = InputHandled, LockCanvas, UseKeymap, WantEvents
        return [message for message in host.seen if isinstance(message, kinds)]

    return read


def quits(message):
    return isinstance(message, UseKeymap) and message.keymap["keymap.quit"]


class TestAnswers:
    def test_the_keys_of_a_text_are_told_before_the_click_is_answered(
        self, figure, window, click, deliver, said
    ):
        box = TextBox(figure.add_axes((0, 0, 0.5, 1)), "")

        deliver(figure, click(1, 0.25))

        assert box.capturekeystrokes
        keymap, answer = [m for m in said(1) if not isinstance(m, WantEvents)]
        assert not any(keymap.keymap.values())
        assert answer == InputHandled(window, 1)

    def test_no_answer_takes_the_place_of_an_earlier_one(
        self, client, figure, click, deliver, said, monkeypatch
    ):
        box = TextBox(figure.add_axes((0, 0, 0.5, 1)), "")

        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(client._conversation, "speak", lambda: None)
            deliver(figure, click(1, 0.25), click(2, 0.75))
        client.wake()

        assert not box.capturekeystrokes
        told = [m for m in said(2) if isinstance(m, InputHandled | UseKeymap)]
        assert [getattr(m, "serial", bool(quits(m))) for m in told] == [
            False,
            1,
            True,
            2,
        ]

    def test_every_event_with_a_number_is_answered(
        self, figure, window, click, deliver, said
    ):
        deliver(figure, *(click(serial, 0.5) for serial in range(1, 6)))

        answers = [m.serial for m in said(5) if isinstance(m, InputHandled)]
        assert answers == [1, 2, 3, 4, 5]

    def test_one_whose_callback_fails_is_answered(
        self, figure, click, deliver, said, capsys
    ):
        def fail(event):
            raise RuntimeError("the callback's own")

        figure.canvas.mpl_connect(PRESS, fail)

        deliver(figure, click(1, 0.5))

        assert said(1)
        assert "the callback's own" in capsys.readouterr().err

    def test_what_is_dropped_after_an_interrupt_is_answered(
        self, host, client, figure, click, eventually
    ):
        def interrupted(event):
            raise KeyboardInterrupt

        figure.canvas.mpl_connect(PRESS, interrupted)
        for serial in (1, 2, 3):
            host.send(click(serial, 0.5))
        eventually(lambda: len(figure.canvas.followed.inputs) == 3)

        with pytest.raises(KeyboardInterrupt):
            client.main_queue.run_until(lambda: False, LIMIT)

        assert host.receive(InputHandled)[0].serial == 3

    def test_a_callback_that_waits_for_keys_has_them_answered(
        self, host, figure, window, click, client
    ):
        """`ginput` in the callback of a click: the loop is inside of it."""
        figure.canvas.mpl_connect(PRESS, lambda e: figure.waitforbuttonpress(LIMIT))

        def user():
            host.send(click(1, 0.5))
            while KEY not in host.receive(WantEvents)[0].kinds:
                pass
            host.send(InputEvent(window, KEY, 0.5, 0.5, key="x", serial=2))

        thread = threading.Thread(target=user)
        thread.start()
        inputs = figure.canvas.followed.inputs
        client.main_queue.run_until(lambda: inputs.handled == 2, LIMIT)
        thread.join(LIMIT)

        assert host.receive(InputHandled)[0].serial == 2

    def test_a_new_host_gets_no_answers_to_the_old_one(
        self, host, figure, window, click, deliver
    ):
        followed = figure.canvas.followed
        deliver(figure, click(9, 0.5))
        host.receive(InputHandled)
        host.break_off()
        followed.wishes.answer(10)  # while there is no host

        host.open()
        host.welcome("host-2")
        host.seen.clear()
        deliver(figure, click(1, 0.5))

        assert host.receive(InputHandled)[0].serial == 1


class TestKeymap:
    def test_a_new_window_is_told_the_programs_own(self, host, plt):
        mpl.rcParams["keymap.quit"] = ["x"]
        plt.figure()
        host.welcome()

        assert host.receive(UseKeymap)[0].keymap["keymap.quit"] == ["x"]

    def test_a_key_taken_out_of_a_list_is_told_with_the_next_state(
        self, host, figure, window
    ):
        mpl.rcParams["keymap.save"].remove("s")
        figure.suptitle("the next state")

        assert host.receive(UseKeymap)[0].keymap["keymap.save"] == ["ctrl+s"]
        host.receive(UpdateFigure)

    def test_a_change_without_a_picture_is_told_at_the_end_of_the_cell(
        self, host, figure, window
    ):
        client = get_client()
        mpl.rcParams["keymap.quit"] = ["x"]
        client.activity._on_end()

        assert host.receive(UseKeymap)[0].keymap["keymap.quit"] == ["x"]

    def test_all_windows_are_told(self, host, plt, figure, window, click, deliver):
        other = plt.figure(2)
        host.show()
        box = TextBox(figure.add_axes((0, 0, 0.5, 1)), "")

        deliver(figure, click(1, 0.25))

        assert box.capturekeystrokes
        told = {}
        while len(told) < 2:
            message, _ = host.receive(UseKeymap)
            if not quits(message):
                told[message.window_id] = message
        assert set(told) == {window, other.canvas.followed.window_id}

    @pytest.mark.filterwarnings("ignore:Treat the new Tool classes")
    def test_a_tool_manager_that_locks_the_keys_has_taken_them(self, host, plt):
        mpl.rcParams["toolbar"] = "toolmanager"
        figure = plt.figure(figsize=(4, 2))
        box = TextBox(figure.add_axes((0, 0, 0.5, 1)), "")
        host.welcome()

        box.begin_typing()
        figure.canvas.followed.wishes.tell()

        assert KEY in figure.canvas.followed.wanted[1]
        box.stop_typing()


class TestLock:
    def test_a_selector_that_has_the_canvas_is_told(
        self, host, figure, window, click, deliver, said
    ):
        axes = figure.add_axes((0, 0, 1, 1))

        def begin(event):
            lasso = Lasso(axes, (0.5, 0.5), lambda vertices: None)
            figure.canvas.widgetlock(lasso)

        figure.canvas.mpl_connect(PRESS, begin)

        deliver(figure, click(1, 0.5))

        assert LockCanvas(window, True) in said(1)

    def test_a_tool_of_the_window_is_not_the_programs(self, figure, window):
        figure.canvas.manager.toolbar.pan()
        figure.canvas.followed.wishes.tell()

        assert figure.canvas.followed.outbox.standing(LockCanvas) is None


def test_what_another_thread_is_about_to_tell_comes_before_the_answer(
    figure, window, monkeypatch
):
    wishes = figure.canvas.followed.wishes
    order = []
    tell = wishes._tell
    monkeypatch.setattr(wishes, "_tell", lambda: order.append("told") or tell())
    monkeypatch.setattr(
        figure.canvas.followed,
        "post",
        lambda message, kind=None: order.append("answered"),
    )
    wishes._telling.acquire()
    thread = threading.Timer(0.01, wishes._telling.release)
    thread.start()

    wishes.answer(1)
    thread.join(LIMIT)

    assert order[:2] == ["told", "answered"]


class Elsewhere:
    """A callback that stands for one in another process, which does not answer."""

    @property
    def __module__(self):
        raise ConnectionError("no answer")

    def __call__(self, event):
        pass


def test_a_callback_that_does_not_tell_of_itself_can_be_connected(
    figure, window, caplog
):
    for _ in range(2):
        figure.canvas.mpl_connect(KEY, Elsewhere())

    assert caplog.text.count("cannot be asked what it is") == 1
    assert "Traceback" not in caplog.text


def test_a_click_is_answered_whatever_the_callbacks_tell_of_themselves(
    figure, click, said, deliver
):
    figure.canvas.mpl_connect(KEY, Elsewhere())

    deliver(figure, click(1, 0.5))

    assert said(1)[-1] == InputHandled(figure.canvas.followed.window_id, 1)
