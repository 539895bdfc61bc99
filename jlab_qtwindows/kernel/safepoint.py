"""Safe points: moments at which no thread is inside Matplotlib.

A figure pickled while `ax.plot` is half done is a torn figure. The I/O thread looks at
all stacks before and after it takes a snapshot; a figure that keeps losing is taken in
the thread that changes it (see trap.py).
"""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from .codekind import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

__all__ = [
    "all_clear",
    "busy_frames",
    "own_entry",
    "parks",
    "wait_until_clear",
]

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


def all_clear() -> bool:
    """Return whether no thread is in the middle of a call of Matplotlib."""
    frames = _other_threads()
    main = frames.pop(_main_thread, None)  # first: most often it settles the matter
    return not (
        _in_matplotlib(main)
        or _in_matplotlib(sys._getframe(1))
        or any(map(_in_matplotlib, frames.values()))
    )


def busy_frames() -> dict[int, FrameType]:
    """Return, for each other thread in Matplotlib, the call by which it went in."""
    entered = {
        thread: _entry_into_matplotlib(frame)
        for thread, frame in _other_threads().items()
    }
    return {thread: frame for thread, frame in entered.items() if frame is not None}


def own_entry() -> FrameType | None:
    """Return the call by which this thread went into Matplotlib, if it has."""
    return _entry_into_matplotlib(sys._getframe(1))


def wait_until_clear(timeout: float) -> bool:
    """Wait `timeout` seconds at most for a safe point; return whether there is one.

    A thread that waits for the interpreter gets it as soon as the program sleeps or
    reads a file: that is the safe point which is waited for.
    """
    end = time.monotonic() + timeout
    while not all_clear():
        if time.monotonic() >= end:
            return False
        time.sleep(_PAUSE)
    return True


def _other_threads() -> dict[int, FrameType]:
    frames = sys._current_frames()
    del frames[threading.get_ident()]  # this frame: a variable of its own is a cycle
    return frames


def _in_matplotlib(frame: FrameType | None) -> bool:
    return next(_busy_calls(frame), None) is not None


def _entry_into_matplotlib(frame: FrameType | None) -> FrameType | None:
    entry = None
    for entry in _busy_calls(frame):  # noqa: B007  # the last one
        pass
    return entry


def _busy_calls(frame: FrameType | None) -> Iterator[FrameType]:
    """Give the calls of Matplotlib on a stack that may be half done, innermost first.

    Not those that have nothing left to do but to call the program, and what has called
    only such a one.
    """
    inner, dispatches = Kind.PLUMBING, False
    while frame is not None and id(frame.f_code) not in _parked:
        kind = kind_of(frame.f_code.co_filename, frame.f_code.co_name)
        if kind is Kind.DISPATCHER:
            dispatches = inner is Kind.PROGRAM or (
                dispatches and inner is Kind.DISPATCHER
            )
        if kind is Kind.MATPLOTLIB or (kind is Kind.DISPATCHER and not dispatches):
            yield frame
        inner = kind
        frame = frame.f_back
