"""Which Qt platform can start here, found out without risking the process.

Qt aborts the whole process when its platform plugin cannot start. So the display and
the plugin's libraries are tried first, and `offscreen` is used where they fail.
"""

from __future__ import annotations

import ctypes
import os
import re
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from .libraries import named_library, remedy_for

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "choose_platform",
    "display_answers",
    "is_unseen",
    "unseen_words",
    "wayland_answers",
]

_CONNECT_TIMEOUT = 2.0  # s

# Qt's platforms that draw windows which nobody can see.
_UNSEEN = ("offscreen", "minimal")

_NOT_VISIBLE = "windows are drawn but not visible"

# The plugin's name in Qt 5 and in Qt 6, up to 6.9 and since.
_WAYLAND_PLUGINS = ("libqwayland-generic.so", "libqwayland.so")


def choose_platform(
    environ: Mapping[str, str], plugin_folder: Path | None, *, qt5: bool = True
) -> tuple[str | None, str]:
    """Return the platform for Qt (None: Qt's own choice) and a note for the user.

    `plugin_folder` is Qt's folder of plugins, where those of X11 and Wayland are tried.
    Where both work, it is as Qt would choose: Wayland in a session of it, but for Qt 5
    on GNOME, which is a combination with known faults.
    """
    if environ.get("QT_QPA_PLATFORM"):
        chosen = environ["QT_QPA_PLATFORM"]
        return None, unseen_words(chosen) if is_unseen(chosen) else ""
    if not sys.platform.startswith("linux"):
        return None, ""
    x11 = _x11_fault(environ, plugin_folder)
    if wayland_answers(environ) and _has_wayland_plugin(plugin_folder):
        gnome = "gnome" in environ.get("XDG_CURRENT_DESKTOP", "").lower()
        session = environ.get("XDG_SESSION_TYPE") == "wayland"
        if x11 or (session and not (qt5 and gnome)):
            return "wayland", ""
    return ("offscreen", x11) if x11 else ("xcb", "")


def is_unseen(platform: str) -> bool:
    """Return whether nobody can see the windows of this platform of Qt's."""
    return platform.partition(":")[0] in _UNSEEN


def unseen_words(chosen: str) -> str:
    """Say that this value of QT_QPA_PLATFORM hides the windows, and what to do."""
    return (
        f"QT_QPA_PLATFORM={chosen}: {_NOT_VISIBLE}. "
        "Unset it where Jupyter (or the script) is started"
    )


def _x11_fault(environ: Mapping[str, str], plugin_folder: Path | None) -> str:
    """Return why windows cannot be shown by X11 and what to do about it, or ""."""
    display = environ.get("DISPLAY", "")
    if not display:
        return (
            f"no display (DISPLAY is not set): {_NOT_VISIBLE}. "
            "Start the Jupyter server, or the script, inside a desktop session, "
            "or set DISPLAY"
        )
    if not display_answers(display):
        return (
            f"the display {display} does not answer, or does not admit this user: "
            f"{_NOT_VISIBLE}. Start the Jupyter server, or the script, with the "
            "DISPLAY of your desktop session, and XAUTHORITY if needed"
        )
    error = _load_error(plugin_folder, "libqxcb.so")
    if missing := named_library(error):
        return (
            f"Qt's xcb plugin lacks {missing}: {_NOT_VISIBLE}. "
            f"Remedy: {remedy_for([missing])}"
        )
    if error:
        cause = error.rpartition(": ")[2]
        return (
            f"Qt's xcb plugin is damaged ({cause}): {_NOT_VISIBLE}. "
            "Install that Qt for Python again, with pip install --force-reinstall"
        )
    return ""


def _has_wayland_plugin(plugin_folder: Path | None) -> bool:
    """Return whether Qt could use Wayland: its plugin is there and can be loaded."""
    if plugin_folder is None:
        return True
    return any(
        (plugin_folder / "platforms" / name).exists()
        and not _load_error(plugin_folder, name)
        for name in _WAYLAND_PLUGINS
    )


def display_answers(display: str) -> bool:
    """Return whether something listens where this X display should be."""
    match = re.fullmatch(r"(?:unix)?(.*):(\d+)(?:\.\d+)?", display)
    if match is None:
        return Path(display).exists()  # macOS style: a path of a socket
    host, number = match[1].strip("[]"), int(match[2])
    if host:
        try:
            with socket.create_connection((host, 6000 + number), _CONNECT_TIMEOUT):
                return _display_admits_us(display)
        except OSError:
            return False
    # The abstract socket first, then the file: an X server offers either or both.
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108
    for address in (f"\0{path}", path):
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(_CONNECT_TIMEOUT)
            try:
                probe.connect(address)
            except OSError:
                continue
            return _display_admits_us(display)
    return False


def _display_admits_us(display: str) -> bool:
    """Return whether the X server accepts this user (it listens, that is known)."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # the plugin's libraries are looked at later
    admitted: list[bool] = []

    def connect() -> None:
        xcb.xcb_connect.restype = ctypes.c_void_p
        connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
        admitted.append(not xcb.xcb_connection_has_error(connection))
        xcb.xcb_disconnect(connection)

    # xcb_connect itself knows no time limit.
    attempt = threading.Thread(target=connect, name="display", daemon=True)
    attempt.start()
    attempt.join(_CONNECT_TIMEOUT)
    return admitted == [True]


def wayland_answers(environ: Mapping[str, str]) -> bool:
    """Return whether there is a Wayland compositor, and not only its variable."""
    name, folder = environ.get("WAYLAND_DISPLAY"), environ.get("XDG_RUNTIME_DIR", "")
    if not name:
        return False
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(_CONNECT_TIMEOUT)
        try:
            probe.connect(os.path.join(folder, name))  # noqa: PTH118 - name may be a path
        except OSError:
            return False
    return True


def _load_error(plugin_folder: Path | None, name: str) -> str:
    """Return what the loader says of this platform plugin, "" if it can be loaded."""
    if plugin_folder is None:
        return ""
    plugin = plugin_folder / "platforms" / name
    if not plugin.exists():
        return ""
    try:
        ctypes.CDLL(os.fspath(plugin))
    except OSError as error:
        return str(error)
    return ""
