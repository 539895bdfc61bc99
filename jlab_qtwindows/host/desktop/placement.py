"""Puts one window where the user last had it, and notes where they put it. GUI thread.

Only what the user does is noted: not where the window manager places a new window,
not what the program asks for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jlab_qtwindows.host.qt import QtCore, QtGui, QtWidgets, single_shot, surely

from .geometryfile import Geometry

if TYPE_CHECKING:
    from .geometryfile import GeometryFile, Pair

__all__ = ["Placement"]

_SAVING_MS = 500  # ms, the least time between two changes that are written
# ms for which a move is the window manager's answer to a new window, or the program's.
_SETTLING_MS = 1000
_TITLE_HEIGHT, _BORDER = 24, 4  # px, about what window managers put around a window
_GRIP_WIDTH, _GRIP_HEIGHT = 64, 16  # px of the title by which a window can be moved


class Placement(QtCore.QObject):
    """Watches one window on behalf of one figure at a time."""

    def __init__(
        self, window: QtWidgets.QMainWindow, memory: GeometryFile | None
    ) -> None:
        super().__init__(window)
        self._window = window
        self._memory = memory
        self._key = ""
        self.asked: Pair | None = None  # the size that the program wants, px
        self._geometry = self._saved = Geometry()
        self._settling = single_shot(self, _SETTLING_MS)
        self._saving = single_shot(self, _SAVING_MS, self.save)
        window.installEventFilter(self)

    def remember_for(self, key: str) -> None:
        """Remember for this figure from now on; "" remembers nothing."""
        self.save()
        self._key = key
        memory = self._memory
        self._geometry = memory.find(key) if memory and key else Geometry()
        self._saved = self._geometry

    def settle(self) -> None:
        """Take the moves that now follow for the window manager's or the program's."""
        self._settling.start()

    def restore_position(self) -> None:
        """Move a window that is not on the screen to where the user had it last."""
        at = self._geometry.position
        if at is None or self._window.isVisible() or not _knows_positions():
            return
        self.settle()
        screen = _screen_of(self._geometry.screen)
        corner = screen.geometry().topLeft() + QtCore.QPoint(*at)
        place = QtCore.QRect(corner, self._window.size())
        place.moveTopLeft(_within_reach(place))
        # Not move(), which takes the place of the frame: on a screen that Qt 5 scales
        # the window would come higher by half the frame each time.
        self._window.setGeometry(place)

    def restored_size(self) -> Pair | None:
        """Return the user's size if they gave it in place of the one asked for."""
        known = self._geometry
        return known.size if known.asked == self.asked != known.size else None

    def note_size(self, size: Pair) -> None:
        """Note the size that the user has given the canvas."""
        if self._key and self._is_normal() and not self._settling.isActive():
            self._geometry = replace(self._geometry, size=size, asked=self.asked)
            self._save_soon()

    def save(self) -> None:
        """Write what is not yet written."""
        self._saving.stop()
        if self._geometry != self._saved and self._memory is not None:
            self._saved = self._geometry
            self._memory.keep(self._key, self._geometry)

    def eventFilter(
        self, watched: QtCore.QObject | None, event: QtCore.QEvent | None
    ) -> bool:
        event = surely(event)
        kind, kinds = event.type(), QtCore.QEvent.Type
        if kind == kinds.Show and not event.spontaneous():
            self.settle()
        elif kind == kinds.Move and self._is_moved_by_the_user():
            self._note_position()
        return False

    def _is_moved_by_the_user(self) -> bool:
        return (
            bool(self._key)
            and _knows_positions()
            and not self._settling.isActive()
            and self._window.isVisible()
            and self._is_normal()
        )

    def _note_position(self) -> None:
        screen = surely(surely(self._window.windowHandle()).screen())
        at = self._window.geometry().topLeft() - screen.geometry().topLeft()
        self._geometry = replace(
            self._geometry, screen=screen.name(), position=(at.x(), at.y())
        )
        self._save_soon()

    def _save_soon(self) -> None:
        if not self._saving.isActive():
            self._saving.start()

    def _is_normal(self) -> bool:
        window = self._window
        return not (
            window.isMinimized() or window.isMaximized() or window.isFullScreen()
        )


def _knows_positions() -> bool:
    """Return whether windows of this platform know where they are."""
    return not str(QtGui.QGuiApplication.platformName()).startswith("wayland")


def _screen_of(name: str) -> QtGui.QScreen:
    for screen in QtGui.QGuiApplication.screens():
        if screen.name() == name:
            return screen
    return surely(QtGui.QGuiApplication.primaryScreen())


def _within_reach(place: QtCore.QRect) -> QtCore.QPoint:
    """Return where to put a window so that the user can get hold of its title."""
    above = place.top() - _TITLE_HEIGHT
    title = QtCore.QRect(place.left(), above, place.width(), _TITLE_HEIGHT)
    for screen in QtGui.QGuiApplication.screens():
        seen = screen.availableGeometry().intersected(title)
        wide_enough = seen.width() >= min(_GRIP_WIDTH, place.width())
        if seen.height() >= _GRIP_HEIGHT and wide_enough:
            return place.topLeft()
    room = _nearest_screen(place.center()).availableGeometry()
    room.adjust(_BORDER, _TITLE_HEIGHT, -_BORDER, -_BORDER)
    left = min(place.left(), room.right() + 1 - place.width())
    top = min(place.top(), room.bottom() + 1 - place.height())
    return QtCore.QPoint(max(room.left(), left), max(room.top(), top))


def _nearest_screen(point: QtCore.QPoint) -> QtGui.QScreen:
    def distance(screen: QtGui.QScreen) -> int:
        place = screen.availableGeometry()
        dx = max(place.left() - point.x(), 0, point.x() - place.right())
        dy = max(place.top() - point.y(), 0, point.y() - place.bottom())
        return int(dx + dy)

    return min(QtGui.QGuiApplication.screens(), key=distance)
