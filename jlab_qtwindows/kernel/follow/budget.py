"""The budget: how much of the program's time following its figures may cost.

The I/O thread and the threads that take snapshots charge it; each sum is so small, and
each error so short-lived, that it needs no lock.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jlab_qtwindows.kernel.process.interpreter import put_off_collections

from .cost import Cost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jlab_qtwindows.kernel.process.clock import Clock

__all__ = ["BURST", "Budget", "Charge", "FollowerSettings"]

BURST = 0.025  # s of budget that an idle kernel saves up: one large figure at once


@dataclass
class FollowerSettings:
    """What `qtw.follow` sets."""

    fps: float = 30.0  # frames/s of one figure, at most
    budget: float = 0.05  # share of wall time for all figures


@dataclass
class Charge:
    """What a block has cost, once it is over."""

    seconds: float = 0.0


class Budget:
    """A token bucket of seconds; spending below zero is paid back by waiting."""

    def __init__(self, settings: FollowerSettings, clock: Clock = time) -> None:
        self._settings = settings
        self._clock = clock
        self._tokens = BURST
        self._at = 0.0
        self.cost = Cost()  # of all figures

    def wait(self, now: float) -> float:
        """Return the seconds until the next snapshot is allowed."""
        self._refill(now)
        return max(0.0, -self._tokens / self._settings.budget)

    @contextlib.contextmanager
    def charged(self) -> Iterator[Charge]:
        """Charge the CPU time of the block to this budget, in whichever thread.

        Not that of collecting garbage: a snapshot makes thousands of objects, so that
        most collections would begin in one, and 50 ms for the program's whole heap
        would leave no frames for a second. They come right after the block instead.
        """
        with put_off_collections():
            charge, started = Charge(), self._clock.thread_time()
            try:
                yield charge
            finally:
                charge.seconds = self._clock.thread_time() - started
                self.spend(charge.seconds, self._clock.monotonic())

    def forgive(self, now: float) -> None:
        """Owe nothing: the program is at rest, and has lost no time."""
        self._tokens, self._at = BURST, now

    def refund(self, seconds: float) -> None:
        """Give back what was spent in vain; it stays a part of the overhead."""
        self._tokens = min(BURST, self._tokens + seconds)

    def spend(self, seconds: float, now: float) -> None:
        """Account for CPU time."""
        self._refill(now)
        self._tokens -= seconds
        self.cost.add(seconds, now)

    def overhead(self, now: float) -> float:
        """Return the share of time spent in about the last five seconds."""
        return self.cost.share(now)

    def _refill(self, now: float) -> None:
        gained = max(0.0, now - self._at) * self._settings.budget
        self._tokens = min(BURST, self._tokens + gained)
        self._at = now
