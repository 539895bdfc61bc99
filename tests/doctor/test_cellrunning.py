"""What the counts of cells mean, and what real kernels without a GUI loop give."""

from __future__ import annotations

import sys

import pytest

from jlab_qtwindows.doctor.cellrunning import Counts, _judge, provoke
from jlab_qtwindows.doctor.kernelsession import KernelFailed, started_kernel
from jlab_qtwindows.doctor.kernelspecs import Kernel

CLEAN = Counts(12, 0, 1, 0)
STUCK = Counts(12, 3, 1, 0)
ABORTED = Counts(12, 0, 1, 1)
DEAD = Counts(12, 0, 1, 0, "the kernel answers nothing any more")


@pytest.mark.parametrize(
    ("bare", "guarded", "level", "words"),
    [
        (CLEAN, CLEAN, "ok", "all of 12 cells run"),
        (CLEAN, "guard not installed there", "ok", "all of 12 cells run"),
        (STUCK, CLEAN, "warning", "with the guard: all of 12 cells run"),
        (ABORTED, CLEAN, "warning", "1 of 1 aborted after an error"),
        (STUCK, "guard not installed there", "warning", "guard not installed there"),
        (DEAD, CLEAN, "warning", "then the kernel answers nothing any more"),
        (STUCK, STUCK, "fault", "with the guard: 3 of 12 cells stuck"),
        (CLEAN, ABORTED, "fault", "with the guard: 0 of 12 cells stuck, 1 of 1"),
        (DEAD, DEAD, "fault", "nothing any more"),
    ],
)
def test_only_what_the_guard_does_not_heal_is_a_fault(bare, guarded, level, words):
    line = _judge("kernel k", "%matplotlib qt", bare, guarded)

    assert line.level == level
    assert words in line.finding
    assert bool(line.remedy) == (level != "ok")


@pytest.fixture
def kernels(variables, monkeypatch):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


@pytest.mark.e2e
def test_a_kernel_without_a_loop_runs_every_cell(kernels):
    with started_kernel(Kernel("python3", None)) as session:
        counts = provoke(session, rounds=2)

    assert counts == Counts(cells=24, stuck=0, errors=2, aborted=0)


@pytest.mark.e2e
def test_a_kernel_that_stays_busy_is_not_waited_for(kernels):
    with started_kernel(Kernel("python3", None)) as session:
        busy = session.send("import time; time.sleep(600)")

        with pytest.raises(KernelFailed, match="answers nothing any more"):
            session.statuses([busy], silence=0.3)


@pytest.mark.e2e
def test_a_kernel_that_aborts_is_told_with_its_last_words(kernels):
    with (
        started_kernel(Kernel("python3", None)) as session,
        pytest.raises(KernelFailed, match="has ended: last words"),
    ):
        session.run("import os\nos.write(2, b'last words\\n'); os.abort()")


@pytest.mark.e2e
def test_a_kernel_that_does_not_start_is_told_with_its_last_words(kernels, add_kernel):
    add_kernel("broken", sys.executable, "-c", "raise SystemExit('no kernel here')")

    with (
        pytest.raises(KernelFailed, match="no kernel here"),
        started_kernel(Kernel("broken", None)),
    ):
        pass
