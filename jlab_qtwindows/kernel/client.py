"""The kernel's end of the conversation with the host: one I/O thread for all figures.

Any thread may call the public methods; they set flags and wake the I/O thread, which
alone owns the sockets, follows the figures and speaks with the host.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.connection import (
    CONNECTION_VARIABLE,
    ConnectionInfo,
    read_connection_file,
)
from jlab_qtwindows.protocol.errors import (
    ConnectionFileError,
    HostUnavailable,
    QtWindowsWarning,
)
from jlab_qtwindows.protocol.hoststate import read_host_state
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
from .follower import Follower
from .link import Link
from .ownhost import OwnHost
from .snapshot import Rung, Snapshot

if TYPE_CHECKING:
    from .followed import FollowedFigure

__all__ = ["HostClient", "get_client"]

logger = logging.getLogger(__name__)

WELCOME_TIMEOUT = 15.0  # s until a host that does not answer is worth a warning
SHORT_SLEEP = 0.020  # s; the thread looks again so soon that nobody needs to wake it
_STOP_TIMEOUT = 2.0  # s
_OUR_FAULT = (
    "the plot windows of this process have stopped following; please report this"
)


class HostClient:
    """Follows figures and keeps the host informed; one for each process."""

    def __init__(self) -> None:
        self.main_queue = MainQueue()
        self.follower = Follower(self._on_taken)
        self.figures: dict[str, FollowedFigure] = {}
        self.welcome: Welcome | None = None
        self.unavailable = ""  # why there is no host, once that is certain
        self._link = Link()
        self._info: ConnectionInfo | None = None
        self._own_host: OwnHost | None = None
        self._closed_windows: list[str] = []
        self._host_id = ""
        self._deadline: float | None = None
        self._warned: set[str] = set()
        self._wanted = False
        self._stopping = False
        self._sleeping = False
        self._thread = threading.Thread(
            target=self._run, name="jlab-qtwindows-io", daemon=True
        )
        self._thread.start()

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
        if self._sleeping:
            self._sleeping = False
            self._link.wake()

    def stop(self) -> None:
        """Leave the host; its windows stay open there. May be called twice."""
        self._stopping = True
        self._sleeping = False
        self._link.wake()
        self._thread.join(_STOP_TIMEOUT)

    # -- I/O thread --------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._find_host()
            while not self._stopping:
                self._turn()
        except Exception:
            logger.exception("the I/O thread failed")
            self.unavailable = "an error in jlab_qtwindows itself"
            self._warn(_OUR_FAULT)
        finally:
            self._link.close()
            if self._own_host is not None:
                self._own_host.stop()
            self.main_queue.post(lambda: None)  # ends a show() that waits

    def _turn(self) -> None:
        """Do what can be done now, then wait for the next thing."""
        if self._wanted and self._info is None and not self.unavailable:
            self._start_own_host()
        wait: float | None = None
        if self.welcome is not None:
            wait = self.follower.step(list(self.figures.values()), time.monotonic())
            self._send_waiting()
        wait = self._sooner(wait, self._check_deadline())
        self._sleeping = wait is None or wait > SHORT_SLEEP
        if self._sleeping and self._has_news():
            self._sleeping = False
            wait = 0.0
        messages, lost, made = self._link.poll(wait)
        self._sleeping = False
        if lost:
            self._on_lost()
        if made:
            self._link.say_hello()
        for message in messages:
            self._on_message(message)

    def _has_news(self) -> bool:
        """Look once more for what came after the last look and before the sleep."""
        if self._stopping or (
            self._wanted and self._info is None and not self.unavailable
        ):
            return True
        if self.welcome is None:
            return False
        return bool(self._closed_windows) or any(
            (f.opened and f.outgoing)
            or (f.opened and f.waiting is not None and f.in_flight is None)
            or (
                f.opened
                and f.dirty
                and not f.holds
                and f.in_flight is None
                and f.notes.dirty_since is None
            )
            for f in list(self.figures.values())
        )

    @staticmethod
    def _sooner(a: float | None, b: float | None) -> float | None:
        return b if a is None else a if b is None else min(a, b)

    # -- finding a host ----------------------------------------------------------------

    def _find_host(self) -> None:
        path = os.environ.get(CONNECTION_VARIABLE)
        if not path:
            return  # a script: its own host is started with the first window
        try:
            info = read_connection_file(path)
        except ConnectionFileError as error:
            self._warn(f"{error}. A window host of this process alone is used instead.")
            return
        self._connect(info)

    def _connect(self, info: ConnectionInfo) -> None:
        self._info = info
        self._deadline = time.monotonic() + WELCOME_TIMEOUT
        self._link.connect(info)
        self._link.ring(info)

    def _start_own_host(self) -> None:
        try:
            if self._own_host is None:
                self._own_host = OwnHost()
            self._own_host.ensure_running()
        except (HostUnavailable, OSError) as error:
            self._give_up(str(error))
            return
        if self._info is None:
            self._connect(self._own_host.info)

    def _check_deadline(self) -> float | None:
        """Warn once when no host answers; return the seconds until then."""
        if self._deadline is None:
            return None
        if self._own_host is not None:
            reason = self._own_host.failure()
            if reason:
                self._deadline = None
                self._give_up(reason)
                return None
        left = self._deadline - time.monotonic()
        if left > 0:
            # An own host that dies at once is noticed soon; a server names its reason.
            return min(left, 0.25) if self._own_host is not None else min(left, 1.0)
        self._deadline = None
        self._give_up(self._server_reason() or "the window host does not answer")
        return None

    def _server_reason(self) -> str:
        path = os.environ.get(CONNECTION_VARIABLE)
        state = read_host_state(Path(path).parent) if path else None
        return state.reason if state is not None else ""

    def _give_up(self, reason: str) -> None:
        self.unavailable = clip(reason)
        self._warn(
            f"no plot windows: {self.unavailable}. Plotting goes on without them; "
            "figures can still be saved with savefig."
        )
        self.main_queue.post(lambda: None)

    def _warn(self, text: str) -> None:
        """Say it once, in the notebook or on the terminal."""
        if text not in self._warned:
            self._warned.add(text)
            with warnings.catch_warnings():
                # Once and visible, also where the person made warnings errors: there is
                # no call of theirs here into which an error could be raised.
                warnings.simplefilter("always")
                warnings.warn(text, QtWindowsWarning, stacklevel=1)

    # -- conversation ------------------------------------------------------------------

    def _on_lost(self) -> None:
        if self.welcome is None:
            return
        self.welcome = None
        if self._own_host is not None and not self._stopping:
            self._start_own_host()
            self._deadline = time.monotonic() + WELCOME_TIMEOUT

    def _on_message(self, message: Message) -> None:
        if isinstance(message, Welcome):
            self._on_welcome(message)
        elif isinstance(message, Refused):
            self._deadline = None
            self._give_up(f"the window host refused this kernel: {message.reason}")
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
                self.main_queue.post(lambda: self.on_window_closed(followed))
        else:
            logger.warning("unexpected message %s", message.type)

    def on_window_closed(self, followed: FollowedFigure) -> None:
        """Close the figure as the person closed its window; main thread."""
        from matplotlib._pylab_helpers import Gcf

        followed.opened = False  # the window is gone already
        manager = followed.figure.canvas.manager
        if manager is not None:
            Gcf.destroy(manager)

    def _on_welcome(self, welcome: Welcome) -> None:
        self._deadline = None
        self.unavailable = ""
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
            followed.latency = time.monotonic() - followed.sent_since.pop(
                message.revision, time.monotonic()
            )
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
            self._link.send(CloseWindow(self._closed_windows.pop(0)))
        for followed in list(self.figures.values()):
            while followed.opened and followed.outgoing:
                kind = next(iter(followed.outgoing))
                self._link.send(followed.outgoing.pop(kind))
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
        followed.sent_since = {followed.revision: followed.taken_since}
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
    _client, _client_lock = None, threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_in_child)
