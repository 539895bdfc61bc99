"""One host process: waiting for its end, and ending it.

Runs on the server's event loop. One daemon thread per process waits for its end, so
that nothing polls.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import logging
    import subprocess

__all__ = ["HostChild"]

TERMINATE_TIMEOUT = 2.0  # s, after SIGTERM
KILL_TIMEOUT = 5.0  # s, after SIGKILL: a process in disk sleep may take that long


class HostChild:
    """A process with a future that is done when the process has ended."""

    def __init__(
        self, popen: subprocess.Popen[bytes], loop: asyncio.AbstractEventLoop
    ) -> None:
        self._popen = popen
        self.ended: asyncio.Future[int] = loop.create_future()
        # A daemon thread and no executor: at the end of the interpreter an executor
        # would wait for a host that itself waits for the end of this process.
        threading.Thread(
            target=self._wait, args=(loop,), name="qtwindows-host-wait", daemon=True
        ).start()

    @property
    def has_ended(self) -> bool:
        return self.ended.done()

    @property
    def returncode(self) -> int:
        return self.ended.result()

    async def wait(self, timeout: float | None) -> None:
        """Wait for the end, for so long; `asyncio.wait` never cancels the future."""
        await asyncio.wait({self.ended}, timeout=timeout)

    def close_stdin(self) -> None:
        """End its life-line."""
        if self._popen.stdin is not None:
            self._popen.stdin.close()

    def kill(self) -> None:
        """End it by force, and do not wait for that."""
        self._popen.kill()

    async def end(self, log: logging.Logger) -> None:
        """End it if it still runs: by its life-line and a signal, then by force."""
        self.close_stdin()
        if not self.has_ended:
            self._popen.terminate()
            await self.wait(TERMINATE_TIMEOUT)
        if not self.has_ended:
            log.warning("The window process does not end by itself and is killed")
            self.kill()
            await self.wait(KILL_TIMEOUT)

    def _wait(self, loop: asyncio.AbstractEventLoop) -> None:
        returncode = self._popen.wait()
        with contextlib.suppress(RuntimeError):  # a closed loop: nobody waits any more
            loop.call_soon_threadsafe(self.ended.set_result, returncode)
