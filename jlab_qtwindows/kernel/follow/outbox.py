"""What waits to be sent of one figure: messages, the newest of each kind, and a state.

Any thread puts in, or takes back; the I/O thread takes out what it sends. A message is
taken out only once zmq has accepted it, and only if no newer one has taken its place
meanwhile: until then nothing gets lost.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.messages import InputHandled, ResizeWindow, SetTitle

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.kernel.snapshot.snapshot import Snapshot
    from jlab_qtwindows.protocol.messages import Message

__all__ = ["Outbox"]

# Of all figures, since it is held for microseconds only; and one that a finalizer or a
# signal handler may enter in the middle of it.
_lock = threading.RLock()
if hasattr(os, "register_at_fork"):
    # A child is never born with it held by a thread that the child has not.
    os.register_at_fork(
        before=_lock.acquire,
        after_in_parent=_lock.release,
        after_in_child=_lock.release,
    )

# What a new window has been told with its opening, or need not know.
_TOLD_ANEW = InputHandled, ResizeWindow, SetTitle


@dataclass(frozen=True)
class _InTurn:
    """A kind of message, before or after an answer to the window's input."""

    kind: object
    answered: int  # serial of the newest event that has been answered


class Outbox:
    """Messages by their kinds, in the order in which they are to be sent."""

    def __init__(self) -> None:
        self._messages: dict[object, Message] = {}
        # What each window of this figure must be told.
        self._standing: dict[object, Message] = {}
        self.state: Snapshot | None = None

    def post(self, message: Message, kind: object = None) -> None:
        """Have a message sent; one of the same kind (its type) that waits goes."""
        self.change(_kind(message, kind), lambda _: message)

    def change(
        self, kind: object, function: Callable[[Message | None], Message | None]
    ) -> None:
        """Have sent what `function` makes of the waiting message of this kind."""
        with _lock:
            message = function(self._messages.pop(kind, None))
            if message is not None:
                # The last now: what came between counts, too.
                self._messages[kind] = message

    def keep(self, message: Message, kind: object = None, *, answered: int) -> None:
        """Have it sent now, and to each window that this figure may get later.

        What has been said before an `answered` event of the window stays before it.
        """
        kind = _kind(message, kind)
        with _lock:
            self._standing[kind] = message
            self.post(message, _InTurn(kind, answered))

    def stand(self, message: Message) -> None:
        """Have it sent to each window that this figure may get later."""
        with _lock:
            self._standing[type(message)] = message

    def standing(self, kind: object) -> Message | None:
        """Return what each window is told of this kind, or None."""
        return self._standing.get(kind)

    def withdraw(self, kind: object) -> None:
        """Tell later windows nothing of this kind."""
        with _lock:
            self._standing.pop(kind, None)

    def announce(self, opening: Callable[[], Message]) -> None:
        """Have sent what makes a new window: first this, then all that it must know.

        `opening` reads what `_TOLD_ANEW` tells. What waits otherwise comes after.
        """
        with _lock:
            first = opening()
            news = {type(first): first, **self._standing}
            waiting, self._messages = self._messages, dict(news)
            for kind, message in waiting.items():
                told = kind.kind if isinstance(kind, _InTurn) else kind
                if told not in news and not isinstance(message, _TOLD_ANEW):
                    self._messages[kind] = message

    def waiting(self) -> list[tuple[object, Message]]:
        """Return all that waits, with the kinds."""
        with _lock:
            return list(self._messages.items())

    def on_sent(self, kind: object, message: Message) -> None:
        """Take out a message that has been sent, unless a newer one has its place."""
        with _lock:
            if self._messages.get(kind) is message:
                del self._messages[kind]

    def clear(self) -> None:
        """Have nothing sent of what waits."""
        with _lock:
            self._messages.clear()

    def put_state(self, snapshot: Snapshot) -> bool:
        """Keep a state for sending; return whether one that waited gave way."""
        with _lock:
            older, self.state = self.state, snapshot
        return older is not None

    def return_state(self, snapshot: Snapshot) -> None:
        """Keep a state that was taken out, unless a newer one has its place."""
        with _lock:
            self.state = self.state or snapshot

    def pop_state(self) -> Snapshot | None:
        """Return the state that waits, which waits no longer."""
        with _lock:
            state, self.state = self.state, None
        return state


def _kind(message: Message, kind: object) -> object:
    return type(message) if kind is None else kind
