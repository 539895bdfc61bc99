"""A busy thread runs an action for us, at a safe point, unharmed by it."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
import time

import pytest
from handhost import LIMIT

from jlab_qtwindows.kernel.follow import safepoint
from jlab_qtwindows.kernel.follow.trap import Catch, SafePointTrap


@pytest.fixture
def trap():
    return SafePointTrap()


@pytest.fixture
def set_trap(trap, figure):
    """Return a function that sets the trap in another thread, as the I/O thread."""
    threads = []

    def start(action, timeout=LIMIT):
        results = []
        # An interrupt inside of start() would break the thread module's own locks.
        gate = _thread.allocate_lock()
        gate.acquire()

        def run():
            with gate:
                results.append(trap.set_and_wait(action, figure, timeout))

        thread = threading.Thread(target=run)
        thread.start()
        threads.append(thread)
        gate.release()
        return results

    yield start
    for thread in threads:
        thread.join(LIMIT)
        assert not thread.is_alive()


@pytest.fixture
def planted(trap, monkeypatch):
    """Return a list that tells of each guest, when nothing but the call keeps it."""
    found = []
    plant = trap._plant_guest

    def note(figure):
        found.append(plant(figure))
        return found[-1]

    monkeypatch.setattr(trap, "_plant_guest", note)
    return found


@pytest.fixture
def where():
    """Return an action that notes in which thread it runs, and if it is safe there."""

    def action():
        action.seen.append((threading.get_ident(), safepoint.all_clear()))
        return Catch.DONE

    action.seen = []
    return action


@pytest.fixture
def loop(inside_matplotlib):
    """Return a function that calls Matplotlib without a pause until a test is true."""

    def run(function):
        end = time.monotonic() + LIMIT
        while not function():
            assert time.monotonic() < end
            inside_matplotlib(lambda: sum(range(20_000)))

    return run


MAIN = threading.main_thread().ident


class TestInsideMatplotlib:
    """The call by which a thread went in is over: a safe point."""

    def test_the_action_runs_as_soon_as_the_thread_comes_out(
        self, set_trap, planted, inside_matplotlib, where, eventually
    ):
        def stay():
            set_trap(where)
            eventually(lambda: planted)
            assert where.seen == []

        inside_matplotlib(stay)

        assert where.seen == [(MAIN, True)]

    def test_a_loop_that_does_nothing_else_is_caught_each_time(
        self, set_trap, loop, where
    ):
        for count in range(1, 6):
            results = set_trap(where)
            loop(lambda results=results: results)
            assert results == [Catch.DONE]
            assert where.seen == [(MAIN, True)] * count

    def test_a_call_that_raises_is_over_too(
        self, set_trap, trap, inside_matplotlib, where, eventually
    ):
        def stay():
            set_trap(where)
            eventually(lambda: trap._set)
            raise ValueError("the user's")

        with pytest.raises(ValueError, match="the user's") as caught:
            inside_matplotlib(stay)
        # The traceback keeps the call's variables until it is thrown away.
        caught = None  # noqa: F841

        eventually(lambda: where.seen)
        assert where.seen == [(MAIN, True)]

    def test_it_may_be_another_thread_than_the_main_one(
        self, set_trap, planted, blocked_inside, where, eventually
    ):
        leave = blocked_inside()
        results = set_trap(where)
        eventually(lambda: planted)

        leave()

        eventually(lambda: results)
        assert len(where.seen) == 1
        assert where.seen[0][0] != MAIN

    def test_a_call_that_ends_while_the_guest_comes_does_not_use_up_the_trap(
        self, set_trap, where, inside_matplotlib, eventually, monkeypatch
    ):
        looked, gone = threading.Event(), threading.Event()
        look = safepoint.busy_frames

        def look_slowly(figure):
            frames = look(figure)
            looked.set()
            assert gone.wait(LIMIT)
            return frames

        def stay():
            monkeypatch.setattr(safepoint, "busy_frames", look_slowly)
            results.append(set_trap(where))
            assert looked.wait(LIMIT)

        results = []
        inside_matplotlib(stay)
        gone.set()

        eventually(lambda: results[0])
        assert results == [[Catch.DONE]]
        assert where.seen == [(MAIN, True)]

    def test_the_wait_for_a_thread_that_stays_inside_ends(
        self, set_trap, inside_matplotlib, where, eventually
    ):
        def stay():
            results = set_trap(where, timeout=0.01)
            eventually(lambda: results)
            assert results == [Catch.NOT_YET]

        inside_matplotlib(stay)

        assert where.seen == [(MAIN, True)]  # late, but run

    def test_nothing_is_done_while_another_thread_is_inside(
        self, set_trap, trap, blocked_inside, inside_matplotlib, where, eventually
    ):
        leave = blocked_inside()
        other = blocked_inside()
        results = set_trap(where)
        eventually(lambda: trap._set)

        inside_matplotlib(lambda: None)
        assert where.seen == []
        leave()
        other()

        eventually(lambda: results)
        if results == [
            Catch.IN_VAIN
        ]:  # the one came out while the other was still inside
            again = set_trap(where)
            eventually(lambda: again)
        assert [safe for _, safe in where.seen] == [True]


class TestOutsideMatplotlib:
    """The main thread is asked between two bytecodes."""

    def test_the_action_runs_on_the_main_thread(self, set_trap, where, eventually):
        results = set_trap(where)

        eventually(lambda: results)

        assert results == [Catch.DONE]
        assert where.seen == [(MAIN, True)]

    def test_a_thread_that_has_gone_in_when_it_is_asked_runs_it_on_coming_out(
        self, set_trap, where, inside_matplotlib, eventually, monkeypatch
    ):
        asked = []

        def stay():
            # As it was before.
            monkeypatch.setattr(safepoint, "busy_frames", lambda figure: {})
            results.append(set_trap(where))
            eventually(lambda: asked)
            assert results == [[]]
            assert where.seen == []

        plant_here = SafePointTrap.plant_here
        monkeypatch.setattr(
            SafePointTrap,
            "plant_here",
            lambda trap: asked.append(plant_here(trap)) or asked[-1],
        )
        results = []
        inside_matplotlib(stay)

        assert where.seen == [(MAIN, True)]
        eventually(lambda: results[0])
        assert results == [[Catch.DONE]]

    def test_a_thread_that_takes_its_time_is_waited_for(
        self, set_trap, trap, eventually
    ):
        def work():
            eventually(lambda: trap._running)
            eventually(lambda: waiting)  # its time is over by now
            return Catch.DONE

        waiting = []
        wait = trap._wait_for_running
        trap._wait_for_running = lambda over: waiting.append(over) or wait(over)
        results = set_trap(work, timeout=0.5)

        eventually(lambda: results)

        assert results == [Catch.DONE]

    def test_the_answer_is_what_the_action_says(self, set_trap, eventually):
        results = set_trap(lambda: Catch.IN_VAIN)

        eventually(lambda: results)

        assert results == [Catch.IN_VAIN]


def test_an_action_runs_once(set_trap, loop, where, inside_matplotlib):
    results = set_trap(where)
    loop(lambda: results)

    for _ in range(10):
        inside_matplotlib(lambda: None)

    assert len(where.seen) == 1


def test_the_users_code_is_never_traced(set_trap, loop):
    before, seen = sys.gettrace(), []
    results = set_trap(lambda: seen.append(sys.gettrace()) or Catch.DONE)

    loop(lambda: results)

    assert seen == [before]
    assert sys.gettrace() is before


def test_an_error_of_the_action_stays_out_of_the_users_code(set_trap, loop, caplog):
    def fail():
        raise ValueError("ours")

    results = set_trap(fail)
    loop(lambda: results)

    errors = [record for record in caplog.records if record.levelname == "ERROR"]
    assert len(errors) == 1
    assert "ours" in errors[0].message
    assert errors[0].exc_info is None
    assert results == [Catch.IN_VAIN]


@pytest.fixture
def busy(request, loop, eventually):
    """Return a function that keeps the main thread inside or outside of Matplotlib."""
    return loop if request.param == "inside" else eventually


@pytest.mark.parametrize("busy", ["inside", "outside"], indirect=True)
class TestInterrupt:
    """The user's Ctrl-C reaches the user's code, also in the middle of our work."""

    @pytest.fixture(autouse=True)
    def default_handler(self):
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        yield
        signal.signal(signal.SIGINT, before)

    def test_it_is_not_lost(self, set_trap, busy):
        def interrupted():
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):  # noqa: PT012
            set_trap(interrupted)
            busy(lambda: False)

    def test_a_real_signal_during_the_action_arrives(self, set_trap, busy):
        with pytest.raises(KeyboardInterrupt):  # noqa: PT012
            set_trap(lambda: _thread.interrupt_main() or Catch.NOT_YET)
            busy(lambda: False)
