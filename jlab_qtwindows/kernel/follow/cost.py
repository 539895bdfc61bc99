"""The cost of following: a share of the time of late.

The I/O thread and the threads that take states write; each sum is so small, and each
error so short-lived, that it needs no lock. Any thread reads.
"""

from __future__ import annotations

__all__ = ["Cost"]

_SHORTEST = 1.0  # s; less is too short to tell
_LONGEST = 5.0  # s, after which half of it is forgotten


class Cost:
    """Seconds of CPU time, and since when they were spent."""

    def __init__(self) -> None:
        self.spent = 0.0
        self._since: float | None = None

    def add(self, seconds: float, now: float) -> None:
        """Account for CPU time that has just been spent."""
        if self._since is None:
            self._since = now - seconds
        self.spent += seconds
        self.share(now)  # which forgets

    def share(self, now: float) -> float:
        """Return the share of time spent in about the last five seconds."""
        elapsed = now - self._since if self._since is not None else 0.0
        if elapsed < _SHORTEST:
            return 0.0
        share = self.spent / elapsed
        if elapsed > _LONGEST:
            kept = _LONGEST / 2
            self._since, self.spent = now - kept, self.spent * kept / elapsed
        return share
