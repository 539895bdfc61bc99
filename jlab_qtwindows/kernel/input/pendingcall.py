"""Functions that the main thread runs between two bytecodes, asked from another thread.

For what cannot wait until the program lets callbacks run. The function gets the frame
that it interrupts, and has to look whether this is a good moment.
"""

from __future__ import annotations

import ctypes
import signal
import sys
from typing import TYPE_CHECKING

from jlab_qtwindows.kernel.process.words import admit

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

__all__ = ["PendingCall"]

# int (*)(void *), called with the interpreter lock held.
_FUNCTION = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p)


class PendingCall:
    """One function, run once for all that have asked for it meanwhile."""

    _asked: set[PendingCall] = set()  # noqa: RUF012  # kept alive: C holds no reference

    def __init__(self, function: Callable[[FrameType], None]) -> None:
        self._function = function
        self._call = _FUNCTION(self._run)

    @property
    def waits(self) -> bool:
        """Whether it has been asked for and has not run yet."""
        return self in self._asked

    def ask(self) -> None:
        """Have the function run soon; any thread."""
        if self in self._asked:
            return
        self._asked.add(self)
        if ctypes.pythonapi.Py_AddPendingCall(self._call, None):
            self._asked.discard(self)  # the interpreter's list is full: later

    def _run(self, _: int | None) -> int:
        self._asked.discard(self)
        try:
            self._function(sys._getframe(1))
        except KeyboardInterrupt:
            # Our caller would print and forget it: let what we interrupt have it.
            ctypes.pythonapi.Py_AddPendingCall(
                ctypes.pythonapi.PyErr_SetInterruptEx, ctypes.c_void_p(signal.SIGINT)
            )
        except Exception:  # the code around is the user's: nothing of ours goes there
            admit("a wish of a window was not heard at once", "The program goes on")
        return 0
