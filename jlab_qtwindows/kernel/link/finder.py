"""Finds a window host for this process: the server's, else one of its own.

I/O thread, but for what is known before that begins. Says once, in words, why there is
none.
"""

from __future__ import annotations

import os
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.errors import (
    ConnectionFileError,
    HostUnavailable,
    QtWindowsWarning,
)
from jlab_qtwindows.protocol.meeting.connection import (
    CONNECTION_VARIABLE,
    ConnectionInfo,
    read_connection_file,
)
from jlab_qtwindows.protocol.meeting.hoststate import read_host_state
from jlab_qtwindows.protocol.meeting.launch import REMEDY
from jlab_qtwindows.protocol.model import clip

from .ownhost import OwnHost

if TYPE_CHECKING:
    from collections.abc import Callable

    from .link import Link

__all__ = ["HostFinder"]

WELCOME_TIMEOUT = 15.0  # s until a host that does not answer is worth a warning
OWN_WELCOME_TIMEOUT = 60.0  # s while an own host's process runs, on a cold start
_LOOK_AT_SERVER = 1.0  # s between two looks at what the server says of its host
_RING_AGAIN = 2.0  # s
_LOOK_AT_OWN = 0.25  # s between two looks at whether an own host has ended

# What a user can do about a host that does not answer: the server's, and an own one.
_NEW_WINDOWS = "choose Restart Plot Windows in JupyterLab's command palette"
_NEW_PROGRAM = "end this program and start it again"


class HostFinder:
    """Connects the link.

    `unavailable` says why no host comes, once that is certain; `hidden` why the windows
    of the one that is there cannot be seen.
    """

    def __init__(self, link: Link, on_given_up: Callable[[], None]) -> None:
        self.unavailable = ""
        self.hidden = ""
        self._link = link
        self._on_given_up = on_given_up
        self._info: ConnectionInfo | None = None
        self._own_host: OwnHost | None = None
        self._deadline: float | None = None
        self._rings_again_at = 0.0  # s
        self._warned: set[str] = set()

    def do_without(self, reason: str) -> None:
        """Look for no host, and say nothing of it: nobody misses the windows."""
        self.unavailable = reason

    def find(self) -> None:
        """Connect to the server's host and ring for it.

        A script has no server: its own host is started with its first window, since it
        may only want to save figures.
        """
        path = os.environ.get(CONNECTION_VARIABLE)
        if not path or self.unavailable:
            return
        try:
            info = read_connection_file(path)
        except ConnectionFileError as error:
            self.warn(f"{error}. A window process of its own is used instead.")
            return
        self._connect(info)

    @property
    def needs_own_host(self) -> bool:
        """Whether a window would have to wait for `start_own_host`."""
        return self._info is None and not self.unavailable

    def start_own_host(self) -> None:
        """Start a host of this process alone, or start it again after a crash."""
        try:
            if self._own_host is None:
                self._own_host = OwnHost()
            self._own_host.ensure_running()
        except (HostUnavailable, OSError) as error:
            self.give_up(str(error))
            return
        if self._info is None:
            self._connect(self._own_host.info)
        self._deadline = time.monotonic() + OWN_WELCOME_TIMEOUT

    def on_welcome(self, *, hidden: str = "") -> None:
        """A host has answered; `hidden` says why its windows cannot be seen, or ""."""
        self._deadline = None
        self.unavailable = ""
        self.hidden = clip(hidden)
        if hidden:
            self.warn(
                f"{self.hidden}. Plotting goes on, and nothing waits for a window; "
                "figures can be saved with savefig."
            )
            self._on_given_up()

    def on_lost(self) -> None:
        """The host is gone; the server restarts its own, we restart ours."""
        if self._own_host is not None:
            self.start_own_host()
        elif self._info is not None:
            self._deadline = time.monotonic() + WELCOME_TIMEOUT
            self._ring(self._info)

    def check(self) -> float | None:
        """Notice that no host comes; return the seconds until the next look."""
        if self._deadline is None:
            return None
        if self._own_host is not None:
            reason, pause = self._own_host.failure(), _LOOK_AT_OWN
        else:
            reason, pause = self._server_failure(), _LOOK_AT_SERVER
        left = self._deadline - time.monotonic()
        if reason and self._own_host is not None:
            # The connection breaks before the process has ended: see on_lost.
            self.start_own_host()
            return None if self.unavailable else pause
        if not reason and left > 0:
            is_due = time.monotonic() >= self._rings_again_at
            if self._own_host is None and self._info is not None and is_due:
                self._ring(self._info)
            return min(left, pause)
        remedy = _NEW_PROGRAM if self._own_host is not None else _NEW_WINDOWS
        self.give_up(reason or f"the window process does not answer{REMEDY}{remedy}")
        return None

    def give_up(self, reason: str) -> None:
        """Say why there are no windows; plotting goes on."""
        self._deadline = None
        self.unavailable = clip(reason)
        self.warn(
            f"no plot windows: {self.unavailable}. Plotting goes on without them; "
            "figures can still be saved with savefig."
        )
        self._on_given_up()

    def warn(self, text: str) -> None:
        """Say it once, in the notebook or on the terminal."""
        if text in self._warned:
            return
        self._warned.add(text)
        # Past the filters: these belong to the whole process and are not for another
        # thread to change; and where the user made warnings errors, there is no call
        # of theirs in this thread into which one could be raised.
        warnings.showwarning(
            QtWindowsWarning(text), QtWindowsWarning, "jlab_qtwindows", 1
        )

    def stop(self) -> None:
        """End an own host; may be called twice."""
        if self._own_host is not None:
            self._own_host.stop()

    def _connect(self, info: ConnectionInfo) -> None:
        self._info = info
        self._deadline = time.monotonic() + WELCOME_TIMEOUT
        self._link.connect(info)
        self._ring(info)

    def _ring(self, info: ConnectionInfo) -> None:
        """Ring for the server's host, and again in a while if it does not come.

        A ring is not waited for, and may be lost on a machine that is very busy.
        """
        self._link.ring(info)
        self._rings_again_at = time.monotonic() + _RING_AGAIN

    def _server_failure(self) -> str:
        path = os.environ.get(CONNECTION_VARIABLE)
        state = read_host_state(Path(path).parent) if path else None
        return state.reason if state is not None and state.state == "failed" else ""
