"""Starts the host process, starts it again when it dies, and never leaves one behind.

Runs on the server's event loop. The host itself leaves when this process ends, by
whatever cause.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any

from jlab_qtwindows.protocol.errors import (
    HandshakeRefused,
    HostUnavailable,
    QtWindowsError,
)
from jlab_qtwindows.protocol.meeting.hostlog import open_host_log, read_log_tail
from jlab_qtwindows.protocol.meeting.hoststate import write_host_state
from jlab_qtwindows.protocol.meeting.launch import (
    EXIT_BAD_CONNECTION,
    EXIT_NO_QT,
    REMEDY,
    exit_reason,
    launch_host,
)
from jlab_qtwindows.protocol.model import clip

from .hostchild import HostChild
from .manager import HostStatus, WindowManager

if TYPE_CHECKING:
    import logging
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from .hostclient import HostClient

__all__ = ["HostProcess"]

GOODBYE_TIMEOUT = 2.0  # s, for closing the windows after `Shutdown`

# Starting the same thing again would not help.
HOPELESS = frozenset({EXIT_NO_QT, EXIT_BAD_CONNECTION})


class HostProcess:
    """Supervises the one host process of this server."""

    def __init__(
        self,
        connection_file: Path,
        manager: WindowManager,
        client: HostClient,
        *,
        log: logging.Logger,
        restart_limit: int = 3,
        restart_window: float = 300.0,
        start_timeout: float = 30.0,
        launch: Callable[[Path, IO[bytes]], subprocess.Popen[bytes]] = launch_host,
    ) -> None:
        self._connection_file = connection_file
        self._manager = manager
        self._client = client
        self._log = log
        self._restart_limit = restart_limit
        self._restart_window = restart_window
        self._start_timeout = start_timeout
        self._launch_host = launch
        # Guards `_process` and everything that starts or ends one: two rings at once
        # must not start two hosts, and a restart must not meet one.
        self._lock = asyncio.Lock()
        self._process: HostChild | None = None
        self._supervisor: asyncio.Task[None] | None = None
        self._crashes: deque[float] = deque(maxlen=restart_limit)
        self._stopped = False

    async def start(self) -> None:
        """Start the host unless it runs, or has failed for good."""
        async with self._lock:
            if self._process is None and self._manager.host.state != "failed":
                self._launch()

    async def restart(self) -> None:
        """End the host if there is one, forget its failures, and start a new one."""
        async with self._lock:
            await self._end()
            self._crashes.clear()
            self._set(HostStatus())
            self._launch()

    async def stop(self) -> None:
        """End the host for good; may be called twice."""
        async with self._lock:
            self._stopped = True
            await self._end()
            self._manager.clear()
            if self._manager.host.state != "failed":
                self._set(HostStatus())
        if self._supervisor is not None:
            self._supervisor.cancel()
            await asyncio.gather(self._supervisor, return_exceptions=True)

    # -- with the lock held --------------------------------------------------------

    def _launch(self, *, restarts: int = 0) -> None:
        if self._stopped:
            return
        loop = asyncio.get_running_loop()
        try:
            with open_host_log(self._connection_file) as log:
                popen = self._launch_host(self._connection_file, log)
        except OSError as error:
            self._fail(f"the window process cannot be started: {error}")
            return
        self._process = HostChild(popen, loop)
        worked = self._manager.host.worked
        self._set(
            HostStatus("starting", pid=popen.pid, restarts=restarts, worked=worked)
        )
        self._supervisor = loop.create_task(self._supervise(self._process))

    async def _end(self) -> None:
        """End the host process: with words, with a signal, by force."""
        child, self._process = self._process, None
        if child is None:
            return
        if await self._client.shutdown():
            await child.wait(GOODBYE_TIMEOUT)
        await child.end(self._log)
        await self._client.close()

    async def _bury(self, child: HostChild, error: QtWindowsError | None) -> None:
        """Start the host again after it has ended by itself, or give it up."""
        self._process = None
        child.close_stdin()
        await self._client.close()
        code = child.returncode
        log_tail = "" if error else read_log_tail(self._connection_file)
        reason = clip(str(error) if error else exit_reason(code, log_tail))
        now = asyncio.get_running_loop().time()
        self._crashes.append(now)
        if code in HOPELESS or isinstance(error, HandshakeRefused):
            self._fail(reason)
        elif (
            len(self._crashes) == self._restart_limit
            and now - self._crashes[0] <= self._restart_window
        ):
            limit, window = self._restart_limit, self._restart_window
            cause, mark, remedy = reason.partition(REMEDY)
            often = f"{limit} times within {window:g} s"
            self._fail(f"{cause} ({often}){mark}{remedy}")
        else:
            self._log.warning("The window process is started again: %s", reason)
            self._launch(restarts=self._manager.host.restarts + 1)

    def _fail(self, reason: str) -> None:
        self._log.error("There are no native Matplotlib windows: %s", reason)
        before = self._manager.host
        self._manager.clear()
        self._set(
            HostStatus("failed", reason, restarts=before.restarts, worked=before.worked)
        )

    # -- supervision ---------------------------------------------------------------

    async def _supervise(self, child: HostChild) -> None:
        """Wait for the host's welcome and then for its end."""
        unusable: QtWindowsError | None = None
        try:
            await self._greet(child)
        except (HandshakeRefused, HostUnavailable) as error:
            unusable = error
            child.kill()
        await child.wait(None)
        if self._process is not child:  # it was ended on purpose
            return
        async with self._lock:
            if self._process is child:
                await self._bury(child, unusable)

    async def _greet(self, child: HostChild) -> None:
        """Wait for the host's welcome, or for its end."""
        greeting = asyncio.ensure_future(self._client.connect())
        either: set[asyncio.Future[Any]] = {greeting, child.ended}
        try:
            await asyncio.wait(
                either,
                timeout=self._start_timeout,
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            greeting.cancel()
        if not greeting.done():
            if child.has_ended:
                return
            raise HostUnavailable(
                f"the window process did not answer in {self._start_timeout:g} s"
            )
        if greeting.cancelled():  # the connection was closed: it is ended on purpose
            return
        welcome = greeting.result()
        if child.has_ended or self._process is not child:
            return
        self._set(
            replace(
                self._manager.host,
                state="running",
                worked=True,
                platform=welcome.platform,
                binding=welcome.binding,
                note=welcome.note,
            )
        )

    def _set(self, status: HostStatus) -> None:
        self._manager.host = status
        try:
            write_host_state(self._connection_file.parent, status.state, status.reason)
        except OSError as error:
            self._log.warning("State of the window process not written: %s", error)
