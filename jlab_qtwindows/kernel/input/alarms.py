"""The times at which timers are due: set by any thread, rung by the I/O thread."""

from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Alarms"]


class Timer(Protocol):
    """What can be rung for."""

    def on_alarm(self) -> None:
        """Note that the time has come; I/O thread."""


class Alarms:
    """One time for each timer; a timer that nobody holds any more is forgotten."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        # Guards `_due`. A collection of garbage may begin in any line, and what it ends
        # may cancel its timers.
        self._guard = threading.RLock()
        self._due: dict[int, tuple[float, weakref.ref[Timer]]] = {}

    def set(self, timer: Timer, at: float) -> None:
        """Ring for this timer at `at`, s of the monotonic clock; replaces its last."""
        with self._guard:
            self._due[id(timer)] = at, weakref.ref(timer)
        self._wake()

    def cancel(self, timer: Timer) -> None:
        """Ring no more for this timer."""
        with self._guard:
            self._due.pop(id(timer), None)

    def ring(self, now: float) -> float | None:
        """Ring for what is due; return the seconds to the next, None if there is none.

        I/O thread.
        """
        if not self._due:
            return None
        with self._guard:
            due = list(self._due.items())
            rung = [key for key, (at, timer) in due if at <= now or timer() is None]
            popped = [self._due.pop(key, None) for key in rung]
            timers = [entry[1]() for entry in popped if entry is not None]
            left = [at - now for at, _ in self._due.values()]
        for timer in timers:
            if timer is not None:
                timer.on_alarm()
        return min(left, default=None)
