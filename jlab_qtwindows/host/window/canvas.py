"""Matplotlib's own Qt canvas, around figures that come and go.

GUI thread. The canvas stays, its figure is exchanged for each new state.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

from jlab_qtwindows.host.figure import draggable as _draggable  # noqa: F401  # what it changes in Matplotlib
from jlab_qtwindows.host.figure import ticks
from jlab_qtwindows.host.figure.edits import Edits
from jlab_qtwindows.host.qt import QtGui, QtWidgets
from jlab_qtwindows.host.tools.toolbar import HostToolbar

from .drawing import DrawingCanvas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from matplotlib.figure import Figure

    from jlab_qtwindows.host.figure.mirror import Mirror
    from jlab_qtwindows.protocol.edits import Edit

__all__ = ["MirrorCanvas"]

# What the keys do before the program has said anything: by this process's settings.
_OWN_KEYMAP = {
    name: list(keys)
    for name, keys in mpl.rcParams.items()
    if name.startswith("keymap.")
}

# Methods of a canvas that a class of figures may put its own in the place of.
_REPLACED = ("draw", "draw_idle", "print_figure")


class MirrorCanvas(DrawingCanvas):
    """Shows the newest state, with what the user has changed of it."""

    def __init__(
        self,
        figure: Figure,
        # No signal: what fails here fails the state that is being shown.
        tell_edits: Callable[[int, list[Edit]], None] = lambda serial, edits: None,
    ) -> None:
        super().__init__(figure)
        self.edits = Edits(tell_edits)
        self.title = ""  # of the window, without the notebook's name
        self.save_as = ""  # the program's name for a file
        self.save_format = ""
        self.keymap: dict[Any, list[str]] = dict(_OWN_KEYMAP)  # as the program has it
        self.kernel_drags = False  # legends and annotations
        self._connections: list[tuple[str, Callable[[Any], Any]]] = []

    def keep_connected(self, signal: str, function: Callable[[Any], Any]) -> None:
        """Connect a callback that outlives the present figure."""
        self._connections.append((signal, function))
        self.mpl_connect(signal, function)

    def show_state(self, mirror: Mirror, edits: int = 0) -> None:
        """Put a new state into the window: same size, same view, same tool.

        `edits` is the number of the user's newest edits that it has.
        """
        old, new = self.figure, mirror.figure
        self.style_in_use = mirror.style
        self.style_in_use.apply()  # limits that autoscale below depend on it
        ratio = self.device_pixel_ratio
        new._original_dpi = new.dpi  # type: ignore[attr-defined]
        new.dpi = new.dpi * ratio  # it knows no window yet
        size = self.size()
        if size.width() > 0 and size.height() > 0:
            new.set_size_inches(
                size.width() * ratio / new.dpi,
                size.height() * ratio / new.dpi,
                forward=False,
            )
        for axes in new.axes:
            if hasattr(axes, "button_pressed"):
                # An Axes3D of a kernel that has seen a press, but not yet the release.
                axes.button_pressed = None
        own = self.edits.carry_over(new, edits)
        if isinstance(self.toolbar, HostToolbar):
            self.toolbar.rebind(old, new, own)
        self.figure = new
        for name in _REPLACED:  # by an earlier figure
            self.__dict__.pop(name, None)
        new.set_canvas(self)
        # It reads settings first; other windows may have been drawn since.
        new.savefig = self._savefig  # type: ignore[method-assign]
        for signal, function in self._connections:
            self.mpl_connect(signal, function)
        if isinstance(self.toolbar, HostToolbar):
            self.toolbar.note_connection()
        self.mouse_grabber = None

    def forget_view(self) -> None:
        """Drop the user's edits, the history and an error: another figure comes."""
        self.edits.forget()
        self.draw_error, self.draw_seconds = "", 0.0
        if self.toolbar is not None:
            self.toolbar.update()

    def hold_view(self, hold: bool) -> None:
        """Keep the limits as they are now, even when the program sets them."""
        self.edits.hold(self.figure, hold)
        self.draw_idle()

    @contextlib.contextmanager
    def acting(self) -> Iterator[None]:
        """Take what changes the figure within the block for the user's edits."""
        self.edits.begin(self.figure)
        try:
            yield
        finally:
            self.edits.end(self.figure)
            if self.is_dragging():  # a key or the wheel, in the middle of it
                self.edits.begin(self.figure)

    def watch_dialog(self, dialog: Any, figure: Figure) -> None:
        """Take what this dialog does to `figure` for edits, until it is closed."""
        self.edits.watch(dialog, figure)
        dialog.finished.connect(lambda result: self.edits.unwatch(dialog))

    def is_dragging(self) -> bool:
        """Whether the user holds a mouse button down on the canvas."""
        # A private name of Matplotlib's; without it the mouse itself is asked.
        held = getattr(self, "_button", self)
        if held is self:
            return bool(QtWidgets.QApplication.mouseButtons())
        return held is not None

    def is_navigating(self) -> bool:
        """Whether a drag is Matplotlib's own: of a tool, or to turn a 3D Axes."""
        return bool(self.toolbar is not None and self.toolbar.mode) or any(
            getattr(axes, "button_pressed", None) for axes in self.figure.axes
        )

    def prepare_drawing(self) -> None:
        self.edits.note_watched(self.figure)

    def _savefig(self, *args: Any, **options: Any) -> None:
        self.style_in_use.apply()
        type(self.figure).savefig(self.figure, *args, **options)

    def get_default_filename(self) -> str:
        return self.save_as or str(super().get_default_filename())

    def get_default_filetype(self) -> str:  # type: ignore[override]  # of this figure
        return self.save_format or str(super().get_default_filetype())

    def print_figure(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().print_figure(*args, **kwargs)
        finally:
            self.update()  # Matplotlib has it drawn with the next paint event

    def drop_drag(self) -> None:
        """End a drag whose release has gone to a dialog."""
        if self.is_dragging() and not QtWidgets.QApplication.mouseButtons():
            self._button: Any = None
            self.edits.end(self.figure)

    def use_keymap(self) -> None:
        """Put the program's settings in force, its keys too."""
        self.style_in_use.apply()
        dict.update(mpl.rcParams, self.keymap)

    @contextlib.contextmanager
    def handling_keys(self) -> Iterator[None]:
        """Take what Matplotlib does with a key within the block for an edit."""
        self.use_keymap()
        ticks.complete(self.figure)
        with self.acting():
            yield

    def keyPressEvent(self, event: QtGui.QKeyEvent | None) -> None:
        with self.handling_keys():
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QtGui.QMouseEvent | None) -> None:
        self.edits.begin(self.figure)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QtGui.QMouseEvent | None) -> None:
        self.edits.begin(self.figure)  # a drag may follow upon this press as well
        super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QtGui.QMouseEvent | None) -> None:
        super().mouseReleaseEvent(event)
        self.edits.end(self.figure)

    def wheelEvent(self, event: QtGui.QWheelEvent | None) -> None:
        with self.acting():
            super().wheelEvent(event)
