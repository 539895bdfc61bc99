"""Tells the kernel where one window is and how it is shown. GUI thread.

Of changes in a row the newest, soon after the first; no timer runs without a change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jlab_qtwindows.host.qt import QtCore, QtGui, QtWidgets, single_shot, surely
from jlab_qtwindows.protocol.messages import WindowPlaced

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Whereabouts"]

_SOON_MS = 50  # ms
# ms after the window has come onto the screen: Qt is told of the frame around it later.
_FRAMED_MS = 300


class Whereabouts(QtCore.QObject):
    """Watches one window; `tell` hears of what is new."""

    def __init__(
        self, window: QtWidgets.QMainWindow, tell: Callable[[WindowPlaced], None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tell = tell
        self._window_id = ""
        self._serial = 0  # of the program's newest call
        self._told: WindowPlaced | None = None
        kinds = QtCore.QEvent.Type
        self._watched = {
            kinds.Move,
            kinds.Resize,
            kinds.Show,
            kinds.Hide,
            kinds.WindowStateChange,
            kinds.ActivationChange,
        }
        self._soon = single_shot(self, _SOON_MS, self._report)
        self._framed = single_shot(self, _FRAMED_MS, self._report)
        window.installEventFilter(self)

    def attach(self, window_id: str) -> None:
        """Tell of this figure from now on, and all that is known."""
        if window_id != self._window_id:
            self._window_id, self._serial = window_id, 0
        self._told = None
        self._soon.start()

    def note_call(self, serial: int) -> None:
        """Tell what has come of a call of the program."""
        self._serial = serial
        self._soon.start()

    def stop(self) -> None:
        """Tell nothing more."""
        self._soon.stop()
        self._framed.stop()
        self._window.removeEventFilter(self)

    def eventFilter(
        self, watched: QtCore.QObject | None, event: QtCore.QEvent | None
    ) -> bool:
        kind = surely(event).type()
        if kind in self._watched:
            if not self._soon.isActive():
                self._soon.start()
            if kind == QtCore.QEvent.Type.Show:
                self._framed.start()
        return False

    def _report(self) -> None:
        if not self._window_id:
            return
        window = self._window
        screen = surely(window.screen() or QtGui.QGuiApplication.primaryScreen())
        now = WindowPlaced(
            self._window_id,
            self._serial,
            inner=_four(window.geometry()),
            frame=_four(window.frameGeometry()),
            screen=_four(screen.geometry()),
            available=_four(screen.availableGeometry()),
            state=_number(window.windowState()) & 7,
            flags=_number(window.windowFlags()) & 0xFFFF_FFFF,
            visible=bool(window.isVisible()),
            active=bool(window.isActiveWindow()),
            ratio=float(window.devicePixelRatioF()),
        )
        if now != self._told:
            self._told = now
            self._tell(now)


def _four(rect: QtCore.QRect) -> list[int]:
    return [rect.x(), rect.y(), rect.width(), rect.height()]


def _number(flags: Any) -> int:
    return int(getattr(flags, "value", flags))  # newer bindings have enums here
