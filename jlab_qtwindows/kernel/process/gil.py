"""Whether threads take turns, as Python's lock (the GIL) makes them; any thread.

What follows figures from a thread of its own relies on it: a running thread's frames
stand still while they are looked at, and nothing changes in the middle of a pickle's
step. Free-threaded Python has no such lock. There no thread looks at another, and
states are taken at the program's own moments only: see follow/moments.py.
"""

from __future__ import annotations

import os
import sys

__all__ = ["GIL_VARIABLE", "gil_is_on"]

# "0": do without, as if there were no lock, for tests and to find faults.
GIL_VARIABLE = "JLAB_QTWINDOWS_GIL"


def gil_is_on() -> bool:
    """Return whether one thread at a time runs Python code, for all this process.

    Looked up once. An extension module that needs the lock brings it back when it is
    imported, and what is done without it is right then, too; it never goes away.
    """
    return _is_on


def _look_up() -> bool:
    if os.environ.get(GIL_VARIABLE) == "0":
        return False
    asked = getattr(sys, "_is_gil_enabled", None)  # since Python 3.13
    return asked is None or bool(asked())


_is_on = _look_up()
