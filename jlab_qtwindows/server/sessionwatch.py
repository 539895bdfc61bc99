"""Tells the host to which notebook or console each kernel belongs, and of renames.

The server's session manager is the source: what a kernel finds in its environment is
the name that its notebook had when it was started. Runs on the server's event loop.

The session manager tells nobody of a change. So it is asked: when a window opens, when
a file has been renamed (after which the front end renames the session), and every two
seconds while there are windows.
"""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.errors import HostUnavailable

if TYPE_CHECKING:
    import logging
    from collections.abc import Awaitable, Callable

    from jupyter_events.logger import EventLogger

    from .manager import WindowManager

__all__ = ["SessionWatch"]

CONTENTS = "https://events.jupyter.org/jupyter_server/contents_service/v1"

INTERVAL = 2.0  # s between two looks while there are windows
# s after a rename of a file. The front end's own request to the session follows it.
AFTER_RENAME = (0.05, 0.2, 0.6)


class SessionWatch:
    """Keeps the host's names those of the sessions.

    `name_kernel` gets a kernel's id, its name, and the name before; it returns whether
    there is a host that hears it.
    """

    def __init__(
        self,
        sessions: Any,
        folder_of: Callable[[str], str],
        manager: WindowManager,
        name_kernel: Callable[[str, str, str], Awaitable[bool]],
        *,
        events: EventLogger,
        log: logging.Logger,
    ) -> None:
        self._sessions = sessions
        self._folder_of = folder_of
        self._manager = manager
        self._name_kernel = name_kernel
        self._events = events
        self._log = log
        self._told: dict[str, tuple[str, str]] = {}  # kernel -> session, name
        self._failure = ""  # of the last look
        self._wake = asyncio.Event()
        self._soon: list[float] = []
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look."""
        self._events.add_listener(schema_id=CONTENTS, listener=self._on_file)
        self._manager.add_listener(self._on_window)
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Stop looking; may be called twice."""
        task, self._task = self._task, None
        if task is None:
            return
        self._events.remove_listener(listener=self._on_file)
        self._manager.remove_listener(self._on_window)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def _on_file(
        self, logger: EventLogger, schema_id: str, data: dict[str, Any]
    ) -> None:
        if data.get("action") == "rename":
            self._look_after(*AFTER_RENAME)

    def _on_window(self, event: dict[str, Any]) -> None:
        if event["event"] == "WindowOpened":
            self._look_after(0.0)
        elif event["event"] == "HostChanged" and event["host"]["state"] != "running":
            self._told.clear()  # the next host knows no names

    def _look_after(self, *delays: float) -> None:
        now = asyncio.get_running_loop().time()
        self._soon = sorted([*self._soon, *(now + delay for delay in delays)])[:10]
        self._wake.set()

    async def _run(self) -> None:
        while True:
            self._wake.clear()
            await self._pause()
            if self._wake.is_set():
                continue
            now = asyncio.get_running_loop().time()
            self._soon = [at for at in self._soon if at > now]
            try:
                await self._look()
            except (HostUnavailable, TimeoutError):
                self._told.clear()  # it is told when it is there
            except Exception as error:  # a session manager of somebody else's
                self._complain(error)
            else:
                self._failure = ""

    def _complain(self, error: Exception) -> None:
        """Say once what goes wrong, and not every two seconds."""
        failure = repr(error)
        if failure != self._failure:
            self._failure = failure
            self._log.error(
                "The names of notebooks cannot be looked up", exc_info=error
            )

    async def _pause(self) -> None:
        """Wait until the next look is due, or something has made one due sooner."""
        wait = INTERVAL if self._manager.list_windows() else None
        if self._soon:
            wait = max(0.0, self._soon[0] - asyncio.get_running_loop().time())
        with contextlib.suppress(TimeoutError, asyncio.TimeoutError):
            await asyncio.wait_for(self._wake.wait(), wait)

    async def _look(self) -> None:
        """Tell the host what it does not know."""
        if not self._manager.list_windows():
            return
        present = self._named(await self._sessions.list_sessions())
        for kernel_id, (session_id, name) in present.items():
            before = self._told.get(kernel_id, ("", ""))
            if before == (session_id, name):
                continue
            renamed_from = before[1] if before[0] == session_id else ""
            if not await self._name_kernel(kernel_id, name, renamed_from):
                return
            self._told[kernel_id] = session_id, name
        self._told = {k: v for k, v in self._told.items() if k in present}

    def _named(self, sessions: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
        """Return the session and the name of each kernel; notebooks come first."""
        named: dict[str, tuple[str, str]] = {}
        for session in sorted(sessions, key=lambda s: s.get("type") == "notebook"):
            kernel = (session.get("kernel") or {}).get("id")
            path, name = str(session.get("path") or ""), str(session.get("name") or "")
            if session.get("type") == "console":
                shown = name or Path(path).name
            else:
                shown = str(Path(self._folder_of(path), Path(path).name))
            if kernel and shown:
                named[str(kernel)] = str(session.get("id")), shown
        return named
