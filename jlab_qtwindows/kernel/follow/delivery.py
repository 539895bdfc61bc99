"""The delivery: what of one figure is on its way to the window, and what is shown.

The I/O thread. Also written are `behind` and `draw_error` by the thread that takes a
state, `dropped` by any that puts one into the outbox, and `answer_waits` by the main
thread, which answers the user.
"""

from __future__ import annotations

import collections
import time
from typing import TYPE_CHECKING

from jlab_qtwindows.kernel.snapshot.snapshot import Rung

if TYPE_CHECKING:
    from jlab_qtwindows.kernel.process.clock import Clock
    from jlab_qtwindows.kernel.snapshot.snapshot import Snapshot
    from jlab_qtwindows.protocol.messages import FigureShown, WindowDescribed

__all__ = ["Delivery"]

_UNCONFIRMED = 4  # revisions of which the time is kept until they are shown


class Delivery:
    """Numbers of the states that were sent, and what the host has said of them."""

    def __init__(self, clock: Clock = time) -> None:
        self._clock = clock
        self.revision = 0  # of the state that was sent last
        self.in_flight: int | None = None  # the revision that is not yet taken
        self.sending = False
        self.shows_frames = False  # the window has pixels: its tools act in here
        self.answer_waits = False  # the user acts, but the last frame is on its way
        self.behind = False  # the host knows that its last state is not the newest
        # s, the newest change of each state that was sent, by its revision
        self.sent_since: dict[int, float] = {}
        self.shown = 0
        self.dropped = 0
        self.fps = 0.0  # as the host told with the last state shown
        self.shown_at = 0.0  # s
        self.draw_seconds = 0.0
        # s, from a frame's newest change to its being drawn, of the newest frames
        self.latencies: collections.deque[float] = collections.deque(maxlen=200)
        self.draw_error = ""
        self.described: WindowDescribed | None = None  # as the host tells it

    def depart(self, snapshot: Snapshot) -> None:
        """Note that the present revision is this state, and on its way."""
        self.in_flight = self.revision
        self.shows_frames = snapshot.rung is Rung.FRAMES
        self.sent_since[self.revision] = snapshot.since
        while len(self.sent_since) > _UNCONFIRMED:
            self.sent_since.pop(next(iter(self.sent_since)))

    def arrive(self, revision: int) -> bool:
        """Note that the host has this revision; return whether it was on its way."""
        if revision != self.in_flight:
            return False
        self.in_flight = None
        return True

    def on_shown(self, message: FigureShown) -> None:
        """Note what the host tells of a state that is drawn."""
        self.shown += 1
        self.fps, self.shown_at = message.fps, self._clock.monotonic()
        self.draw_seconds = message.draw_seconds
        self.draw_error = ""
        since = self.sent_since.pop(message.revision, None)
        if since is not None:
            self.latencies.append(self._clock.monotonic() - since)

    def note_draw_error(self, why: str) -> bool:
        """Note why it cannot be drawn; return whether that is new."""
        is_new = self.draw_error != why
        self.draw_error = why
        return is_new

    def describe(self, message: WindowDescribed) -> None:
        """Note how the window stands; what it can draw again fails no more."""
        before, self.described = self.described, message
        if before is not None and before.failed == self.draw_error:
            self.draw_error = ""
        if message.failed:
            self.draw_error = message.failed

    def restart(self) -> None:
        """Forget what an earlier host knew."""
        self.in_flight = None
        self.behind = False
        self.described = None
