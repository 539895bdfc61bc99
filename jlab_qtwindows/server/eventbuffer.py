"""What one panel has not been sent yet: newest wins, and never more than a limit.

Pure state, used on the server's event loop thread alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["EventBuffer"]

Event = dict[str, Any]

LIMIT = 256  # events; a panel further behind is sent everything anew


class EventBuffer:
    """Holds the newest event of each window and of the host.

    The first event popped is a snapshot, and so is the one after an overflow.
    """

    def __init__(self, snapshot: Callable[[], Event], *, limit: int = LIMIT) -> None:
        self._snapshot = snapshot
        self._limit = limit
        self._snapshot_due = True
        self._events: dict[str, Event] = {}

    def add(self, event: Event) -> None:
        """Keep an event in place of an older one on the same subject."""
        if self._snapshot_due:
            return  # the snapshot will say it
        subject = _subject(event)
        before = self._events.get(subject)
        if before is not None and event["event"] == "WindowChanged":
            event = {**event, "event": before["event"]}  # still new to this panel
        self._events[subject] = event
        if len(self._events) > self._limit:
            self._events.clear()
            self._snapshot_due = True

    def pop(self) -> list[Event]:
        """Return what is to be sent, and forget it."""
        if self._snapshot_due:
            self._snapshot_due = False
            return [self._snapshot()]
        events = list(self._events.values())
        self._events.clear()
        return events


def _subject(event: Event) -> str:
    match event["event"]:
        case "HostChanged":
            return "host"
        case "WindowClosed":
            return f"window {event['id']}"
        case _:
            return f"window {event['window']['id']}"
