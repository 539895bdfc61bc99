"""Who acts on the figure of one window: its own toolbar, or the kernel's. GUI thread.

A figure that travels whole is acted on in here, at once, whatever its kernel does. Of
one that travels as frames there are only pixels in here: all that the person does goes
to the kernel.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from matplotlib.backend_bases import key_press_handler

from jlab_qtwindows.protocol.messages import (
    TOOLBAR_MODES,
    WINDOW_ACTIONS,
    WINDOW_CURSORS,
    SetHistoryButtons,
    SetToolbarMode,
    ShowCoordinates,
    ShowCursor,
    ShowRubberBand,
    ToolModeChanged,
    ToolUsed,
    UseTool,
)
from jlab_qtwindows.protocol.model import clip

from .qt import QtCore

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.protocol.messages import Message, UpdateFigure

    from .canvas import MirrorCanvas
    from .frametoolbar import FrameToolbar
    from .inputs import Inputs

__all__ = ["TOOL_MESSAGES", "WindowTools"]

logger = logging.getLogger(__name__)

TOOL_MESSAGES = (
    SetHistoryButtons,
    SetToolbarMode,
    ShowCoordinates,
    ShowCursor,
    ShowRubberBand,
    UseTool,
)


class WindowTools:
    """The toolbar, the keys and the mouse of one window, between person and kernel."""

    def __init__(
        self,
        canvas: MirrorCanvas,
        toolbar: FrameToolbar,
        inputs: Inputs,
        tell_kernel: Callable[[Message], None],
    ) -> None:
        self._canvas = canvas
        self._toolbar = toolbar
        self._inputs = inputs
        self._tell_kernel = tell_kernel
        self.on_frames: Callable[[bool], None] = lambda shows: None
        # Events that the program does not want Matplotlib to act on.
        self.taken: frozenset[str] = frozenset()
        self._window_id = ""
        self._listens = True
        toolbar.on_used = lambda action: tell_kernel(ToolUsed(self._window_id, action))
        toolbar.on_mode = lambda mode: tell_kernel(
            ToolModeChanged(self._window_id, mode)
        )

    @property
    def shows_frames(self) -> bool:
        """Whether the window has pixels, and the kernel acts."""
        return self._toolbar.shows_frames

    def serve(self, window_id: str) -> None:
        """Act on this figure from now on."""
        known, self._window_id = self._window_id, window_id
        if known and known != window_id:
            self.taken = frozenset()
            self._leave_to_kernel(False, "")
            self._toolbar.set_history(False, False)
        self._listens = True
        self._toolbar.listen(True)
        if known and known != window_id and self._toolbar.mode:
            self.report()

    def report(self) -> None:
        """Tell a kernel that has not listened which tool the person has in hand."""
        self._listens = True
        self._toolbar.listen(True)
        if not self.shows_frames:
            self._tell_kernel(ToolModeChanged(self._window_id, str(self._toolbar.mode)))

    def detach(self) -> None:
        """The kernel is gone."""
        self._listens = False
        self._toolbar.listen(False)

    def show(self, update: UpdateFigure) -> None:
        """Learn from a new state, before it is shown, how the figure travels."""
        frames = update.kind == "frame"
        if frames and not self.shows_frames:
            self._canvas.forget_view()  # of a figure that is in here no longer
        self._leave_to_kernel(frames, update.reason)

    def on_key(self, event: Any) -> None:
        """Do what Matplotlib does of a key, unless the kernel does."""
        if not self.leaves("key_press_event"):
            key_press_handler(event, self._canvas, self._toolbar)

    def leaves(self, signal: str) -> bool:
        """Whether these events are the kernel's, the key that closes the window too."""
        return self._listens and (self.shows_frames or signal in self.taken)

    def obey(self, message: Any) -> None:
        """Do what the kernel says of the toolbar, or log why not."""
        toolbar = self._toolbar
        if isinstance(message, UseTool):
            if not _is_known(message.action, WINDOW_ACTIONS):
                return
            # Later: what opens a dialog returns when that is closed.
            action = getattr(toolbar, message.action)
            later = message.action == "save_figure"
            QtCore.QTimer.singleShot(0, action) if later else action()
        elif isinstance(message, SetToolbarMode):
            if _is_known(message.mode, TOOLBAR_MODES):
                toolbar.set_mode(message.mode)
        elif isinstance(message, ShowCursor):
            if _is_known(message.cursor, WINDOW_CURSORS):
                toolbar.show_cursor(message.cursor)
        elif isinstance(message, SetHistoryButtons):
            toolbar.set_history(message.back, message.forward)
        elif isinstance(message, ShowCoordinates):
            toolbar.show_text(message.text)
        elif isinstance(message, ShowRubberBand):
            toolbar.show_band(message.corners)

    def _leave_to_kernel(self, leaves: bool, why: str) -> None:
        if leaves != self.shows_frames:
            self.on_frames(leaves)
        self._toolbar.show_frames(leaves, clip(why))
        self._inputs.leave_to_kernel(leaves)


def _is_known(name: str, names: tuple[str, ...]) -> bool:
    if name not in names:
        logger.warning("no toolbar has %r", clip(name))
    return name in names
