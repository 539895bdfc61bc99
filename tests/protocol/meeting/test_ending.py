"""A process that was started is ended, whatever it does about it."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from jlab_qtwindows.protocol.meeting.ending import end_process

READS = "import sys; print('ready', flush=True); sys.stdin.read(); sys.exit(7)"
WAITS = "import threading; print('ready', flush=True); threading.Event().wait()"
STAYS = (
    "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print('ready', flush=True); signal.pause()"
)


@pytest.fixture
def running():
    """Start Python code that says when it is ready."""
    processes = []

    def start(code, stdin):
        process = subprocess.Popen(
            [sys.executable, "-c", code], stdin=stdin, stdout=subprocess.PIPE
        )
        processes.append(process)
        assert process.stdout.readline().strip() == b"ready"
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait()
        process.stdout.close()


def test_one_that_reads_its_input_leaves_by_itself(running):
    process = running(READS, subprocess.PIPE)

    end_process(process, 30)

    assert process.returncode == 7


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_one_without_input_of_ours_gets_a_signal(running):
    process = running(WAITS, subprocess.DEVNULL)

    end_process(process, 30)

    assert process.returncode == -signal.SIGTERM


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
@pytest.mark.parametrize(
    ("code", "stdin"), [(STAYS, subprocess.DEVNULL), (WAITS, subprocess.PIPE)]
)
def test_one_that_stays_is_ended_by_force(running, code, stdin):
    process = running(code, stdin)

    end_process(process, 0.1)
    process.wait(30)

    assert process.returncode == -signal.SIGKILL


def test_one_that_has_ended_keeps_its_exit_code(running):
    process = running(READS, subprocess.PIPE)
    process.stdin.close()
    process.wait()

    end_process(process, 30)

    assert process.returncode == 7
