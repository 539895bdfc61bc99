"""Callbacks run on the main thread, in order, and do not hurt each other."""

from __future__ import annotations

import sys
import threading
import time
from types import SimpleNamespace

import pytest
from handhost import LIMIT

from jlab_qtwindows.kernel.callbacks import MainQueue


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


def test_a_busy_queue_does_not_stretch_the_pause(queue):
    def again():
        queue.post(again)

    queue.post(again)

    queue.run_until(lambda: False, 0.02)  # returns


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


def test_an_idle_kernels_own_loop_runs_the_queue(queue, ran, monkeypatch):
    called = []
    loop = SimpleNamespace(add_callback=called.append)
    shell = SimpleNamespace(kernel=SimpleNamespace(io_loop=loop))
    monkeypatch.setitem(
        sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell)
    )

    queue.post(lambda: ran.append(1))
    (run,) = called
    run()

    assert ran == [1]
