"""One window's toolbar: Matplotlib's, around figures that come and go. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matplotlib as mpl

from jlab_qtwindows.host.qt import QtGui

from .delegatingtoolbar import DelegatingToolbar
from .history import home_views, rebind_history
from .icons import FadingIcon
from .savefolders import SaveFolders

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matplotlib.figure import Figure

    from jlab_qtwindows.protocol.edits import Key

__all__ = ["HostToolbar"]


class HostToolbar(DelegatingToolbar):
    """Matplotlib's toolbar; its history follows the figure's new states."""

    def __init__(self, canvas: Any, parent: Any = None) -> None:
        super().__init__(canvas, parent, coordinates=False)
        self.on_message: Callable[[str], None] = lambda text: None
        self.folders = SaveFolders()
        self.notebook = ""  # the file to which the figure belongs
        self.save_in = ""  # the folder that the program has set
        self._saved_in = ""  # the same, when the user last chose another or this one

    def set_message(self, s: str) -> None:
        self.on_message(s)

    def _icon(self, name: str) -> Any:
        return QtGui.QIcon(FadingIcon(super()._icon(name)))

    def _update_view(self) -> None:
        with self.canvas.acting():
            super()._update_view()

    def configure_subplots(self) -> Any:
        if self._subplot_dialog is not None:
            self._subplot_dialog._figure = self.canvas.figure
        dialog = super().configure_subplots()
        dialog.setWindowTitle(f"Subplots of {self.canvas.title}")
        self.canvas.watch_dialog(dialog, dialog._figure)
        return dialog

    def edit_parameters(self) -> None:
        if self.shows_frames:  # and the button is disabled: the program has asked
            return
        # Its Axes are those of this figure, also where newer states come while the
        # user chooses one of several.
        figure, before = self.canvas.figure, getattr(self, "_fedit_dialog", None)
        if not self._nav_stack._elements:
            self.push_current()  # what Home goes back to
        super().edit_parameters()
        dialog: Any = getattr(self, "_fedit_dialog", None)
        if dialog is not before and dialog.isVisible():
            self.canvas.watch_dialog(dialog, figure)

    def mouse_move(self, event: Any) -> None:
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
        stack = self._nav_stack
        if stack._elements:
            stack._elements = rebind_history(
                stack._elements, old, new, home_views(new, own)
            )
        tool = getattr(self.mode, "_navigate_mode", None)  # Matplotlib below 3.11
        if tool is not None:
            for axes in new.axes:
                axes.set_navigate_mode(tool)
