"""The size of one canvas, which program and user both set. GUI thread.

In px as the kernel's figure has them, which are Qt's logical px: the device pixel ratio
is the screen's business, and no kernel knows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jlab_qtwindows.host.qt import QtCore, QtGui, QtWidgets, single_shot, surely

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.backend_bases import ResizeEvent

    from jlab_qtwindows.host.window.canvas import MirrorCanvas

__all__ = ["CanvasSize"]

_FRAME_WIDTH, _FRAME_HEIGHT = 16, 48  # px left to the window manager's frame
_USER_MS = 100  # ms without a change after which the user has made up their mind
# ms for which a change is the window manager's answer to what the program asked for.
_SETTLING_MS = 250


class CanvasSize:
    """Sets the program's size; reports the user's, and never the program's.

    Which timers run says how it stands:

    | timer       | meanwhile                                        | then            |
    |-------------|--------------------------------------------------|-----------------|
    | `_settling` | changes are the window manager's, not reported   | `_on_settled`   |
    | `_deciding` | the user is still changing the size              | it is reported  |
    | `_changing` | a new screen may yet be told, the cause of it    | the size stays  |
    | `_keeping`  | on a new screen, Qt may yet tell another size    | it is undone    |

    On a new screen it settles too, and is `_crossing` until it has.
    """

    def __init__(
        self, canvas: MirrorCanvas, on_resized: Callable[[int, int], None]
    ) -> None:
        self.note = ""  # why the canvas has another size than the program asked for
        self._canvas = canvas
        self._on_resized = on_resized
        self._known = QtCore.QSize()  # what the program has set or been told
        self._fitted = QtCore.QSize()  # as much of that as fits the screen
        # The native window whose screen is followed.
        self._handle: QtGui.QWindow | None = None
        self._settling = single_shot(canvas, _SETTLING_MS, self._on_settled)
        self._crossing = False  # it has come onto another screen, and settles there
        self._deciding = single_shot(canvas, _USER_MS, self._on_decided)
        self._kept = canvas.size()  # to be given again on another screen
        self._changing = single_shot(canvas, 0, self._keep)
        self._keeping = single_shot(canvas, 0, self._give_kept)
        canvas.keep_connected("resize_event", self._on_resize)

    def set(self, width: int, height: int) -> None:
        """Give the canvas this size, px, or as much of it as fits the screen."""
        self._crossing = False
        canvas, window = self._canvas, self._canvas.window()
        screen = _screen_of(window).availableGeometry()
        around = window.size() - canvas.size()  # toolbar and status bar
        w = max(1, min(width, screen.width() - around.width() - _FRAME_WIDTH))
        h = max(1, min(height, screen.height() - around.height() - _FRAME_HEIGHT))
        self.note = (
            f"shown at {w} x {h} px: its {width} x {height} px do not fit the screen"
            if (w, h) != (max(1, width), max(1, height))
            else ""
        )
        self._known = QtCore.QSize(width, height)
        self._fitted = QtCore.QSize(w, h)
        self._give(self._fitted)

    def settle(self) -> None:
        """Take the changes that now follow for the window manager's."""
        self._settling.start()

    def expect(self) -> None:
        """Report the next change: the program lets the desktop choose the size."""
        self._settling.stop()

    def report_now(self) -> None:
        """Report what is not known yet: what the user does next is done at this size.

        Also a size that screen or window manager have forced. A program that only shows
        and saves its figure does not hear of that: it would be saved at another size.
        """
        self._deciding.stop()
        if self._canvas.size() != self._known:
            self._report()

    def stop(self) -> None:
        """Report nothing more."""
        for timer in (self._deciding, self._changing, self._keeping, self._settling):
            timer.stop()

    def follow_screens(self) -> None:
        """Keep the size from now on when the window comes onto another screen.

        Where Qt scales by itself the window keeps its size in the px of the screens,
        and would become larger or smaller in ours.
        """
        handle = self._canvas.window().windowHandle()
        if handle is not None and handle is not self._handle:
            self._handle = handle
            handle.screenChanged.connect(self._on_screen)

    def _on_screen(self, screen: QtGui.QScreen) -> None:
        if not self._is_the_desktops():
            self.settle()
            self._crossing = True
            self._deciding.stop()
            self._changing.stop()
            self._keeping.start()  # Qt may tell the new size after the new screen

    def _on_settled(self) -> None:
        # A window that still moves is told of sizes that it had asked to be rid of.
        if self._crossing:
            self._crossing = False
            if self._canvas.size() != self._kept and not self._is_the_desktops():
                self._give_kept()
            self._on_decided()  # the user's own, from before

    def _is_the_desktops(self) -> bool:
        window = self._canvas.window()
        return bool(window.isMaximized() or window.isFullScreen())

    def _give(self, size: QtCore.QSize) -> None:
        window = self._canvas.window()
        around = window.size() - self._canvas.size()
        self.settle()
        self._kept = size  # at once: the window may be on its way to another screen
        self._canvas.resize(size)
        window.resize(size + around)

    def _give_kept(self) -> None:
        self._give(self._kept)

    def _keep(self) -> None:
        if not self._crossing:
            self._kept = self._canvas.size()

    def _on_resize(self, event: ResizeEvent) -> None:
        # Later: with X11 Qt tells the new size before the new screen.
        if not self._keeping.isActive():
            self._changing.start()
        if not self._settling.isActive():
            self._deciding.start()

    def _on_decided(self) -> None:
        if self._canvas.size() not in (self._known, self._fitted):
            self._report()

    def _report(self) -> None:
        size = self._known = self._fitted = self._canvas.size()
        self._on_resized(size.width(), size.height())


def _screen_of(window: QtWidgets.QWidget) -> QtGui.QScreen:
    if window.windowHandle() is None and window.testAttribute(
        QtCore.Qt.WidgetAttribute.WA_Moved
    ):
        # Not yet shown, but it is known where it will be.
        found = QtWidgets.QApplication.screenAt(window.geometry().center())
        if found is not None:
            return found
    return surely(window.screen())
