"""The client of this process: one I/O thread for all figures.

Any thread may call the public methods, but for `close_what_left`; they set flags and
wake the I/O thread, which alone owns the sockets and speaks with the host, and follows
the figures.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time
from typing import TYPE_CHECKING

from jlab_qtwindows.kernel.input.alarms import Alarms
from jlab_qtwindows.kernel.input.callbacks import MainQueue
from jlab_qtwindows.kernel.input.prompts import Prompts
from jlab_qtwindows.kernel.process import identity
from jlab_qtwindows.kernel.process.activity import Activity
from jlab_qtwindows.kernel.process.gil import gil_is_on
from jlab_qtwindows.kernel.process.unattended import shows_no_windows
from jlab_qtwindows.kernel.process.words import admit
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, Snapshot, prepare

from .conversation import Conversation, close_figure
from .finder import HostFinder
from .leaving import Leaving
from .link import Link

if TYPE_CHECKING:
    from jlab_qtwindows.kernel.follow.followed import FollowedFigure
    from jlab_qtwindows.kernel.follow.follower import Follower
    from jlab_qtwindows.kernel.follow.taker import Taker
    from jlab_qtwindows.protocol.messages import Welcome

__all__ = ["FigureClient", "get_client"]

logger = logging.getLogger(__name__)

SHORT_SLEEP = 0.020  # s; the thread looks again so soon that nobody needs to wake it
_STOP_TIMEOUT = 2.0  # s
_FAILURES_IN_A_ROW = 5  # turns that fail before the thread gives up


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
        self._wanted = False
        self._stopping = False
        self._sleeping = False
        self._news = False
        self._budget_spent = False
        self.activity.attach(identity.ipython())
        self.main_queue.on_post = self.wake
        self._thread = threading.Thread(
            target=self._run, name="jlab-qtwindows-io", daemon=True
        )
        try:
            self._thread.start()
        except RuntimeError as error:  # the system's limit of threads
            self._finder.give_up(str(error))

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
        if not (followed.opened or followed.closing):
            self._wanted = True
            followed.announce()
            followed.opened = True  # only now, lest something goes before the opening
            self._prompts.serve_terminal()
            self.wake()

    def close(self, followed: FollowedFigure) -> None:
        """Stop following; close the window."""
        followed.closed = True
        followed.inputs.close()
        if self.figures.pop(followed.window_id, None) is not None and followed.opened:
            followed.opened = False
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
        self._news = True
        if self._sleeping:
            self._sleeping = False
            self._link.wake()

    def take_soon(self, followed: FollowedFigure) -> None:
        """Take what was changed under a hold, here or in the I/O thread; any thread."""
        if followed.changes.dirty and not self.taker.take_now(followed):
            self.wake_for_change()

    def wake_for_change(self) -> None:
        """Make the I/O thread look at a change, unless the budget is spent anyway."""
        if not self._budget_spent:
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
        self._stopping = True
        self.leaving.end()
        self._sleeping = False
        self._link.wake()
        if self._thread.ident is not None:
            self._thread.join(_STOP_TIMEOUT)

    def close_what_left(self) -> None:
        """Close the figures whose windows the user has closed; main thread."""
        for followed in list(self.figures.values()):
            if followed.closing:
                close_figure(followed)

    # -- I/O thread --------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._link.open()
            self._finder.find()
            if gil_is_on():
                prepare()
            failures = 0
            while not self._stopping:
                try:
                    self._turn()
                    failures = 0
                except Exception:
                    failures += 1
                    if failures >= _FAILURES_IN_A_ROW:
                        raise
                    admit("the windows were not served for a moment", "It goes on")
            # What a program has closed as its last act is not to stay on the screen.
            self._conversation.sender.send_closings()
        except OSError as error:  # no descriptors are left, for one
            if not self._stopping:
                self._finder.give_up(str(error))
        except Exception as error:
            if not self._stopping:
                logger.debug("the I/O thread failed", exc_info=True)
                self._finder.give_up(
                    f"an error in jlab_qtwindows itself ({error!r}); please report it"
                )
        finally:
            self._link.close()
            self._finder.stop()
            self._end_waiting()

    def _turn(self) -> None:
        """Do what can be done now, then wait for the next thing."""
        self._news = False
        if self._wanted and self._finder.needs_own_host:
            self._finder.start_own_host()
        wait = self._conversation.speak()
        self.leaving.on_look()
        self._budget_spent = self.welcome is not None and self.follower.budget_spent
        wait = self._sooner(wait, self._finder.check())
        wait = self._sooner(wait, self.alarms.ring(time.monotonic()))
        wait = self._sooner(wait, self._conversation.departures.check(time.monotonic()))
        wait = self._sooner(wait, self._prompts.check())
        self._sleeping = wait is None or wait > SHORT_SLEEP
        if self._sleeping and (self._news or self._stopping):
            # It came after the look above and before the thread called itself asleep.
            self._sleeping = False
            wait = 0.0
        messages, lost, made = self._link.poll(wait)
        self._sleeping = self._budget_spent = False
        if lost and not self._stopping:
            self._conversation.on_lost()
        if made:
            self._link.say_hello()
        for message in messages:
            self._conversation.on_message(message)

    @staticmethod
    def _sooner(a: float | None, b: float | None) -> float | None:
        return b if a is None else a if b is None else min(a, b)

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
        _client._sleeping = False  # its thread is not here: nothing to wake
    _client, _client_lock = None, threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_in_child)
