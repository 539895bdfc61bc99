"""The trap: has a figure taken by the very thread that never stops changing it.

The I/O thread that waits for a safe point in a tight loop gets the interpreter at a
random moment, nearly always inside Matplotlib, and loses it before it is done. The
busy thread itself passes a safe point each time that it comes out of Matplotlib.
"""

from __future__ import annotations

import contextlib
import ctypes
import inspect
import queue
import signal
import sys
import threading
import time
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from jlab_qtwindows.kernel.process.words import admit

from . import safepoint

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from matplotlib.figure import Figure

__all__ = ["Catch", "SafePointTrap"]

_LONGEST_RUN = 10.0  # s that a thread which has begun is waited for
_LOOK_AGAIN = 0.020  # s

# int (*)(void *), called with the interpreter lock held.
_PENDING_CALL = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p)


class Catch(Enum):
    """What came of the trap, or of the action in it."""

    DONE = auto()
    IN_VAIN = auto()
    NOT_YET = auto()  # no thread has come by; this call of Matplotlib was not the one


# Made for destructors: its put() may interrupt any code, its own too.
Answers = queue.SimpleQueue[Catch]


class _Trap(NamedTuple):
    """What is to be run, where no thread is at work on this figure."""

    action: Callable[[], Catch]
    figure: Figure
    over: Answers


class SafePointTrap:
    """Runs an action in a busy thread, where that is at a safe point.

    A thread inside Matplotlib gets a `_Guest` among the local variables of the call by
    which it went in: Python destroys it when that call is over, in that thread. Where
    no thread is inside, the main thread is asked by `Py_AddPendingCall`, between two
    bytecodes. A trace function would slow the user's code down, and may stay.
    """

    def __init__(self) -> None:
        self._set: _Trap | None = None
        self._running: Answers | None = None  # of the action that a thread is at
        self._call = _PENDING_CALL(self._on_pending_call)
        self._interrupt = _PENDING_CALL(self._interrupt_outside)

    def set_and_wait(
        self,
        action: Callable[[], Catch],
        figure: Figure,
        timeout: float,
        *,
        ask_main: bool = True,
    ) -> Catch:
        """Set the trap: have `action` run at a safe point; return what it says.

        I/O thread. `NOT_YET` where no thread came by within `timeout` seconds; one that
        comes later still runs it, unless another action has been set by then. One that
        has begun is waited for: what it does is not to be done here as well.
        """
        over: Answers = queue.SimpleQueue()
        self._set = _Trap(action, figure, over)
        end = time.monotonic() + timeout
        while True:
            planted = self._plant_guest(figure)
            if not planted and ask_main and not self._ask_main_thread():
                return Catch.NOT_YET
            try:
                result = over.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                return self._wait_for_running(over)
            if result is not Catch.NOT_YET:
                return result

    def _wait_for_running(self, over: Answers) -> Catch:
        """Wait for a thread that is at the action, if one is; return its answer."""
        end = time.monotonic() + _LONGEST_RUN
        while self._running is over and time.monotonic() < end:
            with contextlib.suppress(queue.Empty):
                return over.get(timeout=_LOOK_AGAIN)
        with contextlib.suppress(queue.Empty):
            return over.get_nowait()  # it has just answered
        return Catch.NOT_YET

    def plant_here(self) -> bool:
        """Have the call of Matplotlib that runs in this thread spring the trap.

        False where none runs, or none that can.
        """
        frame = safepoint.own_entry()
        return frame is not None and self._plant(threading.get_ident(), frame)

    def _plant_guest(self, figure: Figure) -> bool:
        busy = safepoint.busy_frames(figure)
        return any(self._plant(thread, frame) for thread, frame in busy.items())

    def _plant(self, thread: int, frame: FrameType) -> bool:
        # The variables of a module or a class body are not thrown away at its end.
        if not frame.f_code.co_flags & inspect.CO_OPTIMIZED:
            return False
        frame.f_locals["_jlab_qtwindows_guest"] = _Guest(self, thread)
        return True

    def _ask_main_thread(self) -> bool:
        # Fails where the interpreter's list is full: to be tried again later.
        return not ctypes.pythonapi.Py_AddPendingCall(self._call, None)

    def _on_pending_call(self, _: int | None) -> int:
        self.spring()
        return 0

    def spring(self) -> None:
        """Run the action, once, if this is a safe point; the busy thread."""
        found, self._set = self._set, None
        if found is None:
            return
        over = found.over
        result = Catch.IN_VAIN
        try:
            if safepoint.all_clear(found.figure):
                self._running = over
                result = found.action()
            elif self.plant_here():
                result = Catch.NOT_YET  # it has gone in since it was asked
        except KeyboardInterrupt:
            # Our caller would print and forget it. The user interrupts the cell.
            ctypes.pythonapi.Py_AddPendingCall(self._interrupt, None)
        except Exception:  # the code around is the user's: nothing of ours goes there
            admit("a figure was not taken in a busy program", "It is taken later")
        finally:
            if result is Catch.NOT_YET:
                # Not yet: another call is to spring it.
                self._set = self._set or found
            else:
                over.put(result)
            self._running = None

    def miss(self) -> None:
        """Tell that the call was over before its guest was there; another gets one."""
        found = self._set
        if found is not None:
            found.over.put(Catch.NOT_YET)

    def _interrupt_outside(self, _: int | None) -> int:
        frame = sys._getframe(1)
        while frame is not None and frame.f_code is not _Guest.__del__.__code__:
            frame = frame.f_back  # type: ignore[assignment]
        if frame is not None:
            ctypes.pythonapi.Py_AddPendingCall(self._interrupt, None)
        else:
            # A C function as the next pending call, so that the interrupt is noticed
            # after this Python function, and not inside of it.
            ctypes.pythonapi.Py_AddPendingCall(
                ctypes.pythonapi.PyErr_SetInterruptEx, ctypes.c_void_p(signal.SIGINT)
            )
        return 0


class _Guest:
    """Springs the trap when the call among whose variables it lives is over."""

    def __init__(self, trap: SafePointTrap, thread: int) -> None:
        self._trap = trap
        self._thread = thread

    def __del__(self) -> None:
        if sys.is_finalizing():
            return
        if threading.get_ident() == self._thread:
            self._trap.spring()
        else:  # that which looked at the call was the last that let go of it
            self._trap.miss()
