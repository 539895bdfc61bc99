"""The client of this process: one I/O thread for all figures.

Any thread may call the public methods, but for `close_what_left`; they set flags and
wake the I/O thread, which alone owns the sockets and speaks with the host, and follows
the figures.
"""

from __future__ import annotations

import atexit
import os
import threading
import time
from typing import TYPE_CHECKING

from jlab_qtwindows.kernel.input.alarms import Alarms
from jlab_qtwindows.kernel.input.callbacks import MainQueue
from jlab_qtwindows.kernel.input.prompts import Prompts
from jlab_qtwindows.kernel.process import identity
from jlab_qtwindows.kernel.process.activity import Activity
from jlab_qtwindows.kernel.process.unattended import shows_no_windows
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, Snapshot

from .conversation import Conversation, close_figure
from .finder import HostFinder
from .iothread import IoThread
from .leaving import Leaving
from .link import Link

if TYPE_CHECKING:
    from jlab_qtwindows.kernel.follow.followed import FollowedFigure
    from jlab_qtwindows.kernel.follow.follower import Follower
    from jlab_qtwindows.kernel.follow.taker import Taker
    from jlab_qtwindows.protocol.messages import Welcome

__all__ = ["FigureClient", "get_client"]


class FigureClient:
    """Follows figures and keeps the host informed; one for each process."""

    def __init__(self) -> None:
        self.activity = Activity(self.wake)
        self.main_queue = MainQueue(self.activity)
        self._prompts = Prompts(self.main_queue)
        self.alarms = Alarms(self.wake)
        self._link = Link()
        self._finder = HostFinder(self._link, self._end_waiting)
        if shows_no_windows():
            self._finder.do_without(
                "nobody watches this run, so that no windows are opened"
            )
        self._conversation = Conversation(
            self._link, self._finder, self.main_queue, self.wake, self.activity
        )
        self.leaving = Leaving(self._conversation)
        self._io = IoThread(
            self._link,
            self._finder,
            self._conversation,
            self.leaving,
            self.alarms,
            self._prompts,
            self._end_waiting,
        )
        self.activity.attach(identity.ipython())
        self.main_queue.on_post = self.wake
        self._io.start()

    @property
    def follower(self) -> Follower:
        return self._conversation.follower

    @property
    def taker(self) -> Taker:
        return self._conversation.taker

    @property
    def figures(self) -> dict[str, FollowedFigure]:
        return self._conversation.figures

    @property
    def welcome(self) -> Welcome | None:
        """What the host has said of itself; None while there is none."""
        return self._conversation.welcome

    @property
    def unavailable(self) -> str:
        """Why there is no host; "" while one answers or may still come."""
        return self._finder.unavailable

    @property
    def unseen(self) -> str:
        """Why nobody can see or close a window; "" while that may still be."""
        return self._finder.unavailable or self._finder.hidden

    @property
    def is_hidden(self) -> bool:
        """Whether there is a host whose windows nobody can see."""
        return bool(self._finder.hidden)

    @property
    def owes_closings(self) -> bool:
        """Whether the host has yet to be told of a window that was closed here."""
        return self._conversation.sender.owes_closings

    # -- any thread --------------------------------------------------------------------

    def add(self, followed: FollowedFigure) -> None:
        """Begin to follow a figure."""
        self.figures[followed.window_id] = followed

    def open(self, followed: FollowedFigure) -> None:
        """Give the figure a window, now or as soon as there is a host."""
        if followed.window.may_open():
            self._io.host_wanted = True
            followed.announce()
            followed.window.open()  # only now, lest something goes before the opening
            self._prompts.serve_terminal()
            self.wake()

    def close(self, followed: FollowedFigure) -> None:
        """Stop following; close the window."""
        had_window = followed.window.close()
        followed.inputs.close()
        if self.figures.pop(followed.window_id, None) is not None and had_window:
            self._conversation.sender.close_window(followed.window_id)
            self.wake()

    def show_pixels(
        self, followed: FollowedFigure, pixels: bytes, width: int, height: int
    ) -> None:
        """Show RGBA `pixels` of `height` x `width` next; newer ones replace them."""
        now = time.monotonic()
        followed.put_waiting(Snapshot(Rung.FRAMES, (pixels,), width, height, since=now))
        self.wake()

    def wake(self) -> None:
        """Make the I/O thread look; cheap while it is awake or soon will be."""
        self._io.wake()

    def take_soon(self, followed: FollowedFigure) -> None:
        """Take what was changed under a hold, here or in the I/O thread; any thread."""
        if followed.changes.dirty and not self.taker.take_now(followed):
            self.wake_for_change()

    def wake_for_change(self) -> None:
        """Make the I/O thread look at a change, unless the budget is spent anyway."""
        if not self._io.budget_spent:
            self.wake()

    def take_moment(self) -> None:
        """Without the GIL, take what is dirty here: this thread is at a moment for it.

        Not where it is inside Matplotlib, in a function that is not parked.
        """
        moments = self._conversation.moments
        if moments is not None and self.welcome is not None:
            moments.take()

    def stop(self) -> None:
        """Leave the host; its windows stay open there. May be called twice."""
        self.activity.detach()
        self._io.stop()

    def close_what_left(self) -> None:
        """Close the figures whose windows the user has closed; main thread."""
        for followed in list(self.figures.values()):
            if followed.window.closing:
                close_figure(followed)

    def _end_waiting(self) -> None:
        """Make what waits for windows look whether any will be seen."""
        self.main_queue.post(lambda: None)


_client: FigureClient | None = None
_client_lock = threading.Lock()  # guards `_client`: two threads may plot first


def get_client() -> FigureClient:
    """Return this process's client, started on first use."""
    global _client
    with _client_lock:
        if _client is None:
            _client = FigureClient()
            atexit.register(_leave, _client)
        return _client


def _leave(client: FigureClient) -> None:
    """Run the last callbacks, of windows that the user has closed; then stop."""
    client.close_what_left()
    client.stop()


def _forget_in_child() -> None:
    """Leave the parent's threads and sockets alone in a forked child."""
    global _client, _client_lock
    if _client is not None:
        atexit.unregister(_leave)
        _client._io.forget()
    _client, _client_lock = None, threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_in_child)
