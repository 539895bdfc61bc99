"""Who acts on the figure of one window: its own toolbar, or the kernel's. GUI thread.

A figure that travels whole is acted on in here, at once, whatever its kernel does. Of
one that travels as frames there are only pixels in here: all that the user does goes
to the kernel.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backend_bases import KeyEvent, MouseEvent

from jlab_qtwindows.host.qt import QtCore
from jlab_qtwindows.protocol.messages import (
    TOOLBAR_MODES,
    WINDOW_ACTIONS,
    WINDOW_CURSORS,
    WINDOW_DIALOGS,
    InputHandled,
    LockCanvas,
    SetHistoryButtons,
    SetToolbarMode,
    ShowCoordinates,
    ShowCursor,
    ShowRubberBand,
    ToolModeChanged,
    ToolUsed,
    UseKeymap,
    UseTool,
    WantEvents,
)
from jlab_qtwindows.protocol.model import clip

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.host.window.canvas import MirrorCanvas
    from jlab_qtwindows.protocol.messages import Message, UpdateFigure

    from .delegatingtoolbar import DelegatingToolbar
    from .inputs import Inputs

__all__ = ["TOOL_MESSAGES", "Arbiter"]

logger = logging.getLogger(__name__)

TOOL_MESSAGES = (
    InputHandled,
    LockCanvas,
    SetHistoryButtons,
    SetToolbarMode,
    ShowCoordinates,
    ShowCursor,
    ShowRubberBand,
    UseKeymap,
    UseTool,
    WantEvents,
)


class Arbiter:
    """The toolbar, the keys and the mouse of one window, between user and kernel."""

    def __init__(
        self,
        canvas: MirrorCanvas,
        toolbar: DelegatingToolbar,
        inputs: Inputs,
        tell_kernel: Callable[[Message], None],
    ) -> None:
        self._canvas = canvas
        self._toolbar = toolbar
        self._inputs = inputs
        self._tell_kernel = tell_kernel
        # Events that the program does not want Matplotlib to act on.
        self.taken: frozenset[str] = frozenset()
        self._locked = False  # a selector of the program has the canvas for itself
        self._window_id = ""
        self._listens = True
        toolbar.action_left.connect(self._tell_action)
        toolbar.mode_changed.connect(self._tell_mode)

    @property
    def shows_frames(self) -> bool:
        """Whether the window has pixels, and the kernel acts."""
        return self._toolbar.shows_frames

    def attach(self, window_id: str) -> None:
        """Act on this figure from now on."""
        known, self._window_id = self._window_id, window_id
        if known and known != window_id:
            self.taken = frozenset()
            self._lock(False)
            self._leave_to_kernel(False, "")
            self._toolbar.set_history(False, False)
        self._listen(True)
        if known and known != window_id and self._toolbar.mode:
            self.report()

    def report(self) -> None:
        """Tell a kernel that has not listened which tool the user has in hand."""
        self._listen(True)
        if not self.shows_frames:
            self._tell_mode(str(self._toolbar.mode))

    def detach(self) -> None:
        """The kernel is gone."""
        self._expect_no_answer()  # what is a text in it closes no window
        self._lock(False)
        self._listen(False)

    def _expect_no_answer(self) -> None:
        if self._inputs.expect_no_answer():
            self._toolbar.notice_given.emit(
                "a key was dropped: nobody can say any more whether it was a text"
            )

    def _listen(self, listens: bool) -> None:
        self._listens = listens
        self._canvas.kernel_drags = listens
        self._toolbar.listen(listens)

    def show(self, update: UpdateFigure) -> None:
        """Learn from a new state, before it is shown, how the figure travels."""
        frames = update.kind == "frame"
        if frames and not self.shows_frames:
            self._canvas.forget_view()  # of a figure that is in here no longer
        self._leave_to_kernel(frames, update.reason)

    def act(self, event: Any, handle: Callable[[Any, bool], bool]) -> None:
        """Have `handle` do what the window itself does with an event, if it is its own.

        Now, or when the program has said so in its answer to earlier events; see
        `Inputs.when_known`, which tells `handle` whether it has, and asks whether it is
        done.
        """
        at_once = True  # the canvas is in the middle of this event, its edit has begun

        def handle_if_ours(known: bool) -> bool:
            if self.leaves(event.name):
                return True  # done: the kernel does it
            if at_once:
                self._canvas.use_keymap()
                return handle(event, known)
            with self._canvas.handling_keys():
                return handle(_again(event), known)

        self._inputs.when_known(handle_if_ours)  # at once, or it keeps it for later
        at_once = False

    @property
    def listens(self) -> bool:
        """Whether there is a program, whose answer to a click may be to read keys."""
        return self._listens

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
            later = message.action in WINDOW_DIALOGS
            QtCore.QTimer.singleShot(0, action) if later else action()
        elif isinstance(message, SetToolbarMode):
            if _is_known(message.mode, TOOLBAR_MODES):
                toolbar.set_mode(message.mode)
                self._lock(self._locked)  # which a tool may have held
        elif isinstance(message, ShowCursor):
            if _is_known(message.cursor, WINDOW_CURSORS):
                toolbar.show_cursor(message.cursor)
        elif isinstance(message, SetHistoryButtons):
            toolbar.set_history(message.back, message.forward)
        elif isinstance(message, ShowCoordinates):
            toolbar.show_text(message.text)
        elif isinstance(message, ShowRubberBand):
            toolbar.show_band(message.corners)
        elif isinstance(message, LockCanvas):
            self._lock(message.locked)
        elif isinstance(message, UseKeymap):
            self._canvas.keymap.update(_known_keys(message.keymap))
        elif isinstance(message, WantEvents):
            self._inputs.want(message.kinds)
            self.taken = frozenset(message.taken)
        elif isinstance(message, InputHandled):
            self._inputs.on_answer(message.serial)

    def _tell_action(self, action: str) -> None:
        self._tell_kernel(ToolUsed(self._window_id, action))

    def _tell_mode(self, mode: str) -> None:
        self._tell_kernel(ToolModeChanged(self._window_id, mode))

    def _leave_to_kernel(self, leaves: bool, why: str) -> None:
        if leaves != self.shows_frames:
            self._expect_no_answer()  # what waits is still this window's
        self._toolbar.show_frames(leaves, clip(why))
        self._inputs.leave_to_kernel(leaves)

    def _lock(self, locked: bool) -> None:
        """Have Matplotlib's tools leave the canvas to the program, or no longer."""
        self._locked = locked
        lock = self._canvas.widgetlock
        if locked and not lock.locked():
            lock(self)
        elif not locked and lock.isowner(self):
            lock.release(self)


def _again(event: Any) -> Any:
    """Return an event anew: the figure below it may be another state by now."""
    name, canvas = event.name, event.canvas
    if isinstance(event, KeyEvent):
        return KeyEvent(name, canvas, event.key, event.x, event.y)
    return MouseEvent(
        name, canvas, event.x, event.y, event.button, event.key, event.step
    )


def _known_keys(keymap: dict[str, Any]) -> dict[str, list[str]]:
    return {
        name: [str(key) for key in keys]
        for name, keys in keymap.items()
        if name.startswith("keymap.")
        and name in mpl.rcParams
        and isinstance(keys, list)
    }


def _is_known(name: str, names: tuple[str, ...]) -> bool:
    if name not in names:
        logger.warning("no toolbar has %r", clip(name))
    return name in names
