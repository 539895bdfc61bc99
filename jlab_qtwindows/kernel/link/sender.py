"""The sender: what waits of each figure goes to the host.

I/O thread, but for `close_window` and `tell_keymap`, which any thread may call.
What may go is said by the flow control (follow/flowcontrol.py).
"""

from __future__ import annotations

import collections
import time
from typing import TYPE_CHECKING

from jlab_qtwindows.kernel.follow.flowcontrol import may_send
from jlab_qtwindows.kernel.input.wishes import KeymapWatch
from jlab_qtwindows.protocol.messages import CloseWindow, UpdateFigure
from jlab_qtwindows.protocol.model import clip

from .saving import save_defaults

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jlab_qtwindows.kernel.follow.followed import FollowedFigure
    from jlab_qtwindows.kernel.follow.taker import Taker
    from jlab_qtwindows.kernel.snapshot.snapshot import Snapshot

    from .link import Link

__all__ = ["Sender"]

_MOST_CLOSED = 1_000  # windows that a host which comes back is told to close


class Sender:
    """Sends closings, messages and states; charges the states to the budget."""

    def __init__(
        self, link: Link, taker: Taker, figures: Mapping[str, FollowedFigure]
    ) -> None:
        self._link = link
        self._taker = taker
        self._figures = figures
        self._keymap = KeymapWatch()
        # Of a loop that opens and closes figures while there is no host.
        self._closed_windows: collections.deque[str] = collections.deque(
            maxlen=_MOST_CLOSED
        )

    @property
    def owes_closings(self) -> bool:
        """Whether the host has yet to be told of a window that was closed here."""
        return bool(self._closed_windows)

    def close_window(self, window_id: str) -> None:
        """Have the host told that this window is closed; any thread."""
        self._closed_windows.append(window_id)

    def forget_closings(self) -> None:
        """Tell nobody: there is a new host, which has no window."""
        self._closed_windows.clear()

    def tell_keymap(self) -> None:
        """Tell all windows which keys do what, if that has changed; any thread."""
        if self._keymap.has_changed():
            for followed in list(self._figures.values()):
                followed.wishes.tell()

    def send_closings(self) -> bool:
        """Tell the host which windows are closed; False where it cannot be told."""
        while self._closed_windows:
            if not self._link.send(CloseWindow(self._closed_windows[0])):
                return False
            self._closed_windows.popleft()
        return True

    def send_waiting(self) -> None:
        """Send what waits and may go."""
        if not self.send_closings():
            return
        self.tell_keymap()  # what a cell has changed, with a picture or without
        # As they were raised: the current one is on top after `plt.show`.
        figures = self._figures.values()
        for followed in sorted(figures, key=lambda one: one.window.raised):
            if followed.outbox.state is not None:
                followed.wishes.tell()  # what a cell has changed, before its picture
            self._send_messages(followed)
            self._send_state(followed)

    def _send_messages(self, followed: FollowedFigure) -> None:
        for kind, message in followed.outbox.waiting():
            if not followed.opened or not self._link.send(message):
                break
            followed.outbox.on_sent(kind, message)

    def _send_state(self, followed: FollowedFigure) -> None:
        outbox, delivery = followed.outbox, followed.delivery
        if not may_send(followed):
            return
        delivery.sending = True  # first: somebody may wait for both to be over
        try:
            if (snapshot := outbox.pop_state()) is not None:
                with self._taker.budget.charged() as charge:
                    self._send_update(followed, snapshot)
                followed.cost.add(charge.seconds, time.monotonic())
        finally:
            delivery.sending = False

    def _send_update(self, followed: FollowedFigure, snapshot: Snapshot) -> None:
        delivery = followed.delivery
        delivery.revision += 1
        update = UpdateFigure(
            followed.window_id,
            delivery.revision,
            snapshot.kind,
            snapshot.rung.transfer,
            reason=clip(followed.ladder.reason or self._taker.best_reason),
            width=snapshot.width,
            height=snapshot.height,
            cell_id=followed.cell_id,
            overhead=round(self._taker.budget.overhead(time.monotonic()), 4),
            dropped=delivery.dropped,
            edits=snapshot.edits,
            **save_defaults(followed),
        )
        delivery.depart(snapshot)
        if not self._link.send(update, *snapshot.parts):
            delivery.in_flight = None
            followed.changes.retake()
