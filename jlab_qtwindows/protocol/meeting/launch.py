"""Start a host process; used by the server and by a kernel without a server.

The child's standard input is its life-line: nobody ever writes to it, and when its
writer ends, by whatever cause, the host reads the end of file and leaves.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

__all__ = [
    "EXIT_BAD_CONNECTION",
    "EXIT_ENDPOINT_TAKEN",
    "EXIT_NO_QT",
    "HOME_OF_QT",
    "HOST_MODULE",
    "NO_QT",
    "PLATFORM_VARIABLE",
    "REMEDY",
    "exit_reason",
    "launch_host",
    "leave_out_of_host",
]

HOST_MODULE = "jlab_qtwindows.host"
PLATFORM_VARIABLE = "QT_QPA_PLATFORM"  # which display Qt uses

# The kernel's own choices must not leak into the host: MPLBACKEND would make Matplotlib
# load another backend there.
_left_out = {"MPLBACKEND"}

# What Qt prints without anything being wrong.
_CHATTER = ("QStandardPaths", "This plugin does not support")

# How the host's last words begin where it cannot load Qt; the cause and remedy follow.
NO_QT = "no Qt for Python: "
REMEDY = "; remedy: "  # between a cause and what to do about it
# Where Qt is looked for: the host runs in the Python of who starts it.
HOME_OF_QT = "the environment in which Jupyter (or the script) was started"
_ANEW = f"{REMEDY}start Jupyter (or the script) again, which makes a new one"

EXIT_NO_QT = 3
EXIT_ENDPOINT_TAKEN = 4
EXIT_BAD_CONNECTION = 5


def launch_host(connection_file: Path, log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a host for this connection file; its output goes to `log`."""
    env = {k: v for k, v in os.environ.items() if k not in _left_out}
    return subprocess.Popen(  # noqa: S603 - our own module, no shell
        [
            str(Path(sys.executable).absolute()),
            *("-m", HOST_MODULE),
            *("--connection-file", str(connection_file.absolute())),
        ],
        # Python looks for modules where it starts: not among the user's own files.
        cwd=connection_file.parent,
        stdin=subprocess.PIPE,
        stdout=log,
        stderr=log,
        env=env,
        # Ctrl-C in a terminal goes to the whole foreground group: the windows stay.
        start_new_session=True,
    )


def leave_out_of_host(variable: str) -> None:
    """Start hosts without a variable that was set for this process alone."""
    _left_out.add(variable)


def exit_reason(returncode: int, log_tail: str) -> str:
    """Say in words why a host has ended, with the remedy where there is one."""
    if returncode == EXIT_NO_QT:
        return _why_no_qt(log_tail)
    if returncode == EXIT_ENDPOINT_TAKEN:
        return f"another window process already uses this connection file{_ANEW}"
    if returncode == EXIT_BAD_CONNECTION:
        return f"the window process could not use its connection file{_ANEW}"
    # Somebody else ended it: its last words have nothing to do with that.
    if -returncode == signal.SIGTERM:
        return (
            "the window process was ended by another program or with a session "
            f"(signal 15){REMEDY}press Restart in the panel, or start the script again"
        )
    if -returncode == getattr(signal, "SIGKILL", None):
        return (
            f"the window process was ended by signal {-returncode}, by another program "
            f"or for want of memory{REMEDY}see how much memory is free"
        )
    lines = [
        line
        for line in log_tail.splitlines()
        if line.strip() and not line.startswith(_CHATTER)
    ]
    said = f": {lines[-1].strip()}" if lines else ""
    if returncode < 0:
        return f"the window process was ended by signal {-returncode}{said}"
    return f"the window process ended with exit code {returncode}{said}"


def _why_no_qt(log_tail: str) -> str:
    said = [
        line.removeprefix(NO_QT).strip()
        for line in log_tail.splitlines()
        if line.startswith(NO_QT)
    ]
    if said:
        return said[-1]
    return f"no Qt for Python in {HOME_OF_QT}{REMEDY}pip install PyQt5"
