"""Timers run on the main thread, whenever it is free."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from types import SimpleNamespace

import pytest
from handhost import LIMIT
from matplotlib.animation import FuncAnimation

from jlab_qtwindows.kernel.input.alarms import Alarms
from jlab_qtwindows.kernel.mpl import timers


class Rung:
    """Counts its alarms."""

    def __init__(self):
        self.count = 0

    def on_alarm(self):
        self.count += 1


class TestAlarms:
    @pytest.fixture
    def woken(self):
        return []

    @pytest.fixture
    def alarms(self, woken):
        return Alarms(lambda: woken.append(1))

    def test_without_timers_nobody_looks_again(self, alarms):
        assert alarms.ring(1000.0) is None

    def test_a_timer_is_rung_once_when_it_is_due(self, alarms, woken):
        timer = Rung()
        alarms.set(timer, 1001.0)
        assert woken == [1]

        assert alarms.ring(1000.0) == 1.0
        assert timer.count == 0
        assert alarms.ring(1001.0) is None
        assert timer.count == 1

    def test_a_new_time_replaces_the_old_one(self, alarms):
        timer = Rung()
        alarms.set(timer, 1001.0)
        alarms.set(timer, 1002.0)

        assert alarms.ring(1001.5) == 0.5
        assert timer.count == 0

    def test_a_cancelled_timer_is_not_rung(self, alarms):
        timer = Rung()
        alarms.set(timer, 1001.0)
        alarms.cancel(timer)

        assert alarms.ring(1002.0) is None
        assert timer.count == 0

    def test_a_timer_that_nobody_holds_is_forgotten(self, alarms):
        alarms.set(Rung(), 1001.0)
        gc.collect()

        assert alarms.ring(1002.0) is None


@pytest.fixture
def canvas(pyplot):
    return pyplot.figure().canvas


@pytest.fixture
def run_until(client):
    """Return a function that is the free main thread until something is true."""

    def run(condition):
        client.main_queue.run_until(condition, LIMIT)
        assert condition()

    return run


def run_until_posted(client):
    """Wait until a call waits for the main thread."""
    end = time.monotonic() + LIMIT
    while not client.main_queue._queue.qsize():
        assert time.monotonic() < end
        time.sleep(0.001)


class TestTimer:
    def test_it_calls_again_and_again_on_the_main_thread(self, canvas, run_until):
        threads = []
        timer = canvas.new_timer(1)
        timer.add_callback(lambda: threads.append(threading.current_thread()))

        timer.start()
        run_until(lambda: len(threads) >= 3)

        assert set(threads) == {threading.main_thread()}

    def test_a_single_shot_calls_once(self, canvas, client, run_until):
        calls = []
        timer = canvas.new_timer(1, [(calls.append, (1,), {})])
        timer.single_shot = True

        timer.start()
        run_until(lambda: calls)
        client.main_queue.run_until(lambda: False, 0.1)

        assert calls == [1]

    def test_after_stop_nothing_is_called_though_it_was_due(
        self, canvas, client, eventually
    ):
        calls = []
        timer = canvas.new_timer(1, [(calls.append, (1,), {})])

        timer.start()
        eventually(lambda: client.main_queue._queue.qsize())
        timer.stop()
        client.main_queue.run_until(lambda: False, 0.1)

        assert calls == []

    def test_what_was_missed_is_made_up_for_by_one_call(
        self, canvas, client, eventually
    ):
        calls = []
        timer = canvas.new_timer(1, [(calls.append, (1,), {})])

        timer.start()
        eventually(lambda: client.main_queue._queue.qsize())
        threading.Event().wait(0.05)  # a busy main thread
        canvas.flush_events()

        assert calls == [1]

    def test_an_error_is_shown_and_the_timer_goes_on(self, canvas, run_until, capsys):
        calls = []

        def fail_first():
            calls.append(1)
            if len(calls) == 1:
                raise RuntimeError("the timer's own")

        timer = canvas.new_timer(1)
        timer.add_callback(fail_first)

        timer.start()
        run_until(lambda: len(calls) >= 2)

        assert "the timer's own" in capsys.readouterr().err

    def test_a_callback_that_sets_the_interval_is_called_at_that_rate(
        self, canvas, monkeypatch
    ):
        clock = SimpleNamespace(now=1000.0)
        clock.monotonic = lambda: clock.now
        monkeypatch.setattr(timers, "time", clock)
        timer = canvas.new_timer(20)
        # As animations do in each of their steps.
        timer.add_callback(lambda: setattr(timer, "interval", 50))
        timer.start()

        clock.now = timer._next
        timer._fire()

        assert timer._next == pytest.approx(1000.020 + 0.050)
        timer.stop()

    def test_a_start_anew_takes_back_the_call_that_waits(self, canvas, client):
        calls = []
        timer = canvas.new_timer(1, [(calls.append, (1,), {})])
        timer.single_shot = True

        timer.start()
        run_until_posted(client)
        timer.interval = 3_600_000
        timer.start()
        client.main_queue.run_pending()

        assert calls == []

    def test_of_a_timer_one_call_waits_however_often_it_was_started(
        self, canvas, client
    ):
        timer = canvas.new_timer(1, [(print, (), {})])
        timer.start()
        run_until_posted(client)

        for _ in range(50):
            timer.start()
            timer.on_alarm()  # the I/O thread's part, at once

        assert client.main_queue._queue.qsize() == 1
        timer.stop()

    def test_a_callback_may_start_a_single_shot_anew(self, canvas, run_until):
        calls = []
        timer = canvas.new_timer(1)
        timer.single_shot = True

        def again():
            calls.append(1)
            timer.start()

        timer.add_callback(again)
        timer.start()

        run_until(lambda: len(calls) >= 3)
        timer.stop()

    def test_garbage_collected_while_alarms_are_set_blocks_nobody(
        self, canvas, client, monkeypatch
    ):
        timer = canvas.new_timer(3_600_000)
        dropped = [canvas.new_timer(3_600_000)]
        dropped[0].start()

        class Collecting(dict):
            def __setitem__(self, key, value):
                dropped.clear()  # its __del__ runs here, inside the lock
                super().__setitem__(key, value)

        monkeypatch.setattr(client.alarms, "_due", Collecting(client.alarms._due))
        started = threading.Thread(target=timer.start, daemon=True)
        started.start()
        started.join(LIMIT)

        assert not started.is_alive()
        timer.stop()

    def test_the_stop_button_stops_the_timer_whose_callback_it_interrupts(
        self, canvas, client, run_until
    ):
        calls, others = [], []

        def interrupted():
            calls.append(1)
            raise KeyboardInterrupt

        timer = canvas.new_timer(1, [(interrupted, (), {})])
        other = canvas.new_timer(1, [(others.append, (1,), {})])

        timer.start()
        with pytest.raises(KeyboardInterrupt):
            client.main_queue.run_until(lambda: False, LIMIT)
        other.start()
        run_until(lambda: len(others) >= 20)
        assert calls == [1]

        timer.start()  # which takes it up again
        with pytest.raises(KeyboardInterrupt):
            client.main_queue.run_until(lambda: False, LIMIT)
        assert calls == [1, 1]

    def test_a_new_interval_holds_for_a_timer_that_runs(self, canvas, run_until):
        calls = []
        timer = canvas.new_timer(3_600_000, [(calls.append, (1,), {})])

        timer.start()
        timer.interval = 1
        run_until(lambda: calls)

    def test_a_timer_that_the_program_drops_ends(self, canvas, client, eventually):
        timer = canvas.new_timer(1, [(print, (), {})])
        timer.start()
        gone = weakref.ref(timer)

        del timer
        gc.collect()

        assert gone() is None
        eventually(lambda: not client.alarms._due)


@pytest.mark.parametrize("blit", [False, True])
def test_an_animation_runs_by_itself_once_it_has_a_window(
    host, client, pyplot, run_until, blit
):
    pyplot.ion()
    figure, axes = pyplot.subplots()
    (line,) = axes.plot([1, 2])
    frames = []

    def draw(number):
        frames.append(number)
        line.set_ydata([1, number])
        return (line,)

    animation = FuncAnimation(
        figure, draw, frames=4, interval=1, blit=blit, repeat=False
    )
    host.welcome()
    run_until(lambda: frames[-1:] == [3])

    assert host.show()
    animation.pause()
