"""Check that a window host starts, paints a test window, and leaves nothing behind.

In a thread of the doctor's pool.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.environment.versions import Versions
from jlab_qtwindows.protocol.meeting.connection import CONNECTION_VARIABLE
from jlab_qtwindows.protocol.meeting.hostlog import HOST_LOG_NAME
from jlab_qtwindows.protocol.meeting.launch import REMEDY

from .child import NoAnswer, ask_module
from .line import OWN_FAULT, Line, fault, ok, warning
from .surroundings import for_new_host

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .environments import Environment

__all__ = ["WindowHosts"]

_SUBJECT = "window process"
_LIMIT = 100.0  # s; more than the painter itself takes
_END_LIMIT = 5.0  # s for a host to end once its program is gone
_PAUSE = 0.05  # s

# What the painter imports; the window host needs Qt besides.
_NEEDED = {"Matplotlib": "matplotlib", "numpy": "numpy", "pyzmq": "pyzmq"}


class WindowHosts:
    """A new host of this environment, and the one of the server that is around.

    `versions` are those of the host that kernels of this server would use, once
    `check` is through; None where there is none.
    """

    def __init__(self, here: Environment, environ: Mapping[str, str]) -> None:
        self.versions: Versions | None = None
        self._here = here
        self._environ = environ

    def check(self) -> Iterator[Line]:
        """Show a small figure in each, for as long as it takes to be painted."""
        server = self._environ.get(CONNECTION_VARIABLE, "")
        has_server = bool(server) and Path(server).exists()
        lacking = [
            pip for name, pip in _NEEDED.items() if name not in self._here.packages
        ]
        if lacking:
            yield fault(
                _SUBJECT,
                f"this environment lacks {', '.join(lacking)}",
                f"{sys.executable} -m pip install {' '.join(lacking)}",
            )
            return
        painted: Any = None
        if has_server:
            variables = {**for_new_host(), CONNECTION_VARIABLE: server}
            painted = self._paint(variables)
            log = Path(server).with_name(HOST_LOG_NAME)
            of_server = f"{_SUBJECT} of this server"
            yield self._line_of(painted, of_server, f"see all that it has said: {log}")
        if has_server and not self._here.qt:
            yield ok(_SUBJECT, "none of this environment: it has no Qt, and needs none")
            return
        painted = self._paint(for_new_host())
        # Its log is gone with it, and its last words are in the reason.
        yield self._line_of(painted, _SUBJECT, OWN_FAULT)
        pid = painted.get("pid")
        if pid and not _has_ended(pid):
            yield fault(
                _SUBJECT,
                f"process {pid} goes on after its program has ended",
                f"kill {pid}",
            )

    def _paint(self, variables: Mapping[str, str]) -> Any:
        try:
            return ask_module("painter", limit=_LIMIT, environment=variables)
        except NoAnswer as error:
            return {"shown": False, "reason": str(error)}

    def _line_of(self, painted: Any, subject: str, otherwise: str) -> Line:
        """Return what was painted, or why not, with the reason's remedy or another."""
        if not painted["shown"]:
            words, _, remedy = painted["reason"].partition(REMEDY)
            return fault(subject, f"shows nothing: {words}", remedy or otherwise)
        if self.versions is None:
            self.versions = Versions(
                python=painted["python"],
                matplotlib=painted["matplotlib"],
                numpy=painted["numpy"],
            )
        how = f"{painted['binding']} on {painted['platform']}"
        finding = f"painted a test window after {painted['seconds']:.1f} s ({how})"
        if not painted["note"]:
            return ok(subject, finding)
        return warning(
            subject, f"{finding}; {painted['note']}", "see the lines about the display"
        )


def _has_ended(pid: int) -> bool:
    deadline = time.monotonic() + _END_LIMIT
    while _runs(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE)
    return True


def _runs(pid: int) -> bool:
    if sys.platform == "win32":
        return False  # signal 0 would end it there
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's by now
        return False
    return True
