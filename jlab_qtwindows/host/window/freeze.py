"""A window that stands still: of the states that arrive it keeps the newest.

GUI thread. What is kept is acknowledged, or the kernel would wait for the window and
could not send a newer state; but not at once, since nobody sees what it pays for.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from jlab_qtwindows.host.qt import single_shot

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.host.qt import QtCore
    from jlab_qtwindows.host.wire.inbox import Update

__all__ = ["Freeze"]

_ACKNOWLEDGE_MS = 1000  # ms, the least time between two acknowledgements


class Freeze:
    """Keeps the newest state of a frozen window, and counts those it was sent."""

    def __init__(
        self,
        parent: QtCore.QObject,
        *,
        tell_taken: Callable[[int], None],  # acknowledges this revision
        changed: Callable[[], None],
    ) -> None:
        self.frozen = False
        self.waiting = 0
        self._newest: Update | None = None
        self._tell_taken = tell_taken
        self._changed = changed
        self._acknowledged_at = 0.0
        self._timer = single_shot(parent, function=self._acknowledge)

    def start(self) -> None:
        """Stand still."""
        self.frozen = True
        self._acknowledged_at = time.monotonic()

    def release(self) -> Update | None:
        """Move again; return the newest state if one has waited."""
        newest = self._newest
        if self._timer.isActive():
            self._acknowledge()
        self.forget()
        self.frozen = False
        return newest

    def keep(self, update: Update) -> None:
        """Keep this state in place of an older one."""
        self._newest = update
        self.waiting += 1
        if not self._timer.isActive():
            passed = (time.monotonic() - self._acknowledged_at) * 1000
            self._timer.start(max(0, int(_ACKNOWLEDGE_MS - passed)))
        self._changed()

    def forget(self) -> None:
        """Drop what waits, unseen and unacknowledged."""
        self._timer.stop()
        self._newest = None
        self.waiting = 0

    def _acknowledge(self) -> None:
        self._timer.stop()
        self._acknowledged_at = time.monotonic()
        if self._newest is not None:
            self._tell_taken(self._newest.message.revision)
