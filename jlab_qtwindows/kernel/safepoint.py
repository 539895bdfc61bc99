"""Safe points: moments at which no thread is inside Matplotlib.

A figure pickled while `ax.plot` is half done is a torn figure. The I/O thread looks at
all stacks before and after it takes a snapshot; a figure that keeps losing is taken in
the thread that changes it (see trap.py).
"""

from __future__ import annotations

import functools
import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import mpl_toolkits  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

__all__ = [
    "all_clear",
    "busy_frames",
    "own_entry",
    "parks",
    "wait_until_clear",
]

# As imported and as resolved: code objects keep the path by which they were imported,
# which may lead through a link (lib64, a home directory).
_ROOTS = tuple(
    f"{path}{os.sep}"
    for root in (Path(mpl.__file__).parent, *mpl_toolkits.__path__)
    for path in (Path(root), Path(root).resolve())
)

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
    """Return whether no thread has a frame inside Matplotlib on its stack."""
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
    while frame is not None:
        if id(frame.f_code) in _parked:
            return False
        if _is_inside(frame.f_code.co_filename):
            return True
        frame = frame.f_back
    return False


def _entry_into_matplotlib(frame: FrameType | None) -> FrameType | None:
    entry = None
    while frame is not None and id(frame.f_code) not in _parked:
        if _is_inside(frame.f_code.co_filename):
            entry = frame
        frame = frame.f_back
    return entry


@functools.lru_cache(maxsize=4096)
def _is_inside(filename: str) -> bool:
    return filename.startswith(_ROOTS)
