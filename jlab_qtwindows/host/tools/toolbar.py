"""One window's toolbar: Matplotlib's, around figures that come and go. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matplotlib as mpl

from jlab_qtwindows.host.qt import QtCore, QtGui, QtWidgets, Signal

from .delegatingtoolbar import PAN, ZOOM, DelegatingToolbar
from .history import home_views, rebind_history
from .icons import FadingIcon
from .savefolders import SaveFolders

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.backend_bases import MouseEvent
    from matplotlib.figure import Figure

    from jlab_qtwindows.protocol.edits import Key

__all__ = ["HostToolbar"]

# Dialogs of Matplotlib's that do not say of which figure they are.
_NAMELESS = ("Customize", "Figure options")


class HostToolbar(DelegatingToolbar):
    """Matplotlib's toolbar; its history follows the figure's new states."""

    message_set = Signal(str)  # where the mouse is in the data
    notice_given = Signal(str)  # what the user is to be told

    def __init__(self, canvas: Any, parent: Any = None) -> None:
        super().__init__(canvas, parent, coordinates=False)
        self.folders = SaveFolders()
        self.notebook = ""  # the file to which the figure belongs
        self.save_in = ""  # the folder that the program has set
        self._saved_in = ""  # the same, when the user last chose another or this one

    def set_message(self, s: str) -> None:
        self.message_set.emit(s)

    def _icon(self, name: str) -> Any:
        return QtGui.QIcon(FadingIcon(super()._icon(name)))

    def home(self, *args: Any) -> None:
        with self.canvas.acting():
            super().home(*args)

    def back(self, *args: Any) -> None:
        with self.canvas.acting():
            super().back(*args)

    def forward(self, *args: Any) -> None:
        with self.canvas.acting():
            super().forward(*args)

    def drag(self, event: MouseEvent) -> None:
        """Begin or end what the tool in hand does with a button of the mouse."""
        begins = event.name == "button_press_event"
        if self.mode == PAN:
            self.press_pan(event) if begins else self.release_pan(event)
        elif self.mode == ZOOM:
            self.press_zoom(event) if begins else self.release_zoom(event)

    def configure_subplots(self) -> Any:
        if hasattr(self.subplot_dialog, "_figure"):
            self.subplot_dialog._figure = self.canvas.figure
        else:
            self._subplot_dialog = None  # Matplotlib makes one of this figure
        self.subplot_dialog = dialog = super().configure_subplots()
        dialog.setWindowTitle(f"Subplots of {self.canvas.title}")
        self.canvas.watch_dialog(dialog, getattr(dialog, "_figure", self.canvas.figure))
        return dialog

    def edit_parameters(self) -> None:
        if self.shows_frames:  # and the button is disabled: the program has asked
            return
        # Its Axes are those of this figure, also where newer states come while the
        # user chooses one of several.
        figure, before = self.canvas.figure, self.findChildren(QtWidgets.QDialog)
        stack = getattr(self, "_nav_stack", None)
        if stack is not None and not len(stack):
            self.push_current()  # what Home goes back to
        # One that asks for the Axes is in an event loop of its own.
        QtCore.QTimer.singleShot(0, self._name_dialogs)
        super().edit_parameters()
        self._name_dialogs()
        for dialog in self.findChildren(QtWidgets.QDialog):
            if dialog not in before and dialog.isVisible():
                self.canvas.watch_dialog(dialog, figure)

    def _name_dialogs(self) -> None:
        for dialog in (self.window() or self).findChildren(QtWidgets.QDialog):
            if dialog.windowTitle() in _NAMELESS:
                dialog.setWindowTitle(f"{dialog.windowTitle()} — {self.canvas.title}")

    def mouse_move(self, event: MouseEvent) -> None:
        # How coordinates are written is a setting of the figure's kernel, too.
        self.canvas.style_in_use.apply()
        super().mouse_move(event)

    def save_figure(self, *args: Any) -> Any:
        # Which format comes first is a setting of the figure's kernel.
        self.canvas.style_in_use.apply()
        before = mpl.rcParams["savefig.directory"]
        offered = self.save_in
        mpl.rcParams["savefig.directory"] = start = self._folder() or before
        saved: Any = None
        try:
            saved = super().save_figure(*args)
        finally:
            # Matplotlib below 3.10 tells nothing, but notes another folder.
            if saved or mpl.rcParams["savefig.directory"] != start:
                self._saved_in = offered  # from now on where the user has saved last
                self.folders.note(self.notebook, mpl.rcParams["savefig.directory"])
            else:
                mpl.rcParams["savefig.directory"] = before
            self.canvas.drop_drag()
        return saved

    def _folder(self) -> str:
        """Return where to save: as the program says, or where the user did, or ""."""
        if self.save_in != self._saved_in and self.save_in:
            return self.save_in
        return self.folders.find(self.notebook)

    def note_connection(self) -> None:
        """Know by its present number the callback that a pan takes the place of."""
        self._id_drag = self.canvas.mpl_connect("motion_notify_event", self.mouse_move)

    def rebind(self, old: Figure, new: Figure, own: Mapping[Key, Any]) -> None:
        """Bind history and tool to the Axes of a new state.

        `own` are the program's values of what the user has changed.
        """
        try:
            stack = self._nav_stack
            if stack._elements:
                stack._elements = rebind_history(
                    stack._elements, old, new, home_views(new, own)
                )
        except AttributeError:  # private names: the history begins anew
            self.update()
        tool = getattr(self.mode, "_navigate_mode", None)  # Matplotlib below 3.11
        if tool is not None:
            for axes in new.axes:
                axes.set_navigate_mode(tool)
