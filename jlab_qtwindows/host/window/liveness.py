"""How live one window is, and when that is reported. GUI thread.

No timer runs while nothing happens.
"""

from __future__ import annotations

import collections
import time
from typing import TYPE_CHECKING

from jlab_qtwindows.host.qt import QtCore, single_shot

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Liveness"]

_FPS_SPAN = 2.0  # s over which frames are counted
_LIVE_MS = 1500  # ms without a frame after which a window is idle
_CHANGES_MS = 400  # ms, the least time between two reports


class Liveness:
    """Counts the frames of a window; calls `report` when something has changed."""

    def __init__(self, parent: QtCore.QObject, report: Callable[[], None]) -> None:
        self._report = report
        self._shown: collections.deque[float] = collections.deque(maxlen=64)
        self._reported_at = 0.0
        self._reporting = single_shot(parent, function=self._report_now)
        self._live = single_shot(parent, _LIVE_MS, self.changed)
        self._yielding = single_shot(parent, function=self.changed)
        # A coarse timer ends up to 5 % early: the window would be said to yield still.
        self._yielding.setTimerType(QtCore.Qt.TimerType.PreciseTimer)

    def frame(self) -> None:
        """Note a frame."""
        self._shown.append(time.monotonic())
        self._live.start()
        self.changed()

    def report_after(self, seconds: float) -> None:
        """Report when so many seconds are over, for which a slow window yields."""
        self._yielding.start(int(1000 * seconds) + 1)

    def fps(self) -> float:
        """Return the frames shown per second, lately."""
        now = time.monotonic()
        recent = [t for t in self._shown if now - t <= _FPS_SPAN]
        if len(recent) < 2:
            return 0.0
        return (len(recent) - 1) / (recent[-1] - recent[0])

    def is_live(self) -> bool:
        """Whether a frame has come just now."""
        live: bool = self._live.isActive()
        return live

    def changed(self) -> None:
        """Report now, or soon if it was reported just before."""
        if self._reporting.isActive():
            return
        elapsed = (time.monotonic() - self._reported_at) * 1000
        self._reporting.start(max(0, int(_CHANGES_MS - elapsed)))

    def stop(self) -> None:
        """Report nothing more."""
        for timer in (self._reporting, self._live, self._yielding):
            timer.stop()

    def _report_now(self) -> None:
        self._reported_at = time.monotonic()
        self._report()
