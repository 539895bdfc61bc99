"""The kernel's end of the conversation with the host: one I/O thread for all figures.

Any thread may call the public methods; they set flags and wake the I/O thread, which
alone owns the sockets, follows the figures and speaks with the host.
"""

from __future__ import annotations

import atexit
import collections
import logging
import os
import threading
import time
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.messages import (
    CloseWindow,
    FigureRejected,
    FigureShown,
    Message,
    OpenFigure,
    Refused,
    SendFull,
    UpdateFigure,
    UpdateTaken,
    Welcome,
    WindowClosed,
)
from jlab_qtwindows.protocol.model import clip

from . import identity
from .callbacks import MainQueue
from .finder import HostFinder
from .follower import Follower
from .link import Link
from .snapshot import Rung, Snapshot

if TYPE_CHECKING:
    from .followed import FollowedFigure

__all__ = ["HostClient", "get_client"]

logger = logging.getLogger(__name__)

SHORT_SLEEP = 0.020  # s; the thread looks again so soon that nobody needs to wake it
_STOP_TIMEOUT = 2.0  # s
_OUR_FAULT = "an error in jlab_qtwindows itself; please report it"
_FAILURES_IN_A_ROW = 5  # turns that fail before the thread gives up
_UNCONFIRMED = 4  # revisions whose drawing is awaited: one taken, one on its way, spare


