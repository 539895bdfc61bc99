"""What is set for a snapshot is put back, and never over what the program has set."""

from __future__ import annotations

import gc
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from forks import in_child
from handhost import LIMIT
from jupyter_core.utils import _TaskRunner

from jlab_qtwindows.kernel.process.interpreter import (
    keep_interpreter,
    put_off_collections,
)


@pytest.fixture(autouse=True)
def settings():
    """Put the interpreter's settings back after each test."""
    thresholds, interval = gc.get_threshold(), sys.getswitchinterval()
    yield
    gc.enable()
    gc.set_threshold(*thresholds)
    sys.setswitchinterval(interval)


@pytest.fixture
def as_in_a_new_process(monkeypatch):
    """Hide the threads that other tests have left, such as that of a browser."""
    frames_of_all = sys._current_frames
    others = set(frames_of_all()) - {threading.get_ident()}
    monkeypatch.setattr(
        sys,
        "_current_frames",
        lambda: {k: v for k, v in frames_of_all().items() if k not in others},
    )


@pytest.fixture
def another_thread():
    """Start a thread of the program that runs until the test is over."""
    started, over = threading.Event(), threading.Event()

    def wait():
        started.set()
        over.wait(LIMIT)

    thread = threading.Thread(target=wait)
    thread.start()
    assert started.wait(LIMIT)
    yield
    over.set()
    thread.join(LIMIT)


def collections_so_far():
    # Of any generation: which one's turn it is depends on what has run before.
    return sum(generation["collections"] for generation in gc.get_stats())


class TestInterpreter:
    def test_it_is_kept_for_a_snapshot_and_no_loss_of_it_stalls_us_for_long(
        self, as_in_a_new_process
    ):
        before = sys.getswitchinterval()

        with keep_interpreter():
            assert 0.02 <= sys.getswitchinterval() <= 0.1

        assert sys.getswitchinterval() == pytest.approx(before)

    def test_an_error_gives_the_interpreter_back(self):
        before = sys.getswitchinterval()

        with pytest.raises(ValueError, match="inside"), keep_interpreter():
            raise ValueError("inside")

        assert sys.getswitchinterval() == pytest.approx(before)

    def test_no_other_thread_of_the_program_waits_for_it(self, another_thread):
        before = sys.getswitchinterval()

        with keep_interpreter():
            assert sys.getswitchinterval() == before

    def test_the_client_and_a_worker_without_work_are_no_such_threads(
        self, as_in_a_new_process, client
    ):
        with ThreadPoolExecutor(1) as pool:
            pool.submit(int).result(LIMIT)

            with keep_interpreter():
                assert sys.getswitchinterval() >= 0.02

    def test_the_loop_of_a_client_used_without_await_is_no_such_thread(
        self, as_in_a_new_process
    ):
        async def answer():
            return 1

        runner = _TaskRunner()
        try:
            assert runner.run(answer()) == 1
            with keep_interpreter():
                assert sys.getswitchinterval() >= 0.02
        finally:
            runner._close()

    def test_what_the_program_sets_meanwhile_stays(self):
        with keep_interpreter():
            sys.setswitchinterval(0.001)

        assert sys.getswitchinterval() == pytest.approx(0.001)


class TestCollections:
    def test_none_begins_inside_the_block_and_one_may_after_it(self):
        before = gc.get_threshold()

        with put_off_collections():
            collections = collections_so_far()
            kept = [[] for _ in range(2 * before[0] + 10)]
            assert collections_so_far() == collections

        kept += [[] for _ in range(10)]
        assert collections_so_far() > collections
        assert gc.get_threshold() == before

    def test_a_program_that_switches_it_off_meanwhile_is_obeyed(self):
        with put_off_collections():
            gc.disable()

        assert not gc.isenabled()

    def test_a_program_that_has_switched_it_off_keeps_it_off(self):
        gc.disable()

        with put_off_collections():
            pass

        assert not gc.isenabled()

    def test_thresholds_that_the_program_sets_meanwhile_stay(self):
        with put_off_collections():
            gc.set_threshold(5_000, 20, 20)
            wanted = gc.get_threshold()

        assert gc.get_threshold() == wanted

    def test_two_threads_that_put_off_together_lose_no_setting(self):
        before = gc.get_threshold()
        first, second = put_off_collections(), put_off_collections()

        first.__enter__()
        second.__enter__()
        first.__exit__(None, None, None)
        second.__exit__(None, None, None)

        assert gc.get_threshold() == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
def test_a_child_forked_meanwhile_has_the_programs_own_settings():
    before = gc.get_threshold(), sys.getswitchinterval()

    with keep_interpreter(), put_off_collections():
        text = in_child(lambda: (gc.get_threshold(), sys.getswitchinterval()))

    assert text == repr(before)
