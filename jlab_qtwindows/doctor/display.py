"""Check that there is a display on which windows can be seen.

Main thread of the doctor's process.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.environment.display import (
    display_answers,
    is_unseen,
    wayland_answers,
)

from .line import Line, fault, ok, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["check_display"]

_SUBJECT = "display"


def check_display(environ: Mapping[str, str]) -> Iterator[Line]:
    """Try the displays that these variables name, as the window host would."""
    chosen = environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        if is_unseen(chosen):
            finding = f"QT_QPA_PLATFORM={chosen}: windows are not visible"
            again = "unset QT_QPA_PLATFORM, and start Jupyter (or the script) again"
            yield warning(_SUBJECT, finding, again)
            return
        yield ok(_SUBJECT, f"chosen by QT_QPA_PLATFORM={chosen}")
    if not sys.platform.startswith("linux"):
        if not chosen:
            yield ok(_SUBJECT, "the desktop of this system")
        return
    display, wayland = environ.get("DISPLAY"), environ.get("WAYLAND_DISPLAY")
    session = environ.get("XDG_SESSION_TYPE") or "not set"
    session = f"XDG_SESSION_TYPE is {session}" if session == "not set" else session
    seen = bool(wayland) and wayland_answers(environ)
    if seen:
        yield ok(_SUBJECT, f"Wayland {wayland} answers (session: {session})")
    elif wayland:
        line = warning if display else fault
        yield line(
            _SUBJECT,
            f"Wayland {wayland} does not answer (WAYLAND_DISPLAY)",
            "unset WAYLAND_DISPLAY, or start the Jupyter server inside the session",
        )
    if display and display_answers(display):
        yield ok(_SUBJECT, f"X11 {display} answers (session: {session})")
    elif display:
        # Where X11 has not been chosen the window host does without it.
        elsewhere = seen and (not chosen or "wayland" in chosen)
        line = warning if elsewhere else fault
        yield line(
            _SUBJECT,
            f"X11 {display} does not answer, or does not admit this user: windows "
            + ("are shown by Wayland only" if elsewhere else "cannot be seen"),
            "set DISPLAY to the one of your desktop session, and XAUTHORITY if needed",
        )
    elif not wayland:
        yield fault(
            _SUBJECT,
            "none (DISPLAY and WAYLAND_DISPLAY are not set): windows cannot be seen",
            "start the Jupyter server inside a desktop session, or set DISPLAY",
        )
