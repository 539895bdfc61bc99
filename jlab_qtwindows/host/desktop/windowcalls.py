"""What the program asks of its native window, done in Qt. GUI thread.

Another figure that gets the window begins with a plain one: `reset`.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.host.qt import QtCore, QtGui, QtWidgets, surely
from jlab_qtwindows.protocol.windowing import (
    MOST_ICON_BYTES,
    MOST_ICON_SIZE,
    STATES,
    allowed_flags,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["WindowCalls", "icon_from"]

_NO_LIMIT = 16_777_215  # px, Qt's QWIDGETSIZE_MAX


class WindowCalls:
    """Calls one of the `WINDOW_METHODS` of a window, with numbers from a program."""

    def __init__(self, window: QtWidgets.QMainWindow) -> None:
        self._window = window
        self._icon = window.windowIcon()
        self._plain_flags = _flag_number(window)
        self._special: dict[str, Callable[..., None]] = {
            "setFixedSize": self._fix,
            "setMaximumSize": self._limit_most,
            "setMinimumSize": self._limit_least,
            "setWindowFlags": self._set_flags,
            "setWindowOpacity": lambda percent: window.setWindowOpacity(percent / 100),
            "setWindowState": self._set_state,
        }

    def call(self, method: str, *arguments: int) -> None:
        """Do what the method does."""
        (self._special.get(method) or getattr(self._window, method))(*arguments)

    def set_icon(self, png: str) -> None:
        """Show this icon, PNG in base64; without one, Matplotlib's."""
        self._window.setWindowIcon(icon_from(png) if png else self._icon)

    def reset(self) -> None:
        """Be a window of which no program has asked anything."""
        window = self._window
        window.setMinimumSize(0, 0)
        window.setMaximumSize(_NO_LIMIT, _NO_LIMIT)
        window.setWindowOpacity(1.0)
        window.setWindowIcon(self._icon)
        if _flag_number(window) != self._plain_flags:
            self._set_flags(self._plain_flags)

    def _fix(self, width: int, height: int) -> None:
        self._window.setFixedSize(*_within(width, height))

    def _limit_most(self, width: int, height: int) -> None:
        self._window.setMaximumSize(*_within(width, height))

    def _limit_least(self, width: int, height: int) -> None:
        # No window is to be larger than any screen.
        room = surely(self._window.screen()).availableGeometry()
        self._window.setMinimumSize(
            min(max(width, 0), room.width()), min(max(height, 0), room.height())
        )

    def _set_flags(self, flags: int) -> None:
        """Set them, and stay on the screen; Qt would hide the window."""
        window = self._window
        wanted = allowed_flags(flags)
        if wanted == _flag_number(window):
            return
        place, seen = window.geometry(), window.isVisible()
        window.setWindowFlags(_flags(wanted))
        if seen:
            window.setGeometry(place)
            window.show()

    def _set_state(self, state: int) -> None:
        kind = getattr(QtCore.Qt, "WindowStates", QtCore.Qt.WindowState)
        self._window.setWindowState(kind(state & STATES))


def icon_from(png: str) -> QtGui.QIcon:
    """Return the icon that is in a PNG in base64.

    Raises
    ------
    ValueError
        There is none in it, or too large a one.
    """
    if len(png) > 2 * MOST_ICON_BYTES:
        raise ValueError("an icon of that size is not shown")
    data = QtCore.QByteArray(base64.b64decode(png, validate=True))
    buffer = QtCore.QBuffer(data)
    modes: Any = getattr(QtCore.QIODevice, "OpenModeFlag", QtCore.QIODevice)
    buffer.open(modes.ReadOnly)
    reader = QtGui.QImageReader(buffer, QtCore.QByteArray(b"png"))
    size = reader.size()  # from its head: nothing has been made of it yet
    if not size.isValid() or max(size.width(), size.height()) > MOST_ICON_SIZE:
        raise ValueError("no icon is in it, or too large a one")
    image = reader.read()
    if image.isNull():
        raise ValueError("no icon is in it")
    return QtGui.QIcon(QtGui.QPixmap.fromImage(image))


def _flag_number(window: QtWidgets.QMainWindow) -> int:
    flags = window.windowFlags()
    return int(getattr(flags, "value", flags)) & 0xFFFF_FFFF


def _flags(number: int) -> Any:
    kind = getattr(QtCore.Qt, "WindowFlags", QtCore.Qt.WindowType)
    try:
        return kind(number)
    except OverflowError:  # PyQt5 takes them as a number with a sign
        return kind(number - (1 << 32))


def _within(width: int, height: int) -> tuple[int, int]:
    return min(max(width, 1), _NO_LIMIT), min(max(height, 1), _NO_LIMIT)
