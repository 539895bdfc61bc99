"""How the host is doing, in a file that a waiting kernel can read.

The server writes it beside the connection file. A kernel whose host does not come reads
it to tell the user why.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

__all__ = ["HOST_STATE_FILE_NAME", "HostState", "read_host_state", "write_host_state"]

HOST_STATE_FILE_NAME = "host-state.json"


@dataclass(frozen=True)
class HostState:
    """Content of the file."""

    state: str  # "stopped", "starting", "running" or "failed"
    reason: str = ""  # why it failed, in words


def write_host_state(directory: Path, state: str, reason: str = "") -> None:
    """Replace the file in one step, so that a reader never sees half of it.

    Raises
    ------
    OSError
        The directory is gone or full.
    """
    fd, name = tempfile.mkstemp(prefix="host-state-", dir=directory)  # mode 0600
    temporary = Path(name)
    try:
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            json.dump(asdict(HostState(state, reason)), file)
        temporary.replace(directory / HOST_STATE_FILE_NAME)
    except BaseException:
        temporary.unlink()
        raise


def read_host_state(directory: Path) -> HostState | None:
    """Return what was last written, or None where there is nothing to read."""
    try:
        data = json.loads((directory / HOST_STATE_FILE_NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(data, dict):
        return None
    state, reason = data.get("state"), data.get("reason")
    if not isinstance(state, str) or not isinstance(reason, str):
        return None
    return HostState(state, reason)
