"""A window host of this process alone, where no Jupyter server offers one.

I/O thread only. The host lives as long as this process: the host reads its life-line.
"""

from __future__ import annotations

import sys
import time
from typing import IO, TYPE_CHECKING

import zmq

from jlab_qtwindows.protocol.errors import HostUnavailable
from jlab_qtwindows.protocol.meeting.connection import (
    CurveKeys,
    new_connection,
    read_connection_file,
    write_connection_file,
)
from jlab_qtwindows.protocol.meeting.directory import create_directory, remove_directory
from jlab_qtwindows.protocol.meeting.ending import end_process
from jlab_qtwindows.protocol.meeting.hostlog import open_host_log, read_log_tail
from jlab_qtwindows.protocol.meeting.launch import exit_reason, launch_host

if TYPE_CHECKING:
    import subprocess

__all__ = ["OwnHost"]

RESTART_LIMIT = 3
RESTART_WINDOW = 300.0  # s
_STOP_TIMEOUT = 3.0  # s


class OwnHost:
    """Starts, restarts and ends a host process."""

    def __init__(self) -> None:
        self._directory = create_directory(None)
        curve = None
        if not zmq.has("ipc"):
            curve = CurveKeys.made_by(zmq.curve_keypair)
        info = new_connection(self._directory, doorbell=False, curve=curve)
        self.connection_file = write_connection_file(self._directory, info)
        self.info = read_connection_file(self.connection_file)
        self._process: subprocess.Popen[bytes] | None = None
        self._starts: list[float] = []
        self._log: IO[bytes] | None = None

    def ensure_running(self) -> None:
        """Start the host, or start it again after a crash.

        Raises
        ------
        HostUnavailable
            It has crashed three times in five minutes, or cannot be started at all.
        """
        if self._process is not None and self._process.poll() is None:
            return
        now = time.monotonic()
        self._starts = [t for t in self._starts if now - t < RESTART_WINDOW]
        reason = self.failure()
        if reason and (len(self._starts) >= RESTART_LIMIT or "pip install" in reason):
            raise HostUnavailable(reason)
        self._starts.append(now)
        self._close_log()
        # Anew: what the one before has said is no reason for the end of this one.
        self._log = open_host_log(self.connection_file)
        try:
            self._process = launch_host(self.connection_file, self._log)
        except OSError as error:
            raise HostUnavailable(f"{sys.executable} cannot be run: {error}") from error

    def failure(self) -> str:
        """Return why the host has ended, "" while it runs or was never started."""
        if self._process is None or self._process.poll() is None:
            return ""
        log_tail = read_log_tail(self.connection_file)
        return exit_reason(self._process.returncode, log_tail)

    def stop(self) -> None:
        """End the host and remove its directory; may be called twice."""
        process, self._process = self._process, None
        if process is not None:
            end_process(process, _STOP_TIMEOUT)  # by its life-line
        self._close_log()
        remove_directory(self._directory)

    def _close_log(self) -> None:
        log, self._log = self._log, None
        if log is not None:
            log.close()
