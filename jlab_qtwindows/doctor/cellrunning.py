"""Look for the faults of cell running: kernels that run a GUI event loop.

Two are known. A request that arrives close behind another is not executed until yet
another message comes (ipykernel 7.1 to 7.4); the cell after an error is aborted, though
it was started later (ipykernel up to 6.29.2, its issue 1202). Both are provoked here, a
few times, with and without the guard of this package. In a thread of the doctor's pool.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.environment.display import display_answers, wayland_answers

from .kernelsession import (
    STUCK,
    KernelEnded,
    KernelFailed,
    KernelSession,
    started_kernel,
)
from .line import OWN_FAULT, Line, fault, ok, warning
from .surroundings import for_kernels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .environments import Environment
    from .kernelspecs import Kernel

__all__ = ["Counts", "check_cell_running", "provoke"]

ROUNDS = 8
_LIMIT = 60.0  # s, after which no further round is begun
BURST = 8  # cells that are sent without waiting, as Run All does
_SILENCE = 2.0  # s without any reply, after which a cell that does nothing is stuck
# A user sees the error before they run the next cell. Sent at once it may still count
# as queued behind the error, and is rightly aborted.
_SEEN = 0.25  # s

_GUARD = """
import jlab_qtwindows as _qtw
_qtw_state = _qtw.guard()
if not _qtw_state.on:
    raise RuntimeError(_qtw_state.note)
del _qtw, _qtw_state
"""
# Asked in the cell of the magic: %gui prints its errors and is well itself.
_LOOP_RUNS = """
if get_ipython().kernel.eventloop is None:
    raise RuntimeError("no GUI loop is begun")
