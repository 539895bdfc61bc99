"""Callbacks run on the main thread, in order, and do not hurt each other."""

from __future__ import annotations

import signal
import sys
import threading
import time
import traceback
from types import SimpleNamespace

import pytest
from handhost import LIMIT

from jlab_qtwindows.kernel.input.callbacks import MainQueue
from jlab_qtwindows.kernel.process import waits


@pytest.fixture
def queue():
    return MainQueue()


@pytest.fixture
def ran():
    return []


def fail():
    raise ValueError("the callback's own")


def test_callbacks_run_in_their_order(queue, ran):
    for number in range(5):
        queue.post(lambda number=number: ran.append(number))

    queue.run_pending()

    assert ran == [0, 1, 2, 3, 4]


def test_nothing_runs_before_it_is_let(queue, ran):
    queue.post(lambda: ran.append(1))

    assert ran == []


def test_a_callback_runs_once(queue, ran):
    queue.post(lambda: ran.append(1))

    queue.run_pending()
    queue.run_pending()

    assert ran == [1]


def test_a_callback_that_posts_itself_does_not_keep_the_caller(queue, ran):
    def again():
        ran.append(1)
        queue.post(again)

    queue.post(again)
    queue.run_pending()

    assert ran == [1]


def test_a_failing_callback_is_shown_and_the_others_run(queue, ran, capsys):
    queue.post(fail)
    queue.post(lambda: ran.append(1))

    queue.run_pending()

    assert ran == [1]
    assert "the callback's own" in capsys.readouterr().err


def test_a_failing_callback_does_not_end_the_callers_pause(queue, ran):
    queue.post(fail)
    queue.post(lambda: ran.append(1))

    queue.run_until(lambda: bool(ran), LIMIT)

    assert ran == [1]


def test_an_interrupt_ends_the_pause(queue):
    def interrupt():
        raise KeyboardInterrupt

    queue.post(interrupt)

    with pytest.raises(KeyboardInterrupt):
        queue.run_until(lambda: False, LIMIT)


def test_the_pause_ends_after_its_time(queue):
    began = time.monotonic()

    queue.run_until(lambda: False, 0.02)

    assert time.monotonic() - began >= 0.015


@pytest.mark.parametrize("timeout", [None, LIMIT])
def test_where_a_wait_cannot_be_interrupted_it_is_a_short_one(
    queue, monkeypatch, timeout
):
    monkeypatch.setattr(waits, "SLICE", 0.001)
    looks = iter(range(5))

    queue.run_until(lambda: next(looks) == 4, timeout)  # returns, and nobody posts

    assert list(looks) == []


def test_a_busy_queue_does_not_stretch_the_pause(queue, ran):
    def again():
        ran.append(time.monotonic())
        queue.post(again)

    queue.post(again)
    began = time.monotonic()

    queue.run_until(lambda: False, 0.02)  # returns

    assert began < ran[-1] < began + LIMIT
    assert not queue.empty()


def test_nothing_is_run_when_it_is_finished_already(queue, ran):
    queue.post(lambda: ran.append(1))

    queue.run_until(lambda: True, None)

    assert ran == []


def test_a_post_from_another_thread_wakes_the_pause(queue, ran):
    waiting = threading.Event()

    def finished():
        waiting.set()
        return bool(ran)

    def post():
        waiting.wait(LIMIT)
        queue.post(lambda: ran.append(threading.get_ident()))

    thread = threading.Thread(target=post)
    thread.start()
    queue.run_until(finished, LIMIT)
    thread.join()

    assert ran == [threading.get_ident()]


@pytest.fixture
def idle(queue, monkeypatch):
    """Return a function that lets the kernel's own loop run what was posted to it."""
    posted = []
    shell = SimpleNamespace(
        kernel=SimpleNamespace(io_loop=SimpleNamespace(add_callback=posted.append)),
        showtraceback=traceback.print_exc,
    )
    monkeypatch.setitem(
        sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell)
    )

    def run():
        while posted:
            posted.pop(0)()

    return run


def test_an_idle_kernels_own_loop_runs_the_queue(queue, ran, idle):
    queue.post(lambda: ran.append(1))

    idle()

    assert ran == [1]


@pytest.fixture
def deaf():
    """Ignore interrupts, as ipykernel does while no cell runs."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    signal.signal(signal.SIGINT, before)


def test_the_stop_button_ends_a_callback_of_an_idle_kernel(
    queue, ran, idle, deaf, capsys
):
    def hang():
        signal.raise_signal(signal.SIGINT)
        ran.append("on and on")

    queue.post(hang)
    queue.post(lambda: ran.append("the next"))

    idle()

    assert ran == ["the next"]
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_a_callback_that_exits_does_not_end_the_idle_kernel(queue, idle, capsys):
    queue.post(sys.exit)

    idle()  # and no SystemExit comes out

    assert "SystemExit" in capsys.readouterr().err


def test_the_stop_button_does_nothing_to_a_kernel_without_callbacks(
    queue, ran, idle, deaf
):
    queue.post(lambda: ran.append(1))
    idle()

    signal.raise_signal(signal.SIGINT)

    assert ran == [1]
