"""A window host in an environment of one's choice, for all scripts of a run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import IO

from environment import ROOT

from jlab_qtwindows.protocol.meeting.connection import (
    new_connection,
    write_connection_file,
)
from jlab_qtwindows.protocol.meeting.directory import create_directory, remove_directory
from jlab_qtwindows.protocol.meeting.launch import HOST_MODULE

_STOP_TIMEOUT = 5.0  # s


class LibraryHost:
    """Starts the host, and again when it has ended; for a `with` block."""

    def __init__(self, python: Path, log: Path) -> None:
        self._python = python
        self._directory = create_directory(None)
        info = new_connection(self._directory, doorbell=False)
        self.connection_file = write_connection_file(self._directory, info)
        self._log: IO[bytes] = log.open("wb")
        self._process: subprocess.Popen[bytes] | None = None
        self.starts = 0

    def __enter__(self) -> LibraryHost:
        self.ensure_running()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()  # the end of its life-line
            try:
                self._process.wait(_STOP_TIMEOUT)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._log.close()
        remove_directory(self._directory)

    def ensure_running(self) -> None:
        """Start it unless it runs."""
        if self._process is not None and self._process.poll() is None:
            return
        self.starts += 1
        foreign = ("MPLBACKEND", "JLAB_QTWINDOWS_", "JPY_")
        environment = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
        self._process = subprocess.Popen(
            [
                *(self._python, "-m", HOST_MODULE),
                *("--connection-file", self.connection_file),
            ],
            cwd=self._directory,
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=self._log,
            env={
                **environment,
                "JLAB_QTWINDOWS_GEOMETRY": "",
                "PYTHONPATH": str(ROOT),
            },
            start_new_session=True,
        )
