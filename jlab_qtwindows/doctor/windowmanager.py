"""Check that somebody manages windows, and brings them to the front when asked.

In a thread of the doctor's pool.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.environment.display import choose_platform, display_answers

from .child import NoAnswer, ask_module
from .line import Line, ok, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["check_window_manager"]

_SUBJECT = "window manager"
_LIMIT = 10.0  # s


def check_window_manager(environ: Mapping[str, str]) -> Iterator[Line]:
    """Ask the window manager of the X display; a compositor of Wayland cannot be asked.

    Says nothing where there is no display.
    """
    if not sys.platform.startswith("linux"):
        return
    if _uses_wayland(environ):
        yield ok(
            _SUBJECT,
            "the Wayland compositor, which alone decides when a window comes to the "
            "front; QT_QPA_PLATFORM=xcb lets the panel bring it there",
        )
        return
    display = environ.get("DISPLAY", "")
    if not display or not display_answers(display):
        return
    try:
        facts = ask_module("rootwindow", limit=_LIMIT, environment=environ)
    except NoAnswer as error:
        yield warning(_SUBJECT, f"not known: {error}", "apt install libxcb1")
        return
    if facts["name"] is None:
        yield warning(
            _SUBJECT,
            f"none on {display}: windows have no frame and may not come to the front",
            "start the window manager of your desktop, or a small one such as openbox",
        )
    elif not facts["raises"]:
        yield warning(
            _SUBJECT,
            f"{facts['name']} does not bring windows to the front when asked "
            "(_NET_ACTIVE_WINDOW)",
            "allow programs to do so in its settings, or use another one",
        )
    else:
        yield ok(_SUBJECT, f"{facts['name']}, brings windows to the front")


def _uses_wayland(environ: Mapping[str, str]) -> bool:
    platform, _ = choose_platform(environ, None)
    return (platform or environ.get("QT_QPA_PLATFORM", "")).startswith("wayland")
