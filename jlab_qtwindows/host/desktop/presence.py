"""Shows, raises, moves and sizes one window, as program and user say. GUI thread.

What the program asks for is done (`size.py`, `windowcalls.py`); what the user does is
told to the program (`whereabouts.py`), and remembered for the next run
(`placement.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jlab_qtwindows.host.qt import QtCore, QtWidgets
from jlab_qtwindows.protocol.windowing import SIZING_METHODS

from .placement import Placement
from .size import CanvasSize
from .whereabouts import Whereabouts
from .windowcalls import WindowCalls

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.host.window.canvas import MirrorCanvas
    from jlab_qtwindows.protocol.messages import WindowPlaced

    from .geometryfile import GeometryFile

__all__ = ["Presence"]


class Presence:
    """The place and size of one window.

    `tell_size` hears of the user's, px; `tell_place` of where the window is.
    """

    def __init__(
        self,
        window: QtWidgets.QMainWindow,
        canvas: MirrorCanvas,
        memory: GeometryFile | None,
        *,
        tell_size: Callable[[int, int], None],
        tell_place: Callable[[WindowPlaced], None],
    ) -> None:
        self._window = window
        self._canvas = canvas
        self._tell_size = tell_size
        self._size = CanvasSize(canvas, self._on_user_resized)
        self._placement = Placement(window, memory)
        self._whereabouts = Whereabouts(window, tell_place)
        self._recalled = False  # what is known of this figure
        self.calls = WindowCalls(window)
        self._hidden = False  # by the program: new states do not show it
        self._placed = self._sized = False  # by the program
        # A new window shows on top, but the keyboard stays where the user types.
        window.setAttribute(QtCore.Qt.WidgetAttribute.WA_ShowWithoutActivating)

    @property
    def note(self) -> str:
        """Why the canvas has another size than the program asked for, in words."""
        return self._size.note

    def attach(self, window_id: str) -> None:
        """Tell of this figure from now on, and all that is known."""
        self._whereabouts.attach(window_id)

    def forget(self) -> None:
        """Another figure comes: what was done to the last is not meant for it."""
        self._placement.remember_for("")
        self._size.settle()
        self.calls.reset()
        self._recalled = self._hidden = self._placed = self._sized = False

    def recall(self, key: str) -> None:
        """Give the window the place and size that the user gave this figure last, once.

        Not before the first state: pyplot gives a figure its label after the window.
        """
        if self._recalled:
            return
        self._recalled = True
        self._placement.remember_for(key)
        if not self._placed:
            self._placement.restore_position()
        restored = self._placement.restored_size()
        if restored is not None and not self._sized:
            self._size.set(*restored)
            self._tell_present_size()

    def save(self) -> None:
        """Write now what is to be remembered."""
        self._placement.save()

    def remember_for(self, key: str) -> None:
        """Remember under this key what is remembered; the window stays as it is."""
        if self._recalled:
            self._placement.remember_for(key)

    def resize(self, width: int, height: int) -> None:
        """Give the canvas this size, px, or as much of it as fits the screen."""
        self._placement.asked = width, height
        self._placement.settle()
        window = self._window
        if window.isVisible() and (window.isMaximized() or window.isFullScreen()):
            self._tell_present_size()  # which is the desktop's
        else:
            self._size.set(width, height)

    def control(self, method: str, arguments: list[int], serial: int = 0) -> None:
        """Call one of the `WINDOW_METHODS`; the program asked for it."""
        try:
            self._control(method, arguments)
        finally:
            self._whereabouts.note_call(serial)

    def _control(self, method: str, arguments: list[int]) -> None:
        self._obey(self.calls.call, method, *arguments, sizes=method in SIZING_METHODS)
        self._hidden = method == "hide" or (self._hidden and self._window.isHidden())
        self._placed |= method in ("move", "setGeometry")
        self._sized |= method in ("resize", "setFixedSize", "setGeometry")

    def show_bar(self, bar: QtWidgets.QWidget, shown: bool) -> None:
        """Show the toolbar or the status bar, or not; the canvas gets its room."""
        if bar.isHidden() == shown:
            self._obey(bar.setVisible, shown, sizes=True)

    def toggle_full_screen(self, toggle: Callable[[], None]) -> None:
        """Fill the screen or no longer; the program asked for it."""
        self._obey(toggle, sizes=True)

    def _obey(self, call: Callable[..., object], *arguments: Any, sizes: bool) -> None:
        self._size.expect() if sizes else self._size.settle()
        self._placement.settle()
        call(*arguments)
        self._size.follow_screens()

    def appear(self) -> None:
        """Show a window that is not yet shown, on top, for a new state."""
        if not (self._window.isVisible() or self._hidden):
            self._show()
            self._window.raise_()

    def raise_(self, *, keyboard: bool) -> None:
        """Show on top, with the keyboard if the user asked for it."""
        window = self._window
        self._hidden = False
        if window.isMinimized():
            # Not showNormal: it may have been maximized before.
            minimized: Any = QtCore.Qt.WindowState.WindowMinimized
            window.setWindowState(window.windowState() & ~minimized)
        self._show()
        window.raise_()
        if keyboard:
            window.activateWindow()

    def tell_size(self) -> None:
        """Tell at once a size that the program does not know yet."""
        self._size.report_now()

    def stop(self) -> None:
        """Report nothing more, and write what is not yet written."""
        self._size.stop()
        self._placement.save()
        self._whereabouts.stop()

    def _show(self) -> None:
        if not self._window.isVisible():
            self._size.settle()
        # Matplotlib's show() would activate the window, if the settings say so.
        self._window.show()
        self._size.follow_screens()

    def _tell_present_size(self) -> None:
        size = self._canvas.size()
        self._tell_size(size.width(), size.height())

    def _on_user_resized(self, width: int, height: int) -> None:
        self._tell_size(width, height)
        self._placement.note_size((width, height))
