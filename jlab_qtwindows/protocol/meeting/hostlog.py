"""What a host prints: a file beside its connection file. Who starts hosts, any thread.

The host keeps it small: it empties the file when that has become large.
"""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["HOST_LOG_NAME", "open_host_log", "read_log_tail"]

HOST_LOG_NAME = "host.log"
_TAIL = 4096  # bytes


def open_host_log(connection_file: Path) -> IO[bytes]:
    """Begin the log anew, for appending and for this user's eyes only.

    Raises
    ------
    OSError
        It cannot be written.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    fd = os.open(connection_file.with_name(HOST_LOG_NAME), flags, 0o600)
    return os.fdopen(fd, "wb")


def read_log_tail(connection_file: Path) -> str:
    """Return the end of the log, a page at most; "" where there is none."""
    try:
        with connection_file.with_name(HOST_LOG_NAME).open("rb") as log:
            size = log.seek(0, os.SEEK_END)
            log.seek(max(0, size - _TAIL))
            return log.read().decode("utf-8", "replace")
    except OSError:
        return ""
