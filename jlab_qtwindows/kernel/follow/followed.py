"""One figure that is followed: its window, and what is known of it.

Composes its parts, each with writers of its own: its window (windowstate.py), what has
changed (changes.py), what its Axes hold (contents.py), when it may be taken (pace.py),
how it travels (ladder.py), what waits (outbox.py, behind its lock) and what is on its
way (delivery.py). The thread that changes the figure only sets flags here.
"""

from __future__ import annotations

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
from .flowcontrol import may_send
from .ladder import Ladder
from .outbox import Outbox
from .pace import Pace
from .windowstate import WindowState

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from matplotlib.figure import Figure

    from jlab_qtwindows.kernel.process.clock import Clock
    from jlab_qtwindows.kernel.snapshot.snapshot import Snapshot

__all__ = ["FollowedFigure"]

logger = logging.getLogger(__name__)


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
        self.num = num
        self.created = time.time()
        self.cell_id = identity.cell_id()
        self._wake = wake
        self._wake_for_change = wake_for_change

        self.window = WindowState(f"Figure {num}")
        self.changes = Changes(clock)
        self.contents = Contents(figure)
        self.pace = Pace()
        self.ladder = Ladder()
        self.outbox = Outbox()
        self.delivery = Delivery(clock)
        self.cost = Cost()
        self.inputs = InputQueue()
        self.edits = EditQueue(figure)
        self.wishes = Wishes(self)

    @property
    def title(self) -> str:
        return self.window.title

    @property
    def manager(self) -> Any:
        return self.window.manager

    @property
    def opened(self) -> bool:
        return self.window.opened

    @property
    def closed(self) -> bool:
        return self.window.closed

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
            # Not what another thread is in the middle of building.
            if needs_drawing(self.canvas) and _is_main_thread():
                self.canvas.draw_soon()
            self.mark_dirty()

    def held(self) -> AbstractContextManager[None]:
        """Let no state be taken within the block."""
        return self.changes.held()

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
        self.window.raise_last()
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
            self.window.has_toolbar,
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
        return self.opened or (self.window.closing and _is_main_thread())

    def is_leaving(self) -> bool:
        """Return whether a state is taken and about to be sent."""
        return self.delivery.sending or may_send(self)

    def has_unsent_state(self) -> bool:
        """Return whether a state waits to be taken or sent."""
        waits = self.changes.dirty or self.outbox.state is not None
        return not self.changes.holds and waits

    # -- the thread that takes a state, or the I/O thread ------------------------------

    def put_waiting(self, snapshot: Snapshot) -> None:
        """Keep the newest state for sending; an older one that waited is dropped."""
        if self.outbox.put_state(snapshot):
            self.delivery.dropped += 1

    def keep_taken(self, snapshot: Snapshot) -> None:
        """Keep a state that was taken, have it sent, and lay the figure out like it."""
        self.put_waiting(snapshot)
        self.canvas.layout.on_taken(snapshot, self.changes.taken)
        self._wake()

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


def _is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
