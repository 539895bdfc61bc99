"""`manager.toolbar`: what the buttons of a figure's window do.

A figure that travels whole has Matplotlib's own toolbar in its window: that one acts,
and this one sends it what the program calls. Where the window has nothing but pixels,
this one acts, on the main thread, and tells the window what to show of it. `mode` is
that of the window in either case, and holds the canvas's `widgetlock`.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
from typing import Any

from matplotlib.backend_bases import NavigationToolbar2

from jlab_qtwindows.kernel.input.ownhandlers import is_for_us
from jlab_qtwindows.protocol.messages import (
    TOOLBAR_ACTIONS,
    TOOLBAR_MODES,
    ButtonPressed,
    SetHistoryButtons,
    SetToolbarMode,
    ShowCoordinates,
    ShowRubberBand,
    ToolModeChanged,
    ToolUsed,
    UseTool,
)

from .buttons import Buttons
from .toolbarwidget import ToolbarWidget

__all__ = ["KernelToolbar"]

logger = logging.getLogger(__name__)

_MOST_WAITING = 64  # calls of a program whose window is not there yet
_MOST_TEXT = 1_000  # characters of coordinates


class KernelToolbar(NavigationToolbar2, ToolbarWidget):
    """`home`, `back`, `forward`, `pan`, `zoom` and `mode` of a figure's window.

    Besides them it has the methods by which Matplotlib itself works on a toolbar, those
    of a QToolBar that programs use, and any other name says which there are.
    """

    def __init__(self, canvas: Any) -> None:
        self._followed = canvas.followed
        self._buttons = Buttons(self._followed, self)
        self._calls = itertools.count()
        self._text = ""
        self._has_band = False
        self._history = False, False
        super().__init__(canvas)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(
            f"the toolbar of a figure has no {name!r} here: it is in another process. "
            f"It has {', '.join(dir(self))}"
        )

    def __dir__(self) -> list[str]:
        names = [*vars(NavigationToolbar2), *vars(ToolbarWidget)]
        base = [name for name in names if name[0].islower()]
        return sorted({*base, "canvas", "mode"})

    # -- what programs call ------------------------------------------------------------

    def home(self, *args: Any) -> None:
        """Show the first view."""
        self._go("home")

    def back(self, *args: Any) -> None:
        """Show the view before this one."""
        self._go("back")

    def forward(self, *args: Any) -> None:
        """Show the view after this one."""
        self._go("forward")

    def pan(self, *args: Any) -> None:
        """Begin or end panning with the mouse."""
        super().pan(*args)
        self._tell_mode()

    def zoom(self, *args: Any) -> None:
        """Begin or end zooming with the mouse."""
        super().zoom(*args)
        self._tell_mode()

    def save_figure(self, *args: Any) -> Any:
        """Have the window ask for a file's name; what is saved is not known here."""
        self._ask_window("save_figure")
        return getattr(self, "UNKNOWN_SAVED_STATUS", None)  # Matplotlib 3.10

    def edit_parameters(self) -> None:
        """Open the window's dialog of titles, limits and curves."""
        self._ask_window("edit_parameters")

    def _go(self, action: str) -> None:
        if self._followed.delivery.shows_frames:
            getattr(super(), action)()
        else:
            self._ask_window(action)

    def _ask_window(self, action: str) -> None:
        # Two calls of `back` are two steps: none replaces another.
        kind = UseTool, next(self._calls) % _MOST_WAITING
        self._followed.post(UseTool(self._followed.window_id, action), kind)

    def _tell_mode(self) -> None:
        mode = SetToolbarMode(self._followed.window_id, str(self.mode))
        self._followed.keep_posted(mode)

    # -- what the window reports; main thread ------------------------------------------

    def handle(self, message: ToolUsed | ToolModeChanged | ButtonPressed) -> None:
        """Do what the user did with the window's toolbar."""
        if isinstance(message, ButtonPressed):
            self.press(message)
        elif isinstance(message, ToolModeChanged):
            self._adopt_mode(message.mode)
        elif message.action in TOOLBAR_ACTIONS:
            getattr(self, message.action)()
        else:
            logger.warning("no toolbar has a button %.80r", message.action)

    def _adopt_mode(self, mode: str) -> None:
        if mode not in TOOLBAR_MODES:
            logger.warning("no toolbar has a mode %.80r", mode)
            return
        if mode != self.mode:
            # A second call of the same tool ends it.
            name = mode or str(self.mode)
            super().pan() if name == "pan/zoom" else super().zoom()
        if mode == self.mode:
            held = SetToolbarMode(self._followed.window_id, mode)
            self._followed.outbox.stand(held)
        else:
            self._tell_mode()  # a selector of the program has the canvas for itself

    # -- what the window shows of it ---------------------------------------------------

    def press_pan(self, event: Any) -> None:
        if is_for_us(event):
            super().press_pan(event)

    def release_pan(self, event: Any) -> None:
        if is_for_us(event):
            super().release_pan(event)

    def press_zoom(self, event: Any) -> None:
        if is_for_us(event):
            super().press_zoom(event)

    def release_zoom(self, event: Any) -> None:
        if is_for_us(event):
            super().release_zoom(event)

    def mouse_move(self, event: Any) -> None:
        if is_for_us(event):
            super().mouse_move(event)

    def set_message(self, s: str) -> None:
        followed, text = self._followed, str(s)[:_MOST_TEXT]
        if followed.delivery.shows_frames and text != self._text:
            self._text = text
            followed.post(ShowCoordinates(followed.window_id, text))

    def draw_rubberband(
        self, event: Any, x0: float, y0: float, x1: float, y1: float
    ) -> None:
        width, height = (max(float(size), 1.0) for size in self.canvas.figure.bbox.size)
        corners = [x0 / width, y0 / height, x1 / width, y1 / height]
        self._show_band([float(corner) for corner in corners])

    def remove_rubberband(self) -> None:
        if self._has_band:
            self._show_band([])

    def _show_band(self, corners: list[float]) -> None:
        self._has_band = bool(corners)
        self._followed.post(ShowRubberBand(self._followed.window_id, corners))

    def set_history_buttons(self) -> None:
        stack: Any = getattr(self, "_nav_stack", None)
        at = getattr(stack, "_pos", None)  # without it any step may be possible
        history = (True, True) if at is None else (at > 0, at < len(stack) - 1)
        if history != self._history:
            self._history = history
            window_id = self._followed.window_id
            self._followed.keep_posted(SetHistoryButtons(window_id, *history))

    def _wait_cursor_for_draw_cm(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()  # drawing in here makes nobody wait
