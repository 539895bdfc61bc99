"""A program that waits in its canvas runs what the window reports."""

from __future__ import annotations

import threading

import pytest
from handhost import LIMIT


def test_a_loop_runs_callbacks_until_its_time_is_over(canvas, client):
    ran = []
    client.main_queue.post(lambda: ran.append(1))

    canvas.start_event_loop(0.02)

    assert ran == [1]
    assert not canvas._loops


def test_another_thread_can_end_a_loop(canvas, eventually):
    def stop():
        eventually(lambda: canvas._loops)
        canvas.stop_event_loop()

    thread = threading.Thread(target=stop)
    thread.start()

    canvas.start_event_loop(0)  # returns

    thread.join(LIMIT)
    assert not thread.is_alive()
    assert not canvas._loops


def test_a_loop_that_has_just_ended_by_itself_can_be_stopped(canvas, client):
    """As by a thread that has seen it run."""
    canvas.start_event_loop(0.01)

    canvas.stop_event_loop()

    assert not canvas._loops
    canvas.start_event_loop(0.01)  # and no later one is stopped in its place
    assert client.main_queue.empty()


def test_flush_events_runs_what_waits(canvas, client):
    ran = []
    client.main_queue.post(lambda: ran.append(1))

    canvas.flush_events()

    assert ran == [1]


def test_a_loop_within_a_loop_ends_alone(canvas, client):
    ended = []

    def inner():
        canvas.start_event_loop(0.01)
        ended.append(len(canvas._loops))
        client.main_queue.post(canvas.stop_event_loop)

    client.main_queue.post(inner)
    canvas.start_event_loop(LIMIT)

    assert ended == [1]  # the outer one went on


def test_closing_the_figure_ends_all_loops(pyplot, figure, canvas, client):
    ended = []

    def inner():
        client.main_queue.post(lambda: pyplot.close(figure))
        canvas.start_event_loop(LIMIT)
        ended.append("inner")

    client.main_queue.post(inner)
    canvas.start_event_loop(LIMIT)

    assert ended == ["inner"]
    assert not canvas._loops


def test_a_worker_thread_waits_and_runs_no_callback(canvas, client):
    ran = []
    client.main_queue.post(lambda: ran.append(threading.current_thread()))

    def work():
        canvas.flush_events()
        canvas.start_event_loop(0.02)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(LIMIT)
    assert ran == []

    canvas.flush_events()
    assert ran == [threading.main_thread()]


def test_an_interrupt_leaves_no_loop_behind(canvas, client):
    def interrupt():
        raise KeyboardInterrupt

    client.main_queue.post(interrupt)

    with pytest.raises(KeyboardInterrupt):
        canvas.start_event_loop(LIMIT)

    assert not canvas._loops


def test_closing_ends_a_wait_in_the_event_loop(pyplot, figure, client):
    client.main_queue.post(lambda: pyplot.close(figure))

    figure.canvas.start_event_loop(LIMIT)

    assert not pyplot.fignum_exists(1)
