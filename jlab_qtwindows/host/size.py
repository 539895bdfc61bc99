"""The size of one canvas, which program and person both set. GUI thread.

In px as the kernel's figure has them, which are Qt's logical px: the device pixel ratio
is the screen's business, and no kernel knows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .qt import QtCore, QtWidgets

if TYPE_CHECKING:
    from collections.abc import Callable

    from .canvas import MirrorCanvas

__all__ = ["CanvasSize"]

_FRAME_WIDTH, _FRAME_HEIGHT = 16, 48  # px left to the window manager's frame
_PERSON_MS = 100  # ms without a change after which the person has made up their mind
# ms for which a change is the window manager's answer to what the program asked for.
_SETTLING_MS = 250


class CanvasSize:
    """Sets the program's size; reports the person's, and never the program's."""

    def __init__(
        self, canvas: MirrorCanvas, on_resized: Callable[[int, int], None]
    ) -> None:
        self.note = ""  # why the canvas has another size than the program asked for
        self._canvas = canvas
        self._on_resized = on_resized
        self._known = QtCore.QSize()  # what the program has set or been told
        self._settling = self._single_shot(_SETTLING_MS)
        self._resting = self._single_shot(_PERSON_MS)
        self._resting.timeout.connect(self._report)
        canvas.keep_connected("resize_event", self._on_resize)

    def set(self, width: int, height: int) -> None:
        """Give the canvas this size, px, or as much of it as fits the screen."""
        canvas, window = self._canvas, self._canvas.window()
        screen = QtWidgets.QApplication.primaryScreen().availableGeometry()
        toolbar = canvas.toolbar.sizeHint().height()
        w = max(1, min(width, screen.width() - _FRAME_WIDTH))
        h = max(1, min(height, screen.height() - toolbar - _FRAME_HEIGHT))
        self.note = (
            f"shown at {w} x {h} px: its {width} x {height} px do not fit the screen"
            if (w, h) != (max(1, width), max(1, height))
            else ""
        )
        self._known = QtCore.QSize(w, h)
        self.settle()
        around = window.size() - canvas.size()
        canvas.resize(self._known)
        window.resize(self._known + around)

    def settle(self) -> None:
        """Take the changes that now follow for the window manager's."""
        self._settling.start()

    def stop(self) -> None:
        """Report nothing more."""
        self._resting.stop()

    def _on_resize(self, event: Any) -> None:
        if not self._settling.isActive():
            self._resting.start()

    def _report(self) -> None:
        size = self._canvas.size()
        if size != self._known:
            self._known = size
            self._on_resized(size.width(), size.height())

    def _single_shot(self, milliseconds: int) -> Any:
        timer = QtCore.QTimer(self._canvas)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        return timer
