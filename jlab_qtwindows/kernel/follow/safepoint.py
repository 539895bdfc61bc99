"""Safe points: moments at which no thread is inside Matplotlib, at this figure.

A figure pickled while `ax.plot` is half done is a torn figure. Whoever takes a snapshot
looks at all stacks before and after it; a figure that keeps losing is taken in the
thread that changes it (see trap.py). A thread that saves or draws another figure, which
may take seconds, is in nobody's way.

Without the GIL each thread sees its own stack only: frames that run may not be read.
"""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Protocol

from jlab_qtwindows.kernel.process.gil import gil_is_on

from .codekind import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from matplotlib.figure import Figure

__all__ = [
    "SafePoints",
    "all_clear",
    "busy_frames",
    "own_entry",
    "parks",
    "wait_until_clear",
]


class SafePoints(Protocol):
    """What is asked of this module, or of a program whose threads a test plays."""

    def all_clear(self, figure: Figure | None = None) -> bool: ...

    def wait_until_clear(
        self, timeout: float, figure: Figure | None = None
    ) -> bool: ...


_main_thread = threading.main_thread().ident or 0

_PAUSE = 0.002  # s between two looks at the stacks

_parked: set[int] = set()  # ids of code objects, which live as long as this module


def parks(function: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a function in which a thread waits at a safe point, whoever called it.

    `plt.pause` and `plt.show` are frames of Matplotlib, yet nothing is half done while
    they wait in our event loop.
    """
    _parked.add(id(function.__code__))
    return function


def all_clear(figure: Figure | None = None) -> bool:
    """Return whether no thread is in the middle of a call of Matplotlib.

    Of one that may concern this figure, if there is one.
    """
    frames = _other_threads()
    main = frames.pop(_main_thread, None)  # first: most often it settles the matter
    return not (
        _busy_calls(main, figure)
        or _busy_calls(sys._getframe(1), figure)
        or any(_busy_calls(frame, figure) for frame in frames.values())
    )


def busy_frames(figure: Figure | None = None) -> dict[int, FrameType]:
    """Return, for each other thread in Matplotlib, the call by which it went in."""
    calls = {
        thread: _busy_calls(frame, figure) for thread, frame in _other_threads().items()
    }
    return {thread: found[-1] for thread, found in calls.items() if found}


def own_entry() -> FrameType | None:
    """Return the call by which this thread went into Matplotlib, if it has."""
    calls = _busy_calls(sys._getframe(1), None)
    return calls[-1] if calls else None


def wait_until_clear(timeout: float, figure: Figure | None = None) -> bool:
    """Wait `timeout` seconds at most for a safe point; return whether there is one.

    A thread that waits for the interpreter gets it as soon as the program sleeps or
    reads a file: that is the safe point which is waited for.
    """
    end = time.monotonic() + timeout
    while not all_clear(figure):
        if time.monotonic() >= end:
            return False
        time.sleep(_PAUSE)
    return True


def _other_threads() -> dict[int, FrameType]:
    if not gil_is_on():
        return {}
    frames = sys._current_frames()
    del frames[threading.get_ident()]  # this frame: a variable of its own is a cycle
    return frames


def _busy_calls(frame: FrameType | None, figure: Figure | None) -> list[FrameType]:
    """Return the calls of Matplotlib on a stack that may be half done, innermost first.

    Not those that have nothing left to do but to call the program, and what has called
    only such a one. Nor the drawing of another figure, with all that it calls.
    """
    calls: list[FrameType] = []
    inner, dispatches, runs_program = Kind.PLUMBING, False, False
    while frame is not None and id(frame.f_code) not in _parked:
        kind = kind_of(frame.f_code.co_filename, frame.f_code.co_name)
        runs_program = runs_program or kind is Kind.PROGRAM
        if kind is Kind.FILMING:
            # It calls the program too, which may work on any figure.
            kind = Kind.DISPATCHER if runs_program else Kind.DRAWING
        if kind is Kind.DRAWING and _draws_another(frame, figure):
            calls.clear()
            kind = Kind.PROGRAM
        if kind is Kind.DISPATCHER:
            dispatches = inner is Kind.PROGRAM or (
                dispatches and inner is Kind.DISPATCHER
            )
        if kind in (Kind.MATPLOTLIB, Kind.DRAWING) or (
            kind is Kind.DISPATCHER and not dispatches
        ):
            calls.append(frame)
        inner = kind
        frame = frame.f_back
    return calls


def _draws_another(drawing: FrameType, figure: Figure | None) -> bool:
    if figure is None:
        return False
    variables = drawing.f_locals
    drawn = variables.get("self", variables.get("fig"))  # or a canvas, or an animation
    return getattr(drawn, "figure", getattr(drawn, "_fig", figure)) is not figure