class HostClient:
    """Follows figures and keeps the host informed; one for each process."""

    def __init__(self) -> None:
        self.main_queue = MainQueue()
        self.follower = Follower(self._on_taken)
        self.figures: dict[str, FollowedFigure] = {}
        self.welcome: Welcome | None = None
        self._link = Link()
        # A show() that waits for its windows ends when none will come.
        self._finder = HostFinder(
            self._link, lambda: self.main_queue.post(lambda: None)
        )
        self._closed_windows: collections.deque[str] = collections.deque()
        self._host_id = ""
        self._wanted = False
        self._stopping = False
        self._sleeping = False
        self._news = False
        self._resting = False
        self._thread = threading.Thread(
            target=self._run, name="jlab-qtwindows-io", daemon=True
        )
        self._thread.start()

    @property
    def unavailable(self) -> str:
        """Why there is no host; "" while one answers or may still come."""
        return self._finder.unavailable

    def _end_waiting(self) -> None:
        self.main_queue.post(lambda: None)

    # -- any thread --------------------------------------------------------------------

    def add(self, followed: FollowedFigure) -> None:
        """Begin to follow a figure."""
        self.figures[followed.window_id] = followed

    def open(self, followed: FollowedFigure) -> None:
        """Give the figure a window, now or as soon as there is a host."""
        if not followed.opened:
            followed.outgoing.clear()  # the message below carries title and size
            followed.opened = True
            self._wanted = True
            followed.post(followed.open_message())

    def close(self, followed: FollowedFigure) -> None:
        """Stop following; close the window."""
        followed.closed = True
        if self.figures.pop(followed.window_id, None) is not None and followed.opened:
            self._closed_windows.append(followed.window_id)
            self.wake()

    def wake(self) -> None:
        """Make the I/O thread look; cheap while it is awake or soon will be."""
        self._news = True
        if self._sleeping:
            self._sleeping = False
            self._link.wake()

    def wake_if_due(self) -> None:
        """Make the I/O thread look at a change, unless the budget is spent anyway."""
        if not self._resting:
            self.wake()

    def stop(self) -> None:
        """Leave the host; its windows stay open there. May be called twice."""
        self._stopping = True
        self._sleeping = False
        self._link.wake()
        self._thread.join(_STOP_TIMEOUT)

    # -- I/O thread --------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._finder.find()
            failures = 0
            while not self._stopping:
                try:
                    self._turn()
                    failures = 0
                except Exception:
                    failures += 1
                    if failures >= _FAILURES_IN_A_ROW:
                        raise
                    logger.exception("a turn of the I/O thread failed")
        except Exception:
            if not self._stopping:
                logger.exception("the I/O thread failed")
                self._finder.give_up(
                    "an error in jlab_qtwindows itself; please report it"
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
        wait: float | None = None
        if self.welcome is not None:
            cpu = time.thread_time()
            wait = self.follower.step(list(self.figures.values()), time.monotonic())
            self._resting = self.follower.resting
            self._send_waiting()
            self.follower.budget.spend(time.thread_time() - cpu, time.monotonic())
        wait = self._sooner(wait, self._finder.check())
        self._sleeping = wait is None or wait > SHORT_SLEEP
        if self._sleeping and (self._news or self._stopping):
            # It came after the look above and before the thread called itself asleep.
            self._sleeping = False
            wait = 0.0
        messages, lost, made = self._link.poll(wait)
        self._sleeping = self._resting = False
        if lost:
            self._on_lost()
        if made:
            self._link.say_hello()
        for message in messages:
            self._on_message(message)

    @staticmethod
    def _sooner(a: float | None, b: float | None) -> float | None:
        return b if a is None else a if b is None else min(a, b)

    # -- conversation ------------------------------------------------------------------

    def _on_lost(self) -> None:
        if self.welcome is None:
            return
        self.welcome = None
        if not self._stopping:
            self._finder.on_lost()

    def _on_message(self, message: Message) -> None:
        if isinstance(message, Welcome):
            self._on_welcome(message)
        elif isinstance(message, Refused):
            self._finder.give_up(
                f"the window host refused this kernel: {message.reason}"
            )
        elif isinstance(message, UpdateTaken | FigureShown | FigureRejected):
            followed = self.figures.get(message.window_id)
            if followed is not None:
                self._on_progress(followed, message)
        elif isinstance(message, SendFull):
            followed = self.figures.get(message.window_id)
            if followed is not None:
                self._open_again(followed)
        elif isinstance(message, WindowClosed):
            followed = self.figures.get(message.window_id)
            if followed is not None:
                # At once: the next state must not open the window again.
                followed.opened = False
                followed.restart()
                self.main_queue.post(lambda: self.on_window_closed(followed))
        else:
            logger.warning("unexpected message %s", message.type)

    def on_window_closed(self, followed: FollowedFigure) -> None:
        """Close the figure as the person closed its window; main thread."""
        from matplotlib._pylab_helpers import Gcf

        manager = followed.figure.canvas.manager
        if manager is not None:
            Gcf.destroy(manager)

    def _on_welcome(self, welcome: Welcome) -> None:
        self._finder.on_welcome()
        self.welcome = welcome
        self.follower.least_rung, self.follower.least_reason = _least_rung(welcome)
        if welcome.host_id != self._host_id:
            self._host_id = welcome.host_id
            self._closed_windows.clear()
            for followed in list(self.figures.values()):
                self._open_again(followed)
        else:
            for followed in list(self.figures.values()):
                if followed.in_flight is not None:
                    followed.in_flight = None
                    followed.dirty = True

    def _open_again(self, followed: FollowedFigure) -> None:
        followed.restart()
        if followed.opened:
            followed.outgoing[OpenFigure] = followed.open_message()
            followed.dirty = True

    def _on_progress(
        self,
        followed: FollowedFigure,
        message: UpdateTaken | FigureShown | FigureRejected,
    ) -> None:
        if message.revision == followed.in_flight:
            followed.in_flight = None
        if isinstance(message, FigureShown):
            followed.shown += 1
            followed.fps = message.fps
            followed.draw_seconds = message.draw_seconds
            followed.draw_error = ""
            since = followed.sent_since.pop(message.revision, None)
            if since is not None:
                followed.latencies.append(time.monotonic() - since)
        elif isinstance(message, FigureRejected):
            if message.stage == "load":
                self.follower.descend(followed, message.reason)
                followed.dirty = True
            elif followed.draw_error != message.reason:
                followed.draw_error = message.reason
                logger.error("%s cannot be drawn: %s", followed.title, message.reason)

    # -- sending -----------------------------------------------------------------------

    def _on_taken(self, followed: FollowedFigure, snapshot: Snapshot) -> None:
        """Take over a finished snapshot; the thread that took it."""
        followed.put_waiting(snapshot)
        self.wake()

    def _send_waiting(self) -> None:
        while self._closed_windows:
            if not self._link.send(CloseWindow(self._closed_windows[0])):
                return
            self._closed_windows.popleft()
        for followed in list(self.figures.values()):
            for kind, message in list(followed.outgoing.items()):
                if not followed.opened or not self._link.send(message):
                    break
                if followed.outgoing.get(kind) is message:
                    followed.outgoing.pop(kind, None)
            snapshot = followed.waiting
            if snapshot is not None and followed.in_flight is None and followed.opened:
                followed.waiting = None
                self._send_update(followed, snapshot)

    def _send_update(self, followed: FollowedFigure, snapshot: Snapshot) -> None:
        followed.revision += 1
        update = UpdateFigure(
            followed.window_id,
            followed.revision,
            snapshot.kind,
            snapshot.rung.transfer,
            reason=clip(followed.reason or self.follower.least_reason),
            width=snapshot.width,
            height=snapshot.height,
            cell_id=followed.cell_id,
            overhead=round(self.follower.budget.overhead(time.monotonic()), 4),
            dropped=followed.dropped,
        )
        followed.in_flight = followed.revision
        followed.sent_since[followed.revision] = followed.taken_since
        while len(followed.sent_since) > _UNCONFIRMED:
            followed.sent_since.pop(next(iter(followed.sent_since)))
        if not self._link.send(update, *snapshot.parts):
            followed.in_flight = None
            followed.dirty = True


def _least_rung(welcome: Welcome) -> tuple[Rung, str]:
    """Return the best rung these versions allow, and why no better one.

    Pickles of figures cross neither minor versions of Matplotlib nor of Python
    (by-value code objects), nor major versions of numpy.
    """
    own: dict[str, Any] = {**identity.versions()}
    for name, digits in (("python", 2), ("matplotlib", 2), ("numpy", 1)):
        here, there = own[name], getattr(welcome, name)
        if here.split(".")[:digits] != there.split(".")[:digits]:
            label = {"python": "Python", "matplotlib": "Matplotlib"}.get(name, name)
            return (
                Rung.FRAMES,
                f"the kernel has {label} {here}, the window host {there}",
            )
    return Rung.MIRROR, ""


_client: HostClient | None = None
_client_lock = threading.Lock()  # guards `_client`: two threads may plot first


def get_client() -> HostClient:
    """Return this process's client, started on first use."""
    global _client
    with _client_lock:
        if _client is None:
            _client = HostClient()
            atexit.register(_client.stop)
        return _client


def _forget_in_child() -> None:
    """Leave the parent's threads and sockets alone in a forked child."""
    global _client, _client_lock
    if _client is not None:
        atexit.unregister(_client.stop)
        _client._sleeping = False  # its thread is not here: nothing to wake
    _client, _client_lock = None, threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_in_child)
