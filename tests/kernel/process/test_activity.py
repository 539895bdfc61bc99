"""A program that runs a cell or a callback, or that computes in a thread, is busy."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest
from handhost import LIMIT
from IPython.core.events import EventManager, available_events

from jlab_qtwindows.kernel.input.callbacks import MainQueue
from jlab_qtwindows.kernel.process.activity import LONG_WAIT, LOOK, Activity


@pytest.fixture
def woken():
    return []


@pytest.fixture
def shell():
    """What an IPython shell has of events."""
    shell = SimpleNamespace()
    shell.events = EventManager(shell, available_events)
    return shell


@pytest.fixture
def measured():
    """Return a clock; what the whole process has used is set by the test."""
    measured = SimpleNamespace(process=0.0, thread=0.0)
    measured.monotonic = time.monotonic
    measured.process_time = lambda: measured.process
    measured.thread_time = lambda: measured.thread
    return measured


@pytest.fixture
def activity(shell, woken, measured):
    """The activity of a kernel in whose first cell we have been loaded."""
    activity = Activity(lambda: woken.append(True), clock=measured)
    activity.attach(shell)
    return activity


@pytest.fixture
def idle(activity, shell):
    shell.events.trigger("post_execute")
    return activity


def in_another_thread(function):
    thread = threading.Thread(target=function)
    thread.start()
    thread.join(LIMIT)


def test_a_script_runs_until_it_waits_for_its_windows():
    activity = Activity()
    now = time.monotonic()
    assert not activity.may_rest(now)

    with activity.waiting(None):
        assert activity.may_rest(now)
    assert not activity.may_rest(now)


def test_a_kernel_rests_from_the_end_of_the_cell_in_which_we_are_loaded(
    activity, shell, woken
):
    assert not activity.may_rest(time.monotonic())

    shell.events.trigger("post_execute")

    assert activity.may_rest(time.monotonic())
    assert woken


def test_a_kernel_that_runs_a_cell_does_not_rest(idle, shell):
    shell.events.trigger("pre_execute")
    assert not idle.may_rest(time.monotonic())

    shell.events.trigger("post_execute")
    assert idle.may_rest(time.monotonic())


def test_a_cell_of_another_thread_counts_also_while_the_main_one_waits(idle, shell):
    in_another_thread(lambda: shell.events.trigger("pre_execute"))

    with idle.waiting(None):
        assert not idle.may_rest(time.monotonic())


def test_an_empty_cell_ends_no_other_that_runs(idle, shell):
    in_another_thread(lambda: shell.events.trigger("pre_execute"))

    shell.events.trigger("post_execute")  # all that IPython tells of an empty one

    assert not idle.may_rest(time.monotonic())


def test_a_short_pause_is_no_rest(activity):
    with activity.waiting(LONG_WAIT / 2):
        assert not activity.may_rest(time.monotonic())
    with activity.waiting(2 * LONG_WAIT):
        assert activity.may_rest(time.monotonic())


@pytest.mark.parametrize("seconds", [None, 60])
def test_a_callback_that_runs_in_the_loop_is_no_rest(activity, seconds):
    queue, seen = MainQueue(activity), []

    def look():
        seen.append(activity.may_rest(time.monotonic()))

    queue.post(look)
    queue.run_until(lambda: seen, seconds)

    assert seen == [False]


def test_a_callback_in_an_idle_kernel_is_no_rest(idle):
    queue, seen = MainQueue(idle), []
    queue.post(lambda: seen.append(idle.may_rest(time.monotonic())))

    queue.run_when_idle()

    assert seen == [False]
    assert idle.may_rest(time.monotonic())


def test_rest_is_known_after_a_while(shell, eventually):
    idle = Activity()  # by the real clock
    idle.attach(shell)
    shell.events.trigger("post_execute")
    assert not idle.is_at_rest(time.monotonic())

    def look():
        time.sleep(LOOK)  # as the I/O thread does
        return idle.is_at_rest(time.monotonic())

    eventually(look)


def test_a_thread_that_computes_is_no_rest(idle, measured):
    now = time.monotonic()
    idle.is_at_rest(now)

    measured.process += LOOK / 2
    assert not idle.is_at_rest(now + 1.1 * LOOK)

    assert idle.is_at_rest(now + 2.2 * LOOK)


def test_what_we_use_ourselves_is_rest(idle, measured):
    now = time.monotonic()
    idle.is_at_rest(now)

    measured.process += LOOK
    measured.thread += LOOK

    assert idle.is_at_rest(now + 1.1 * LOOK)


def test_a_callback_that_is_over_leaves_rest_behind(idle, measured):
    now = time.monotonic()
    idle.is_at_rest(now)

    with idle.running():
        measured.process += LOOK
        measured.thread += LOOK
    measured.thread -= LOOK  # it was another thread's

    assert idle.is_at_rest(now + 1.1 * LOOK)


def test_it_hears_no_more_of_a_shell_that_is_left(activity, shell, woken):
    activity.detach()
    activity.detach()

    shell.events.trigger("post_execute")

    assert woken == []
