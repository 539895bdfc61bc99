"""One figure that is followed: its window, and what is known of it.

Composes its parts, each with writers of its own: what has changed (changes.py), what
its Axes hold (contents.py), when it may be taken (pace.py), how it travels (ladder.py),
what waits (outbox.py, behind its lock) and what is on its way (delivery.py). The thread
that changes the figure only sets flags here (`on_stale`, `request`).
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import threading
import time
import uuid
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

from jlab_qtwindows.kernel.input.edits import EditQueue
from jlab_qtwindows.kernel.input.inputs import InputQueue, needs_drawing
from jlab_qtwindows.kernel.input.wishes import Wishes
from jlab_qtwindows.kernel.process import identity
from jlab_qtwindows.protocol.messages import (
    Message,
    OpenFigure,
    RaiseWindow,
    WantEvents,
)

from .changes import Changes
from .contents import Contents
from .cost import Cost
from .delivery import Delivery
from .ladder import Ladder
from .outbox import Outbox
from .pace import Pace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from matplotlib.figure import Figure

    from jlab_qtwindows.kernel.snapshot.snapshot import Snapshot

    from .clock import Clock

__all__ = ["FollowedFigure"]

logger = logging.getLogger(__name__)

_next_raise = itertools.count(1).__next__


class FollowedFigure:
    """State of one figure between pyplot and the host."""

    def __init__(
        self,
        figure: Figure,
        num: int,
        wake: Callable[[], None],
        wake_for_change: Callable[[], None],
        *,
        clock: Clock = time,
    ) -> None:
        self.window_id = uuid.uuid4().hex
        self.figure = figure
        # Not always those of the figure: it may be given others for a while.
        self.canvas: Any = figure.canvas
        self.manager: Any = None
        self.num = num
        self.title = f"Figure {num}"
        self.created = time.time()
        self.cell_id = identity.cell_id()
        self._wake = wake
        self._wake_for_change = wake_for_change

        # Set by any thread.
        self.opened = False
        self.closing = False  # the user has closed the window, the figure not yet
        self.closed = False
        self.holds = 0
        self.holding = threading.Lock()  # guards `holds`: threads may hold together
        self.raised = 0  # which of the wishes to raise a window was its last
        self.has_toolbar = True

        self.changes = Changes(clock)
        self.contents = Contents(figure)
        self.pace = Pace()
        self.ladder = Ladder()
        self.outbox = Outbox()
        self.delivery = Delivery()
        self.cost = Cost()
        self.inputs = InputQueue()
        self.edits = EditQueue(figure)
        self.wishes = Wishes(self)

    # -- any thread: microseconds ------------------------------------------------------

    def on_stale(self, figure: Figure, stale: bool) -> None:
        """Matplotlib's `stale_callback`: runs inside every change of the figure."""
        if not stale or figure.canvas.is_saving():
            return
        changes = self.changes
        if threading.get_ident() in changes.rendering_in:
            return
        changes.note()
        if changes.on_next is not None:
            changes.call_on_next()
        if mpl.is_interactive():
            if needs_drawing(self.canvas):
                self._draw_for_listeners()
            self.mark_dirty()

    def _draw_for_listeners(self) -> None:
        # Not what another thread is in the middle of building.
        if threading.current_thread() is threading.main_thread():
            self.canvas.draw_soon()

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Let no state be taken within the block."""
        with self.holding:
            self.holds += 1
        try:
            yield
        finally:
            with self.holding:
                self.holds -= 1

    def request(self) -> None:
        """Ask for the figure to be shown, interactive mode or not."""
        self.changes.note()
        self.mark_dirty()

    def mark_dirty(self, since: float | None = None) -> None:
        """Be dirty, and have the I/O thread look; it knows already of one that is.

        `since` is the time at which a state that got lost became dirty.
        """
        if self.ladder.drawn_by_hand:
            self.canvas.draw_soon()  # on the main thread, with its callbacks
        elif self.changes.mark_dirty(since) and self.opened:
            self._wake_for_change()

    def post(self, message: Message, kind: object = None) -> None:
        """Send a message; one of the same kind (its type) that waits is replaced."""
        self.outbox.post(message, kind)
        self._wake()

    def toggle(self, message: Message) -> None:
        """Send it, or take back the one that waits: twice is not at all."""
        self.outbox.change(type(message), lambda waits: None if waits else message)
        self._wake()

    def raise_window(self, *, keyboard: bool) -> None:
        """Have the window raised after all that have been raised before."""
        self.raised = _next_raise()
        self.outbox.change(
            RaiseWindow,
            lambda waiting: RaiseWindow(
                self.window_id, keyboard or getattr(waiting, "keyboard", False)
            ),
        )
        self._wake()

    def keep_posted(self, message: Message, kind: object = None) -> None:
        """Tell the window, and each one that this figure may get after it."""
        self.outbox.keep(message, kind, answered=self.wishes.answered)
        if self.opened:  # else the opening will
            self._wake()

    def draw_by_hand(self) -> None:
        """Show the pixels of the program's own canvas from now on."""
        self.ladder.draw_by_hand()
        self.changes.dirty = False

    def announce(self) -> None:
        """Tell the host all it needs to make the window, and then what waits for it."""
        self.outbox.announce(self._opening)

    def _opening(self) -> OpenFigure:
        width, height = (int(size) for size in self.figure.bbox.size)
        return OpenFigure(
            self.window_id,
            self.num,
            self.title,
            width,
            height,
            self.created,
            self.has_toolbar,
        )

    @property
    def wanted(self) -> tuple[list[str], list[str]]:
        """The events that windows are told to send, as `WantEvents` has them."""
        told = self.outbox.standing(WantEvents)
        return (told.kinds, told.taken) if isinstance(told, WantEvents) else ([], [])

    def want(self, kinds: list[str], taken: list[str]) -> None:
        """Have these input events sent, and no others; see `WantEvents`."""
        if (kinds, taken) != self.wanted:
            self.keep_posted(WantEvents(self.window_id, kinds, taken))

    def is_waited_for(self) -> bool:
        """Return whether `show` waits for this window, in the calling thread.

        The figure is closed in the main thread, which may wait for this one.
        """
        is_main = threading.current_thread() is threading.main_thread()
        return self.opened or (self.closing and is_main)

    def is_leaving(self) -> bool:
        """Return whether a state is taken and about to be sent."""
        waits = self.outbox.state is not None
        return self.delivery.sending or (waits and self.delivery.in_flight is None)

    def has_unsent_state(self) -> bool:
        """Return whether a state waits to be taken or sent."""
        waits = self.changes.dirty or self.outbox.state is not None
        return not self.holds and waits

    # -- the thread that takes a state, or the I/O thread ------------------------------

    def put_waiting(self, snapshot: Snapshot) -> None:
        """Keep the newest state for sending; an older one that waited is dropped."""
        if self.outbox.put_state(snapshot):
            self.delivery.dropped += 1

    def descend(self, why: str) -> None:
        """Have it travel by the next rung of the ladder; say where none is left."""
        if not self.ladder.descend(why):
            self.tell_draw_error(why)
            # Nothing can show it; the next change tries again.
            self.changes.dirty = False

    def tell_draw_error(self, why: str) -> None:
        """Note why the figure cannot be drawn; log it, once."""
        if self.delivery.note_draw_error(why):
            logger.error("%s cannot be drawn: %s", self.title, why)

    def restart(self) -> Snapshot | None:
        """Forget what an earlier host knew; return the state that it has not got."""
        self.edits.forget()
        self.delivery.restart()
        waiting = self.outbox.pop_state()
        self.contents.forget_shown()
        self.changes.taken = 0
        return waiting
