"""What waits for the GUI thread: messages in their order, and one state per figure.

The channel's thread puts in, the GUI thread pops. A newer state of a figure replaces
the one that waits. The same holds for messages of which only the newest counts; of all
else so much waits that the socket is left unread. What one peer sends replaces nothing
of another's: whose a window is, is known to the GUI thread only.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.messages import (
    FigureBehind,
    Message,
    RaiseWindow,
    ResizeWindow,
    SetHistoryButtons,
    SetTitle,
    SetToolbarMode,
    ShowCoordinates,
    ShowCursor,
    ShowRubberBand,
    UpdateFigure,
    WantEvents,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.host.figure.mirror import Mirror

    from .peers import Peer

__all__ = ["MAX_ARRIVALS", "Inbox", "PeerLost", "Update"]

MAX_ARRIVALS = 1_000  # messages that wait for the GUI thread; more stay with zmq
_NEWEST_WINS = (
    FigureBehind,
    RaiseWindow,
    ResizeWindow,
    SetHistoryButtons,
    SetTitle,
    SetToolbarMode,
    ShowCoordinates,
    ShowCursor,
    ShowRubberBand,
    WantEvents,
)


@dataclass(frozen=True)
class PeerLost:
    """The connection of this peer is gone."""


@dataclass(frozen=True)
class Update:
    """A loaded state of a figure."""

    message: UpdateFigure
    mirror: Mirror


Arrival = tuple["Peer", "Message | PeerLost"]


class Inbox:
    """Both queues; safe to use from any thread."""

    def __init__(self) -> None:
        self._guard = threading.Lock()  # guards both
        self._arrivals: dict[object, Arrival] = {}  # in their order
        self._updates: dict[tuple[bytes, str], tuple[Peer, Update]] = {}

    def put(self, peer: Peer, message: Message | PeerLost) -> None:
        """Add a message, in place of an older one of which only the newest counts."""
        key: object = object()
        if isinstance(message, _NEWEST_WINS):
            key = (peer.identity, type(message), message.window_id)
        with self._guard:
            self._arrivals.pop(key, None)
            self._arrivals[key] = (peer, message)

    def put_update(self, peer: Peer, update: Update) -> None:
        """Add a state, in place of an older one of its figure."""
        with self._guard:
            self._updates[peer.identity, update.message.window_id] = (peer, update)

    def is_full(self) -> bool:
        """Return whether no more messages should be put in."""
        with self._guard:
            return len(self._arrivals) >= MAX_ARRIVALS

    def pop_arrivals(self) -> list[Arrival]:
        """Return the messages that came since the last call, oldest first."""
        with self._guard:
            arrivals = list(self._arrivals.values())
            self._arrivals.clear()
            return arrivals

    def pop_update(self, is_held: Callable[[str], bool]) -> tuple[Peer, Update] | None:
        """Return the loaded state that waits longest; held windows keep theirs.

        So do those for which a message has come since `pop_arrivals`: it may have been
        sent before the state, and say that this one is late, or whose a key is in it.
        """
        with self._guard:
            waiting = {getattr(m, "window_id", "") for _, m in self._arrivals.values()}
            for key in self._updates:
                if key[1] not in waiting and not is_held(key[1]):
                    return self._updates.pop(key)
        return None
