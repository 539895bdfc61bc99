"""Waits that an interrupt of the kernel ends. The main thread; others may use them."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading

__all__ = ["one_wait", "wait_for"]

# s; Windows notes an interrupt only between two waits (before Python 3.14).
SLICE = 0.1 if sys.platform == "win32" else None


def one_wait(left: float | None) -> float | None:
    """Return how long to wait at once where `left` seconds are left; None: no limit."""
    return SLICE if left is None else min(left, SLICE or left)


def wait_for(event: threading.Event, seconds: float) -> None:
    """Wait until the event is set, for so long at most."""
    end = time.monotonic() + seconds
    while not event.is_set() and (left := end - time.monotonic()) > 0:
        event.wait(one_wait(left))
