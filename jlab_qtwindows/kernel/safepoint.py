"""Safe points: moments at which no thread is inside Matplotlib.

A figure pickled while `ax.plot` is half done is a torn figure. The I/O thread looks at
all stacks before and after it takes a snapshot; a figure that keeps losing is taken on
the main thread itself, between two bytecodes outside of Matplotlib.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import logging
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import mpl_toolkits  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

__all__ = [
    "MainThreadTrap",
    "all_clear",
    "keep_interpreter",
    "parks",
    "wait_until_clear",
]

logger = logging.getLogger(__name__)

# As imported and as resolved: code objects keep the path by which they were imported,
# which may lead through a link (lib64, a home directory).
_ROOTS = tuple(
    f"{path}{os.sep}"
    for root in (Path(mpl.__file__).parent, *mpl_toolkits.__path__)
    for path in (Path(root), Path(root).resolve())
)

# Longer than a snapshot of any but a huge figure: while it is in force no running
# thread is switched in. A thread that already waits for the interpreter still gets it
# once, hence the check after; and then we wait so long for our turn to come again, so
# that it must not be much longer either.
_LONG_SWITCH_INTERVAL = 0.040  # s

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
    frames = sys._current_frames()
    main = frames.pop(_main_thread, None)  # first: most often it settles the matter
    return not (_in_matplotlib(main) or any(map(_in_matplotlib, frames.values())))


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


@contextlib.contextmanager
def keep_interpreter() -> Iterator[None]:
    """Make it unlikely that another Python thread runs inside the block."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(_LONG_SWITCH_INTERVAL)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


def _in_matplotlib(frame: FrameType | None) -> bool:
    while frame is not None:
        if id(frame.f_code) in _parked:
            return False
        if _is_inside(frame.f_code.co_filename):
            return True
        frame = frame.f_back
    return False


@functools.lru_cache(maxsize=4096)
def _is_inside(filename: str) -> bool:
    return filename.startswith(_ROOTS)


# int (*)(void *), called with the interpreter lock held.
_PENDING_CALL = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p)


class MainThreadTrap:
    """Runs an action on the main thread, if that is at a safe point when it comes by.

    `Py_AddPendingCall` gets us onto the main thread between two bytecodes. Where these
    are inside Matplotlib nothing is done, and the follower asks again: a trace function
    that waits for the end of the call slows the person's code down, and may stay.
    """

    def __init__(self) -> None:
        self._action: Callable[[], object] | None = None
        self._call = _PENDING_CALL(self._on_pending_call)

    @property
    def armed(self) -> bool:
        return self._action is not None

    def arm(self, action: Callable[[], object]) -> None:
        """Ask for `action` to be run once; any thread."""
        if self._action is None:
            self._action = action
            if ctypes.pythonapi.Py_AddPendingCall(self._call, None) != 0:
                self._action = None  # the interpreter's list is full: try again later

    def _on_pending_call(self, _: int | None) -> int:
        try:
            frame = sys._getframe(1)
            if not _in_matplotlib(frame):
                self._run()
            else:
                self._action = None  # inside Matplotlib: to be asked again
        except KeyboardInterrupt:
            # ctypes would print and forget it. The person interrupts the cell, not us:
            # a C function as the next pending call, so that the interrupt is noticed
            # after this Python function, and not inside of it.
            ctypes.pythonapi.Py_AddPendingCall(
                ctypes.pythonapi.PyErr_SetInterruptEx, ctypes.c_void_p(signal.SIGINT)
            )
        return 0

    def _run(self) -> None:
        action, self._action = self._action, None
        if action is None:
            return
        try:
            action()
        except Exception:  # the code around is the person's: nothing of ours goes there
            logger.exception("a snapshot on the main thread failed")