"""
_NO_GUARD = ("ModuleNotFoundError", "ImportError", "AttributeError")
_NOT_ON = "RuntimeError: "  # the guard's own words follow
_REMEDY = "%matplotlib qtwindows, or qtw.guard() in a cell"
_WITHOUT_LOOP = f"%matplotlib qtwindows, which needs no guard; or {OWN_FAULT}"


@dataclass(frozen=True)
class Counts:
    """What became of the cells."""

    cells: int
    stuck: int
    errors: int
    aborted: int  # of the cells that were run after an error
    failure: str = ""  # why there were no more of them

    @property
    def clean(self) -> bool:
        """Whether every cell was run that should be."""
        return not self.stuck and not self.aborted and not self.failure

    def __str__(self) -> str:
        if self.clean:
            return f"all of {self.cells} cells run"
        words = [f"{self.stuck} of {self.cells} cells stuck"]
        if self.errors:
            words.append(f"{self.aborted} of {self.errors} aborted after an error")
        if self.failure:
            words.append(f"then {self.failure}")
        return ", ".join(words)


def check_cell_running(kernel: Kernel) -> Iterator[Line]:
    """Provoke the faults in a fresh kernel, and in another one with the guard."""
    there = kernel.environment
    if there is None or not (there.qt or there.tk):
        yield ok(kernel.subject, "no Qt and no Tk there: no GUI loop, no faults of it")
        return
    variables = {**for_kernels(kernel.variables), **kernel.variables}
    magic = _magic(there, variables)
    if not magic:
        yield warning(
            kernel.subject,
            "cells with a GUI loop: not tried: no display",
            "run the doctor in a desktop session, or install Qt there",
        )
        return
    try:
        with started_kernel(kernel) as session:
            status, error = session.run(magic + _LOOP_RUNS)
            if status != "ok":
                yield warning(
                    kernel.subject,
                    f"cells with a GUI loop: not tried: {magic} fails: {error}",
                    f"see what {magic} says in a notebook; or use %matplotlib "
                    "qtwindows, which runs no GUI loop in the kernel",
                )
                return
            bare = provoke(session)
    except KernelFailed as error:
        yield fault(
            kernel.subject,
            f"does not survive {magic}: {error}",
            _remedy_of_death(there),
        )
        return
    try:
        guarded = _with_guard(kernel, magic)
    except KernelFailed as error:
        words = f"does not survive the guard: {error}"
        yield fault(kernel.subject, words, _WITHOUT_LOOP)
        return
    yield _judge(kernel.subject, magic, bare, guarded)


def provoke(session: KernelSession, rounds: int = ROUNDS) -> Counts:
    """Run cells as a user does, and count those that should have been run.

    Ends with the first round in which some were not.

    Raises
    ------
    KernelEnded
        The kernel has ended, which is none of the two faults.
    """
    deadline = time.monotonic() + _LIMIT
    counts = Counts(0, 0, 0, 0)
    try:
        for _ in range(rounds):
            counts = _one_round(session, counts)
            # Waiting for cells that are stuck takes long, and one round is proof.
            if not counts.clean or time.monotonic() > deadline:
                break
    except KernelEnded:
        raise
    except KernelFailed as error:
        return replace(counts, failure=str(error))
    return counts


def _one_round(session: KernelSession, before: Counts) -> Counts:
    burst = [session.send(f"_ = {i}") for i in range(BURST)]
    statuses = session.statuses(burst, _SILENCE)
    # An error in the middle of a Run All: what is queued behind it is aborted.
    failing = [session.send(code) for code in ("_ = 0", "1 / 0", "_ = 1")]
    statuses += session.statuses(failing, _SILENCE)
    errors = int("error" in statuses)
    time.sleep(_SEEN)
    after = session.statuses([session.send("_ = 2")], _SILENCE)
    statuses += after
    return Counts(
        before.cells + len(statuses),
        before.stuck + statuses.count(STUCK),
        before.errors + errors,
        before.aborted + int(bool(errors) and after == ["aborted"]),
    )


def _magic(there: Environment, variables: Mapping[str, str]) -> str:
    """Return what starts a GUI loop there; "" where that takes a display."""
    display = variables.get("DISPLAY", "")
    x11 = not sys.platform.startswith("linux") or (
        bool(display) and display_answers(display)
    )
    if not there.qt:
        return "%gui tk" if x11 else ""
    # Where Matplotlib sees no display it refuses Qt, whose loop runs all the same.
    shown = x11 or wayland_answers(variables)
    return "%matplotlib qt" if shown and "Matplotlib" in there.packages else "%gui qt"


def _remedy_of_death(there: Environment) -> str:
    """Say how to hear why; ipykernel takes what Qt prints with it."""
    remedy = "use %matplotlib qtwindows, which needs no GUI toolkit in the kernel"
    if not there.qt or "Matplotlib" not in there.packages:
        return remedy
    return (
        f"in a terminal: MPLBACKEND=qtagg QT_DEBUG_PLUGINS=1 {there.interpreter} -c "
        "'import matplotlib.pyplot as p; p.figure()' tells what its Qt lacks; or "
        f"{remedy}"
    )


def _with_guard(kernel: Kernel, magic: str) -> Counts | str:
    """Return the counts, or in words why there are none."""
    if kernel.environment is None or not kernel.environment.ours:
        return "guard not installed there"
    with started_kernel(kernel) as session:
        # Before the loop, which may lose the request that comes close behind its own.
        status, error = session.run(_GUARD)
        if error.startswith(_NO_GUARD):
            return "the jlab-qtwindows there has no guard"
        if error.startswith(_NOT_ON):
            return error.removeprefix(_NOT_ON)
        if status != "ok":
            return f"the guard fails: {error}"
        status, error = session.run(magic + _LOOP_RUNS)
        if status != "ok":
            raise KernelFailed(f"{magic} fails with it: {error}")
        return provoke(session)


def _judge(subject: str, magic: str, bare: Counts, guarded: Counts | str) -> Line:
    finding = f"{magic}: {bare}"
    if isinstance(guarded, str):
        if bare.clean:
            return ok(subject, finding)
        return warning(
            subject,
            f"{finding}; {guarded}",
            "%matplotlib qtwindows; the cell-run guard in JupyterLab helps meanwhile",
        )
    if not guarded.clean:
        return fault(
            subject,
            f"{finding}; with the guard: {guarded}",
            _WITHOUT_LOOP,
        )
    if bare.clean:
        return ok(subject, finding)
    return warning(subject, f"{finding}; with the guard: {guarded}", _REMEDY)
