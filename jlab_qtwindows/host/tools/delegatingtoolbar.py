"""Matplotlib's toolbar, which leaves its work to the kernel where a window has frames.

GUI thread. A picture has no limits to change: there the buttons are sent to the kernel,
whose own toolbar acts on the figure and says what is to be seen of it in here.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from matplotlib.backend_tools import Cursors

from jlab_qtwindows.host.qt import NavigationToolbar2QT, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.backend_bases import MouseEvent

__all__ = ["PAN", "ZOOM", "DelegatingToolbar"]

PAN, ZOOM = "pan/zoom", "zoom rect"
_DIALOGS = ("configure_subplots", "edit_parameters")


class DelegatingToolbar(NavigationToolbar2QT):
    """Acts on the figure, or has the kernel do it while `shows_frames`."""

    action_left = Signal(str)  # to the kernel: the name of the button's method
    mode_changed = Signal(str)  # of this toolbar, not of the kernel's
    turning = Signal(bool)  # to frames, or away from them; nothing has changed yet

    def __init__(self, *args: Any, **options: Any) -> None:
        self.shows_frames = False
        self._listens = True  # the kernel
        self._kernel_mode = ""
        self._kernel_history = False, False
        self.subplot_dialog: Any = None  # while there is one
        super().__init__(*args, **options)
        self.buttons = _buttons_of(self)
        self._tips = {name: self.buttons[name].toolTip() for name in _DIALOGS}

    def show_frames(self, shows: bool, why: str) -> None:
        """Leave all to the kernel, or no longer; `why` says what makes it frames."""
        if shows != self.shows_frames:
            self.turning.emit(shows)
        if shows and not self.shows_frames:
            # The kernel knows of the tool in use, and has it too.
            self._kernel_mode = str(self.mode)
            self._turn_to("")
            if self.subplot_dialog is not None:
                self.subplot_dialog.reject()
        if shows != self.shows_frames:
            self.shows_frames = shows
            self._show_nothing()
        note = f"Not for a figure that is shown as pictures: {why}" if why else ""
        for name in _DIALOGS:
            self.buttons[name].setEnabled(not shows)
            self.buttons[name].setToolTip((shows and note) or self._tips[name])
        self._refresh()

    def listen(self, listens: bool) -> None:
        """Note whether there is a kernel; without one nothing can act on its figure."""
        self._listens = listens
        if self.shows_frames and not listens:
            self._show_nothing()
        self._refresh()

    # -- what the user does ----------------------------------------------------------

    def home(self, *args: Any) -> None:
        if not self._leave_to_kernel("home"):
            super().home(*args)

    def back(self, *args: Any) -> None:
        if not self._leave_to_kernel("back"):
            super().back(*args)

    def forward(self, *args: Any) -> None:
        if not self._leave_to_kernel("forward"):
            super().forward(*args)

    def pan(self, *args: Any) -> None:
        if not self._leave_to_kernel("pan", PAN):
            super().pan(*args)
            self.mode_changed.emit(str(self.mode))

    def zoom(self, *args: Any) -> None:
        if not self._leave_to_kernel("zoom", ZOOM):
            super().zoom(*args)
            self.mode_changed.emit(str(self.mode))

    def _leave_to_kernel(self, action: str, mode: str = "") -> bool:
        if self.shows_frames and self._listens:
            if mode:
                # What the kernel will say; it says it again, and may be busy.
                self._kernel_mode = "" if self._kernel_mode == mode else mode
            self._refresh()
            self.action_left.emit(action)
        return self.shows_frames

    def mouse_move(self, event: MouseEvent) -> None:
        if not self.shows_frames:
            super().mouse_move(event)

    # -- what the kernel says ----------------------------------------------------------

    def set_mode(self, mode: str) -> None:
        """Have this mode; of a figure that is sent as pictures, show it."""
        if self.shows_frames:
            self._kernel_mode = mode
            self._refresh()
        elif mode != self.mode:
            self._turn_to(mode)
            self.mode_changed.emit(str(self.mode))

    def set_history(self, back: bool, forward: bool) -> None:
        """Note whether the kernel has views to go to."""
        self._kernel_history = back, forward
        self._refresh()

    def show_band(self, corners: Sequence[Any]) -> None:
        """Draw the rectangle between two corners, or none; in fractions of the canvas.

        Raises
        ------
        ValueError
            These are no two corners.
        """
        if not self.shows_frames:
            return
        if not corners:
            self.remove_rubberband()
            return
        if len(corners) != 4 or not all(map(_is_number, corners)):
            raise ValueError(f"no corners of a rectangle: {corners!r:.80}")
        width, height = self.canvas.get_width_height(physical=True)
        # A little beyond the canvas is not seen, and far beyond is no number to Qt.
        x0, y0, x1, y1 = (min(max(float(corner), -1.0), 2.0) for corner in corners)
        self.draw_rubberband(None, x0 * width, y0 * height, x1 * width, y1 * height)

    def show_cursor(self, name: str) -> None:
        """Give the mouse the shape of this name over the canvas."""
        cursor = Cursors[name]
        self.canvas.set_cursor(cursor)
        if self.shows_frames:
            self._last_cursor = cursor  # what it has again after drawing

    def show_text(self, text: str) -> None:
        """Show the coordinates that the kernel has found under the mouse."""
        if self.shows_frames:
            self.set_message(text)

    # -- buttons -----------------------------------------------------------------------

    def _turn_to(self, mode: str) -> None:
        """Have this mode and report nothing."""
        if mode != self.mode:
            # A second call of the same tool ends it.
            tool = mode or str(self.mode)
            super().pan() if tool == PAN else super().zoom()

    def _show_nothing(self) -> None:
        self.remove_rubberband()
        self.set_message("")
        self._last_cursor = Cursors.POINTER
        self.canvas.set_cursor(Cursors.POINTER)

    def _refresh(self) -> None:
        can_act = self._listens or not self.shows_frames
        for name in ("home", "pan", "zoom"):
            self.buttons[name].setEnabled(can_act)
        self._update_buttons_checked()
        self.set_history_buttons()

    def _update_buttons_checked(self) -> None:
        mode = self._kernel_mode if self.shows_frames else str(self.mode)
        self.buttons["pan"].setChecked(mode == PAN)
        self.buttons["zoom"].setChecked(mode == ZOOM)

    def set_history_buttons(self) -> None:
        if not self.shows_frames:
            super().set_history_buttons()
            return
        for name, can in zip(("back", "forward"), self._kernel_history, strict=True):
            self.buttons[name].setEnabled(can and self._listens)


def _buttons_of(toolbar: Any) -> dict[str, Any]:
    """Return Matplotlib's buttons by the names of the methods that they call."""
    by_text = {action.text(): action for action in toolbar.actions()}
    return {
        method: by_text[text]
        for text, _, _, method in toolbar.toolitems
        if text in by_text
    }


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)
