"""One native window with one figure. GUI thread."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure

from jlab_qtwindows.host.desktop.geometryfile import figure_key
from jlab_qtwindows.host.desktop.names import short_name
from jlab_qtwindows.host.desktop.presence import Presence
from jlab_qtwindows.host.desktop.whereabouts import Whereabouts
from jlab_qtwindows.host.figure.coordinates import Coordinates
from jlab_qtwindows.host.qt import QtWidgets
from jlab_qtwindows.host.tools.arbiter import Arbiter
from jlab_qtwindows.host.tools.buttons import ViewButtons
from jlab_qtwindows.host.tools.inputs import Inputs
from jlab_qtwindows.host.tools.ownbuttons import OwnButtons
from jlab_qtwindows.host.tools.savefolders import SaveFolders
from jlab_qtwindows.protocol.messages import (
    ButtonPressed,
    FigureEdited,
    FigureRejected,
    FigureShown,
    SetButtons,
    SetWindowIcon,
    ShowBars,
    ShowStatus,
    UpdateTaken,
    WindowResized,
)
from jlab_qtwindows.protocol.model import WindowModel, clip

from .canvas import SLOW, MirrorCanvas
from .freeze import Freeze
from .liveness import Liveness
from .manager import HostManager
from .pictures import copy_to_clipboard
from .statusline import StatusLine, state_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.host.desktop.geometryfile import GeometryFile
    from jlab_qtwindows.host.wire.inbox import Update
    from jlab_qtwindows.host.wire.peers import Peer
    from jlab_qtwindows.protocol.edits import Edit
    from jlab_qtwindows.protocol.messages import (
        InputEvent,
        Message,
        OpenFigure,
        UpdateFigure,
    )

__all__ = ["OWN_MESSAGES", "HostWindow"]

# What the program asks of its window beside moving it.
OWN_MESSAGES = (SetButtons, SetWindowIcon, ShowBars, ShowStatus)

logger = logging.getLogger(__name__)


class HostWindow:
    """A window, its model, and the kernel it belongs to."""

    def __init__(
        self,
        peer: Peer,
        opened: OpenFigure,
        *,
        on_changed: Callable[[HostWindow], None],
        on_closed: Callable[[HostWindow], None],
        tell_kernel: Callable[[HostWindow, Message], None],
        memory: GeometryFile | None = None,
        folders: SaveFolders | None = None,
    ) -> None:
        self._on_changed = on_changed
        self._tell_kernel = tell_kernel
        self.canvas = MirrorCanvas(Figure(), self._tell_edits)
        self.canvas.draw_failed.connect(self._on_draw_failed)
        # Before the manager: the quit key is told, and then that the window is closed.
        self.inputs = Inputs(self.canvas, self._send_input)
        # A state may have waited for the end of the drag, and the kernel with it.
        self.canvas.keep_connected(
            "button_release_event", lambda event: self._changed()
        )
        self.manager = HostManager(
            self.canvas, opened.num or 0, closed=lambda: on_closed(self)
        )
        self.window = self.manager.window
        self.manager.toolbar.folders = folders or SaveFolders()
        self.arbiter = self.manager.arbiter = Arbiter(
            self.canvas,
            self.manager.toolbar,
            self.inputs,
            self._tell,
        )
        self.status = StatusLine.below(self.window)
        self.manager.toolbar.message_set.connect(self.status.show_coordinates)
        self.manager.toolbar.notice_given.connect(self.status.show_notice)
        self.coordinates = Coordinates(
            self.canvas,
            self.manager.toolbar,
            self._tell,
        )
        self.canvas.keep_connected("key_press_event", self._on_key)
        self._freeze = Freeze(
            self.window,
            tell_taken=self._tell_taken,
            changed=self._on_frozen,
        )
        self.buttons = ViewButtons(
            self.manager.toolbar,
            on_hold=self.canvas.hold_view,
            on_follow=self._follow,
            on_freeze=self._on_freeze,
        )
        self.manager.toolbar.turning.connect(self.buttons.show_frames)
        self._own_buttons = OwnButtons(self.manager.toolbar, self._tell_pressed)
        self._presence = Presence(self.window, self.canvas, memory, self._tell_resized)
        self._whereabouts = Whereabouts(self.window, self._tell)
        self._liveness = Liveness(self.window, self._report)
        self.canvas.drawn_slowly.connect(self._liveness.report_after)
        self.revision = 0
        self._last: UpdateFigure | None = None
        self._behind = False
        self.adopt(peer, opened)

    def adopt(self, peer: Peer, opened: OpenFigure) -> None:
        """Belong to this kernel and figure from now on."""
        is_other = getattr(self, "window_id", None) != opened.window_id
        if is_other:
            # Nothing the user did to the figure before is meant for this one.
            self._freeze.forget()
            self.buttons.release()
            self.canvas.forget_view()
            self._own_buttons.reset()
            self.status.show_message("", 0)
            self.window.statusBar().show()
        self.window_id = opened.window_id
        self.canvas.edits.on_connected()
        self.inputs.attach(opened.window_id)
        self.peer = peer
        self._kernel = "running"
        self.arbiter.attach(opened.window_id)
        self.coordinates.attach(opened.window_id)
        self.num = opened.num
        self.created = opened.created
        self.revision = 0
        self._program = short_name(peer.notebook)
        self.set_title(opened.title)
        self.manager.toolbar.setVisible(opened.toolbar)
        self.window.layout().activate()  # what is around the canvas has its size now
        if is_other:
            self._recalled = False
            self._presence.forget()
            self.resize(opened.width, opened.height)
        self._whereabouts.attach(opened.window_id)

    def reattach(self, peer: Peer) -> None:
        """The kernel is back after a lost connection."""
        self.peer, self._kernel = peer, "running"
        self.coordinates.attach(self.window_id)
        self.canvas.edits.on_connected()
        self.arbiter.report()
        self._whereabouts.attach(self.window_id)
        self._changed()

    @property
    def attached(self) -> bool:
        """Whether the process that has made the figure is there."""
        return self._kernel == "running"

    def detach(self, *, restarted: bool = False) -> None:
        """The kernel has ended; the window stays and works."""
        self._kernel = "restarted" if restarted else "ended"
        self.arbiter.detach()
        self._changed()
        self._show_status()

    # -- content -----------------------------------------------------------------------

    def show_update(self, update: Update) -> bool:
        """Put the new state on the screen; return whether it has been drawn."""
        self._last = update.message
        self._behind = False
        self.revision = update.message.revision
        if not self._recalled:
            self._recall()
        self.arbiter.show(update.message)
        self.canvas.save_as = update.message.save_as
        self.canvas.save_format = update.message.save_format
        self.manager.toolbar.save_in = update.message.save_in
        self.manager.toolbar.notebook = self.peer.notebook
        self.canvas.show_state(update.mirror, update.message.edits)
        self._presence.appear()
        drawn = self.canvas.draw_when_visible()
        self._liveness.frame()
        return drawn

    def present(self, update: Update) -> None:
        """Show the new state, or keep it while frozen; tell the kernel."""
        message = update.message
        if self._freeze.frozen:
            self._freeze.keep(update)
            return
        self._tell_taken(message.revision)
        self._show_and_tell(update)

    def _show_and_tell(self, update: Update) -> None:
        message = update.message
        try:
            drawn = self.show_update(update)
            error = self.canvas.draw_error if drawn else ""  # that of an earlier state
        except Exception as failure:
            logger.exception("revision %d cannot be shown", message.revision)
            error = f"{type(failure).__name__}: {failure}"
        answer: Message
        if error:
            answer = FigureRejected(message.window_id, message.revision, "draw", error)
        else:
            answer = FigureShown(
                message.window_id,
                message.revision,
                round(self.canvas.draw_seconds, 5),
                round(self._liveness.fps(), 2),
            )
        self._tell(answer)

    def fall_behind(self) -> None:
        """Say that the figure is not shown as it is now; the next state ends that."""
        self._behind = True
        self._changed()

    def is_held(self) -> bool:
        """Whether a new state must wait: a drag is in progress that it would break.

        A program that listens shows the drag itself, in new states. And after a slow
        drawing the other windows come first.
        """
        if self.canvas.rest_left():
            return True
        if self.arbiter.shows_frames:
            return False  # the kernel acts, and shows with frames what it does
        return self.canvas.is_dragging() and (
            self.canvas.is_navigating() or not self.inputs.wants_drags()
        )

    # -- window ------------------------------------------------------------------------

    def set_title(self, title: str) -> None:
        """Set the title; the name of the notebook, script or console is added to it."""
        self.title = self.canvas.title = clip(title)
        self._show_title()
        self._changed()

    def show_program(self, name: str) -> None:
        """Show this name of the notebook, script or console in the title."""
        if name != self._program:
            self._program = name
            self._show_title()

    def _show_title(self) -> None:
        words = (self.title, self._program)
        self.window.setWindowTitle(" — ".join(filter(None, words)))

    def save_geometry(self) -> None:
        """Write now where the window is, if that is remembered."""
        self._presence.save()

    def belong_to(self, notebook: str) -> None:
        """Take another name of the notebook over."""
        self.peer = replace(self.peer, notebook=notebook)
        self.manager.toolbar.notebook = notebook
        self._changed()
        if self._recalled:
            self._presence.remember_for(self._figure_key())

    def resize(self, width: int, height: int) -> None:
        """Give the canvas this size, px, or as much of it as fits the screen."""
        self._presence.resize(width, height)
        self._changed()

    def raise_window(self, *, keyboard: bool = True) -> None:
        """Show on top; with the keyboard if the user asked for it."""
        self._presence.raise_(keyboard=keyboard)
        self._changed()

    def control(self, method: str, arguments: list[int], serial: int = 0) -> None:
        """Call one of the `WINDOW_METHODS`; the program asked for it."""
        try:
            self._presence.control(method, arguments)
        finally:
            self._whereabouts.note_call(serial)
        self._changed()

    def obey(self, message: Any) -> None:
        """Do one of the `OWN_MESSAGES`."""
        if isinstance(message, SetButtons):
            self._own_buttons.show(message.buttons)
        elif isinstance(message, SetWindowIcon):
            self._presence.calls.set_icon(message.png)
        elif isinstance(message, ShowStatus):
            self.status.show_message(message.text, message.milliseconds)
        elif isinstance(message, ShowBars):
            self._presence.show_bar(self.manager.toolbar, message.toolbar)
            self._presence.show_bar(self.window.statusBar(), message.status)
        self._changed()

    def toggle_full_screen(self) -> None:
        """Fill the screen or no longer; the program asked for it."""
        self._presence.toggle_full_screen(self.manager.full_screen_toggle)
        self._changed()

    def close(self) -> None:
        """Close without telling anybody."""
        self.manager.is_closing = True
        # A dialog in an event loop of its own must not be deleted within it.
        for dialog in self.window.findChildren(QtWidgets.QDialog):
            dialog.reject()
        self._liveness.stop()
        self.inputs.stop()
        self._freeze.forget()
        self._presence.stop()
        self._whereabouts.stop()
        self.window.close()
        self.window.deleteLater()

    def _recall(self) -> None:
        # Not before the first state: pyplot gives a figure its label after the window.
        self._recalled = True
        self._presence.recall(self._figure_key())

    def _figure_key(self) -> str:
        return figure_key(self.peer.notebook, self.num, self.title)

    def _send_input(self, event: InputEvent) -> None:
        self._presence.tell_size()  # of the canvas on which the event has its place
        self._tell(event)

    # -- what the kernel is told -------------------------------------------------------

    def _tell(self, message: Message) -> None:
        self._tell_kernel(self, message)

    def _tell_taken(self, revision: int) -> None:
        self._tell(UpdateTaken(self.window_id, revision))

    def _tell_edits(self, serial: int, edits: list[Edit]) -> None:
        told = [list(edit) for edit in edits]
        self._tell(FigureEdited(self.window_id, serial, told))

    def _tell_pressed(self, button: int, checked: bool) -> None:
        self._tell(ButtonPressed(self.window_id, button, checked))

    def _tell_resized(self, width: int, height: int) -> None:
        self._tell(WindowResized(self.window_id, width, height))

    # -- the user's wishes -----------------------------------------------------------

    def _on_freeze(self, frozen: bool) -> None:
        if frozen:
            self._freeze.start()
        else:
            newest = self._freeze.release()
            if newest is not None:
                self._show_and_tell(newest)
        self._on_frozen()

    def _on_frozen(self) -> None:
        self.buttons.show_waiting(self._freeze.waiting)
        self._changed()
        self._show_status()

    def _follow(self) -> None:
        self.buttons.release()
        self.manager.toolbar.home()

    def _on_key(self, event: Any) -> None:
        self.inputs.when_known(lambda known: self._copy_if_asked(event.key))

    def _copy_if_asked(self, key: str) -> bool:
        self.canvas.use_keymap()
        if key in mpl.rcParams["keymap.copy"]:
            width, height = copy_to_clipboard(self.canvas)
            self.status.show_notice(f"picture copied, {width} x {height} px")
        return True

    # -- model -------------------------------------------------------------------------

    def model(self) -> WindowModel:
        """Return the JSON dict that stands for this window."""
        last = self._last
        size = self.canvas.size()
        return WindowModel(
            id=self.window_id,
            kernel_id=self.peer.kernel_id,
            notebook=self.peer.notebook,
            cell_id=last.cell_id if last else None,
            figure_num=self.num,
            title=self.title,
            state=self._state(),
            kernel=self._kernel,
            transfer=last.transfer if last else "mirror",
            reason=clip(
                self.canvas.draw_error
                or (last.reason if last else "")
                or self._presence.note
                or self.canvas.style_in_use.note
                or self._slow_words()
            ),
            revision=self.revision,
            fps=round(self._liveness.fps(), 1),
            dropped=last.dropped if last else 0,
            overhead=last.overhead if last else 0.0,
            width=size.width(),
            height=size.height(),
            minimized=self.window.isMinimized(),
            active=self.window.isActiveWindow(),
            created=self.created,
            behind=self._behind,
            frozen=self._freeze.frozen,
            waiting=self._freeze.waiting,
        )

    def _state(self) -> str:
        if self.canvas.draw_error:
            return "failed"
        if not self.attached:
            return "detached"
        if self._freeze.frozen:
            return "idle"
        return "live" if self._liveness.is_live() else "idle"

    def _slow_words(self) -> str:
        seconds = self.canvas.draw_seconds
        return f"drawing takes {seconds:.1f} s" if seconds > SLOW else ""

    def _show_status(self) -> None:
        words = state_words(self.model())
        note = self.canvas.style_in_use.note
        self.status.show_state(f"{words} · {note}" if note else words)

    def _on_draw_failed(self, error: str) -> None:
        self._changed()

    def _changed(self) -> None:
        self._liveness.changed()

    def _report(self) -> None:
        self._on_changed(self)
        self._show_status()
