"""What the kernel and the host say to each other about the figures.

I/O thread, but for `close_figure` (main thread), for the edge of a cell without the
GIL, and for the figures and windows that any thread adds and takes away.
"""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.kernel.follow.followed import FollowedFigure
from jlab_qtwindows.kernel.follow.follower import Follower
from jlab_qtwindows.kernel.follow.moments import Moments
from jlab_qtwindows.kernel.follow.taker import Taker
from jlab_qtwindows.kernel.follow.trap import SafePointTrap
from jlab_qtwindows.kernel.process import identity
from jlab_qtwindows.kernel.process.figurelist import Gcf
from jlab_qtwindows.kernel.process.gil import gil_is_on
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, Snapshot
from jlab_qtwindows.protocol.environment.versions import Versions, difference
from jlab_qtwindows.protocol.messages import (
    AskCoordinates,
    ButtonPressed,
    FigureEdited,
    FigureRejected,
    FigureShown,
    InputEvent,
    Message,
    Refused,
    SendFull,
    ToolModeChanged,
    ToolUsed,
    UpdateTaken,
    Welcome,
    WindowClosed,
    WindowDescribed,
    WindowPlaced,
    WindowResized,
)

from .answers import Answers
from .coordinates import write_coordinates
from .departures import Departures
from .progress import Progress
from .sender import Sender

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.kernel.input.callbacks import MainQueue
    from jlab_qtwindows.kernel.input.inputs import Input
    from jlab_qtwindows.kernel.process.activity import Activity

    from .finder import HostFinder
    from .link import Link

__all__ = ["Conversation", "close_figure"]

logger = logging.getLogger(__name__)


class Conversation:
    """Has sent what the follower takes, and acts on what the host answers."""

    def __init__(
        self,
        link: Link,
        finder: HostFinder,
        main_queue: MainQueue,
        wake: Callable[[], None],
        activity: Activity,
    ) -> None:
        self.figures: dict[str, FollowedFigure] = {}
        self.taker = Taker(FollowedFigure.keep_taken, activity)
        self.follower = Follower(self.taker, SafePointTrap())
        self.sender = Sender(link, self.taker, self.figures)
        self.moments: Moments | None = None  # with the GIL the I/O thread takes them
        if not gil_is_on():
            self.moments = Moments(self.taker, self.figures, main_queue.post, wake)
            self.follower.ask = self.moments.ask
            activity.at_edge = self._take_at_edge
        self._answers = Answers(self.taker, main_queue, self.sender.tell_keymap)
        progress = Progress(self.figures, self.taker, self._answers)
        self.departures = Departures()
        self.welcome: Welcome | None = None
        self._finder = finder
        self._main_queue = main_queue
        self._wake = wake
        self._host_id = ""
        self._handlers: dict[type[Message], Callable[[Any], None]] = {
            Welcome: self._on_welcome,
            Refused: self._on_refused,
            UpdateTaken: progress.note,
            FigureShown: progress.note,
            FigureRejected: progress.note,
            SendFull: self._on_send_full,
            WindowClosed: self._on_window_closed,
            InputEvent: self._on_input,
            WindowResized: self._on_input,
            ToolUsed: self._on_input,
            ToolModeChanged: self._on_input,
            ButtonPressed: self._on_input,
            WindowPlaced: self._on_placed,
            WindowDescribed: self._on_described,
            FigureEdited: self._on_edited,
            AskCoordinates: self._on_asked,
        }

    # -- listening ---------------------------------------------------------------------

    def on_message(self, message: Message) -> None:
        """Act on a message of the host."""
        handler = self._handlers.get(type(message))
        if handler is None:
            logger.warning("unexpected message %s", message.type)
        else:
            handler(message)

    def on_lost(self) -> None:
        """The connection is gone: nothing is taken until there is a new one."""
        if self.welcome is not None:
            self.welcome = None
            self._finder.on_lost()

    def _on_welcome(self, welcome: Welcome) -> None:
        self.welcome = welcome
        self._finder.on_welcome(hidden=welcome.note if welcome.hidden else "")
        self.taker.best_rung, self.taker.best_reason = _best_rung(welcome)
        known = welcome.host_id == self._host_id
        self._host_id = welcome.host_id
        if not known:
            self.sender.forget_closings()
        for followed in list(self.figures.values()):
            if not known:
                self._open_again(followed)
            elif followed.delivery.in_flight is not None:
                followed.delivery.in_flight = None
                followed.changes.retake()

    def _on_refused(self, refused: Refused) -> None:
        why = f"the window process refused this kernel: {refused.reason}"
        self._finder.give_up(why)

    def _on_send_full(self, message: SendFull) -> None:
        followed = self.figures.get(message.window_id)
        if followed is not None:
            self._open_again(followed)

    def _open_again(self, followed: FollowedFigure) -> None:
        waiting = followed.restart()
        if followed.opened:
            followed.announce()
            if self.moments is not None and waiting is not None:
                self._keep(followed, waiting)
            followed.mark_dirty()

    def _keep(self, followed: FollowedFigure, snapshot: Snapshot) -> None:
        """Keep a state for a new host: the next may not be taken for long."""
        if snapshot.rung >= self.taker.best_rung:
            # The edits that it has are those of another host.
            followed.outbox.return_state(replace(snapshot, edits=0))

    def _on_window_closed(self, message: WindowClosed) -> None:
        followed = self.figures.get(message.window_id)
        if followed is not None:
            followed.window.close_by_user()
            followed.outbox.clear()
            followed.restart()
            self.departures.add(followed, time.monotonic())
            self._main_queue.post(lambda: close_figure(followed))

    def _on_input(self, message: Input) -> None:
        followed = self.figures.get(message.window_id)
        if followed is not None and followed.inputs.put(message):
            self._main_queue.post(lambda: self._answers.run_next_event(followed))

    def _on_placed(self, message: WindowPlaced) -> None:
        followed = self.figures.get(message.window_id)
        if followed is not None:
            followed.manager.place.note(message)

    def _on_described(self, message: WindowDescribed) -> None:
        followed = self.figures.get(message.window_id)
        if followed is not None:
            if message.failed:
                followed.tell_draw_error(message.failed)
            followed.delivery.describe(message)

    def _on_edited(self, message: FigureEdited) -> None:
        followed = self.figures.get(message.window_id)
        if followed is not None and followed.edits.put(message):
            self._main_queue.post(followed.edits.apply)

    def _on_asked(self, message: AskCoordinates) -> None:
        followed = self.figures.get(message.window_id)
        if followed is not None:
            self._main_queue.post(lambda: write_coordinates(followed, message))

    # -- the thread that runs a cell, without the GIL ----------------------------------

    def _take_at_edge(self) -> None:
        if self.moments is not None and not self._finder.unavailable:
            self.moments.take(cell_over=True)

    # -- speaking ----------------------------------------------------------------------

    def speak(self) -> float | None:
        """Take what is due and send what waits; return the seconds to the next look."""
        if self.welcome is None:
            return None
        wait = self.follower.step(list(self.figures.values()), time.monotonic())
        self.sender.send_waiting()
        return wait


def close_figure(followed: FollowedFigure) -> None:
    """Close the figure as the user closed its window; main thread."""
    if not followed.closed:
        Gcf.destroy(followed.manager)


def _best_rung(welcome: Welcome) -> tuple[Rung, str]:
    """Return the best rung these versions allow, and why no better one."""
    host = Versions(
        python=welcome.python, matplotlib=welcome.matplotlib, numpy=welcome.numpy
    )
    reason = difference(identity.versions(), host)
    return (Rung.FRAMES if reason else Rung.MIRROR), reason
