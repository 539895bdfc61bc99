"""The states of one window's figure: shown, or kept while it is frozen. GUI thread."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from .freeze import Freeze

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.host.tools.inputs import Inputs
    from jlab_qtwindows.host.wire.inbox import Update
    from jlab_qtwindows.protocol.messages import UpdateFigure

    from .canvas import MirrorCanvas
    from .liveness import Liveness
    from .manager import HostManager
    from .owner import Owner

__all__ = ["Content"]

logger = logging.getLogger(__name__)


class Content:
    """Puts new states on the canvas, and tells their kernel.

    `place` and `appear` are called for each of them: before, and when it is ready to be
    drawn.
    """

    def __init__(
        self,
        manager: HostManager,
        canvas: MirrorCanvas,
        inputs: Inputs,
        owner: Owner,
        liveness: Liveness,
        *,
        place: Callable[[], None],
        appear: Callable[[], None],
        kept: Callable[[], None],  # while frozen
    ) -> None:
        self._toolbar = manager.toolbar
        self._canvas = canvas
        self._inputs = inputs
        self._arbiter = manager.arbiter
        self._owner = owner
        self._liveness = liveness
        self._place = place
        self._appear = appear
        self.freeze = Freeze(manager.window, tell_taken=owner.tell_taken, changed=kept)
        self.revision = 0
        self.last: UpdateFigure | None = None
        self.behind = False

    def present(self, update: Update) -> None:
        """Show the new state, or keep it while frozen; tell the kernel."""
        if self.freeze.frozen:
            self.freeze.keep(update)
            return
        self._owner.tell_taken(update.message.revision)
        self._show_and_tell(update)

    def set_frozen(self, frozen: bool) -> None:
        """Stand still, or show the newest state that has come meanwhile."""
        if frozen:
            self.freeze.start()
            return
        newest = self.freeze.release()
        if newest is not None:
            self._show_and_tell(newest)

    def show(self, update: Update) -> bool:
        """Put the new state on the screen; return whether it has been drawn."""
        message = self.last = update.message
        self.behind = False
        self.revision = message.revision
        self._place()
        self._arbiter.show(message)
        self._canvas.save_as = message.save_as
        self._canvas.save_format = message.save_format
        self._toolbar.save_in = message.save_in
        self._toolbar.notebook = self._owner.peer.notebook
        self._canvas.show_state(update.mirror, message.edits)
        self._appear()
        drawn = self._canvas.draw_when_visible()
        self._liveness.frame()
        return drawn

    def _show_and_tell(self, update: Update) -> None:
        revision = update.message.revision
        try:
            drawn = self.show(update)
            error = self._canvas.draw_error if drawn else ""  # that of an earlier state
        except Exception as failure:
            logger.exception("revision %d cannot be shown", revision)
            error = f"{type(failure).__name__}: {failure}"
        if error:
            self._owner.tell_rejected(revision, error)
        else:
            seconds, fps = self._canvas.draw_seconds, self._liveness.fps()
            self._owner.tell_shown(revision, seconds, fps)

    def fall_behind(self) -> None:
        """Say that the figure is not shown as it is now; the next state ends that."""
        self.behind = True
        self._liveness.changed()

    def is_held(self) -> bool:
        """Whether a new state must wait: a drag is in progress that it would break.

        A program that listens shows the drag itself, in new states. And after a slow
        drawing the other windows come first.
        """
        if self._canvas.yield_left():
            return True
        if self._arbiter.shows_frames:
            return False  # the kernel acts, and shows with frames what it does
        return self._canvas.is_dragging() and (
            self._canvas.is_navigating() or not self._inputs.wants_drags()
        )
