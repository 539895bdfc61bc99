"""The host ends when its parent does."""

from __future__ import annotations

import subprocess
import sys

import pytest
from peer import LIMIT

PROGRAM = """
import sys, threading
from jlab_qtwindows.host.process import lifeline
lifeline._GRACE = {grace}
ended = threading.Event()
lifeline.watch_lifeline(ended.set)
print("ready", flush=True)
{then}
"""

LEAVES = "ended.wait(); print('left by itself', flush=True)"
IS_BUSY = "threading.Event().wait()"


@pytest.fixture
def start(tmp_path):
    """Return a function that starts a process on a life-line."""
    processes = []

    def run(then, grace=0.2):
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM.format(grace=grace, then=then)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
        )
        processes.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield run
    for process in processes:
        process.kill()
        process.wait(LIMIT)
        process.stdin.close()
        process.stdout.close()


def test_the_end_of_input_is_reported(start):
    process = start(LEAVES, grace=LIMIT)

    process.stdin.close()

    assert process.stdout.readline() == "left by itself\n"
    assert process.wait(LIMIT) == 0


def test_a_process_that_is_busy_is_ended(start):
    process = start(IS_BUSY)

    process.stdin.close()

    assert process.wait(LIMIT) == 0


def test_what_is_written_to_the_life_line_is_no_end(start):
    process = start(LEAVES, grace=LIMIT)

    process.stdin.write("x" * 10_000)
    process.stdin.flush()
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.2)

    process.stdin.close()
    assert process.wait(LIMIT) == 0
