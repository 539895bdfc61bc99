"""What we set in the interpreter for a moment, and put back as the program had it.

The thread that takes or sends a state. What the program sets meanwhile stays, and a
child forked meanwhile gets what its parent had.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import threading
from typing import TYPE_CHECKING, Any

from .gil import gil_is_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

__all__ = ["keep_interpreter", "put_off_collections"]

# Longer than a snapshot of any but a huge figure: while it is in force no running
# thread is switched in. A thread that already waits for the interpreter still gets it
# once, hence the check after; and then we wait so long for our turn to come again, so
# that it must not be much longer either.
_LONG_SWITCH_INTERVAL = 0.040  # s

# Whose threads wait for messages, and can wait for 40 ms more.
_PATIENT = {
    "IPython",
    "debugpy",
    "ipykernel",
    "jlab_qtwindows",
    "jupyter_client",
    "jupyter_core",  # its own loop, where a client is used without `await`
    "tornado",
    "zmq",
}
_BEGINNINGS = {"threading", "concurrent.futures.thread"}  # where a stack begins


class _Setting:
    """A setting of the interpreter that is ours within a block."""

    def __init__(self, read: Callable[[], Any], write: Callable[[Any], None]) -> None:
        self._read, self._write = read, write
        self._before: Any = None
        self._ours: Any = None

    @contextlib.contextmanager
    def at(self, value: Any) -> Iterator[None]:
        before = self._read()
        if self._before is not None or before == value:
            yield  # another thread sees to it, or the program itself
            return
        self._before, self._ours = before, None  # first: a fork may come between
        self._write(value)
        self._ours = self._read()  # which may be rounded
        try:
            yield
        finally:
            self.undo()

    def undo(self) -> None:
        """Put back what was, unless the program has set it meanwhile."""
        before = self._before
        if before is not None and self._ours in (None, self._read()):
            self._write(before)
        self._before = None  # last: a child that is forked in between undoes it again


_interval = _Setting(sys.getswitchinterval, sys.setswitchinterval)
# Not `gc.disable`: whether the program has called that meanwhile could not be told.
_thresholds = _Setting(gc.get_threshold, lambda value: gc.set_threshold(*value))


@contextlib.contextmanager
def keep_interpreter() -> Iterator[None]:
    """Make it unlikely that another Python thread runs inside the block.

    Not where the program has threads beside its main one, such as one that samples
    each millisecond: it would come too late. What they change meanwhile is noticed.
    Nor without the GIL, where threads do not take turns.
    """
    if not gil_is_on() or _has_impatient_threads():
        yield
        return
    with _interval.at(_LONG_SWITCH_INTERVAL):
        yield


@contextlib.contextmanager
def put_off_collections() -> Iterator[None]:
    """Begin no collection of garbage inside the block, but right after it."""
    with _thresholds.at((0, *gc.get_threshold()[1:])):
        yield


def _has_impatient_threads() -> bool:
    frames = sys._current_frames()
    for thread in (threading.main_thread().ident, threading.get_ident()):
        frames.pop(thread or 0, None)
    return not all(map(_is_patient, frames.values()))


def _is_patient(frame: FrameType | None) -> bool:
    """Return whether a thread is one of Jupyter's or ours, or a worker that rests."""
    outermost = None
    while frame is not None:
        module = frame.f_globals.get("__name__")
        if module not in _BEGINNINGS and not _is_wrapper(frame):
            outermost = module
        frame = frame.f_back
    return outermost is None or str(outermost).partition(".")[0] in _PATIENT


def _is_wrapper(frame: FrameType) -> bool:
    # What the package `decorator` makes, as around the thread of IPython's history.
    return frame.f_code.co_filename.startswith("<decorator-gen")


def _undo_in_child() -> None:
    _interval.undo()
    _thresholds.undo()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_undo_in_child)
