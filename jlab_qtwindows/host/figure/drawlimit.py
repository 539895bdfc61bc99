"""A time limit for drawing: one figure must not take the windows of all others.

A small figure with thousands of ticks draws for many seconds. GUI thread, which is the
host's main thread; where there is no interval timer (Windows), there is no limit.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

__all__ = ["SECONDS", "DrawingTooSlow", "limited"]

SECONDS = 8.0  # s


class DrawingTooSlow(Exception):
    """Drawing was given up."""


@contextlib.contextmanager
def limited() -> Iterator[None]:
    """Raise `DrawingTooSlow` within the block after `SECONDS`."""
    main = threading.current_thread() is threading.main_thread()
    if not (main and hasattr(signal, "setitimer")):
        yield
        return
    drawing = True

    def give_up(number: int, frame: FrameType | None) -> None:
        if drawing:  # and not just done
            raise DrawingTooSlow(
                f"drawing takes more than {SECONDS:g} s and was given up; "
                "fewer ticks, points or texts help"
            )

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        drawing = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
