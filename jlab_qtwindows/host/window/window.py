"""One native window with one figure. GUI thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure

from jlab_qtwindows.host.desktop.geometryfile import figure_key
from jlab_qtwindows.host.desktop.names import short_name
from jlab_qtwindows.host.desktop.presence import Presence
from jlab_qtwindows.host.desktop.whereabouts import Whereabouts
from jlab_qtwindows.host.figure.coordinates import Coordinates
from jlab_qtwindows.host.qt import QtWidgets
from jlab_qtwindows.host.tools.arbiter import Arbiter
from jlab_qtwindows.host.tools.inputs import Inputs
from jlab_qtwindows.host.tools.ownbuttons import OwnButtons
from jlab_qtwindows.host.tools.savefolders import SaveFolders
from jlab_qtwindows.protocol.messages import (
    SetButtons,
    SetWindowIcon,
    ShowBars,
    ShowStatus,
)
from jlab_qtwindows.protocol.model import clip

from .canvas import MirrorCanvas
from .content import Content
from .liveness import Liveness
from .manager import HostManager
from .owner import Owner
from .statusline import StatusLine, state_words
from .userwishes import UserWishes
from .windowmodel import model_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.host.desktop.geometryfile import GeometryFile
    from jlab_qtwindows.host.wire.inbox import Update
    from jlab_qtwindows.host.wire.peers import Peer
    from jlab_qtwindows.protocol.messages import (
        InputEvent,
        Message,
        OpenFigure,
        WindowPlaced,
    )
    from jlab_qtwindows.protocol.model import WindowModel

__all__ = ["OWN_MESSAGES", "HostWindow"]

# What the program asks of its window beside moving it.
OWN_MESSAGES = (SetButtons, SetWindowIcon, ShowBars, ShowStatus)


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
        self.owner = Owner(peer, lambda message: tell_kernel(self, message))
        self.canvas = MirrorCanvas(Figure(), self.owner.tell_edits)
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
        toolbar = self.manager.toolbar
        toolbar.folders = folders or SaveFolders()
        self.arbiter = self.manager.arbiter = Arbiter(
            self.canvas, toolbar, self.inputs, self.owner.tell
        )
        self.status = StatusLine.below(self.window)
        toolbar.message_set.connect(self.status.show_coordinates)
        toolbar.notice_given.connect(self.status.show_notice)
        self.coordinates = Coordinates(self.canvas, toolbar, self.owner.tell)
        self._wishes = UserWishes(
            self.canvas, toolbar, self.inputs, self.status, self._on_freeze
        )
        self.buttons = self._wishes.buttons
        self._own_buttons = OwnButtons(toolbar, self.owner.tell_pressed)
        self._presence = Presence(
            self.window, self.canvas, memory, self.owner.tell_resized
        )
        self._whereabouts = Whereabouts(self.window, self._on_placed)
        self.liveness = Liveness(self.window, self._report)
        self.canvas.drawn_slowly.connect(self.liveness.report_after)
        self.content = Content(
            self.manager,
            self.canvas,
            self.inputs,
            self.arbiter,
            self.owner,
            self.liveness,
            place=self._recall,
            appear=self._presence.appear,
            kept=self._on_frozen,
        )
        self.adopt(peer, opened)

    # -- the kernel --------------------------------------------------------------------

    def adopt(self, peer: Peer, opened: OpenFigure) -> None:
        """Belong to this kernel and figure from now on."""
        is_other = not self.owner.has(opened.window_id)
        if is_other:
            # Nothing the user did to the figure before is meant for this one.
            self.content.freeze.forget()
            self.buttons.release()
            self.canvas.forget_view()
            self._own_buttons.reset()
            self.status.show_message("", 0)
            self.window.statusBar().show()
        self.owner.attach(peer, opened.window_id)
        self.canvas.edits.on_connected()
        self.inputs.attach(opened.window_id)
        self.arbiter.attach(opened.window_id)
        self.coordinates.attach(opened.window_id)
        self.num = opened.num
        self.created = opened.created
        self.content.revision = 0
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
        self.owner.attach(peer, self.window_id)
        self.coordinates.attach(self.window_id)
        self.canvas.edits.on_connected()
        self.arbiter.report()
        self._whereabouts.attach(self.window_id)
        self._changed()

    def detach(self, *, restarted: bool = False) -> None:
        """The kernel has ended; the window stays and works."""
        self.owner.detach(restarted=restarted)
        self.arbiter.detach()
        self._changed()
        self._show_status()

    @property
    def window_id(self) -> str:
        return self.owner.window_id

    @property
    def peer(self) -> Peer:
        return self.owner.peer

    @property
    def attached(self) -> bool:
        """Whether the process that has made the figure is there."""
        return self.owner.attached

    # -- content -----------------------------------------------------------------------

    @property
    def revision(self) -> int:
        return self.content.revision

    def show_update(self, update: Update) -> bool:
        """Put the new state on the screen; return whether it has been drawn."""
        return self.content.show(update)

    def present(self, update: Update) -> None:
        """Show the new state, or keep it while frozen; tell the kernel."""
        self.content.present(update)

    def fall_behind(self) -> None:
        """Say that the figure is not shown as it is now; the next state ends that."""
        self.content.behind = True
        self._changed()

    def is_held(self) -> bool:
        """Whether a new state must wait."""
        return self.content.is_held()

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
        self.owner.peer = replace(self.peer, notebook=notebook)
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
        self.liveness.stop()
        self.inputs.stop()
        self.content.freeze.forget()
        self._presence.stop()
        self._whereabouts.stop()
        self.window.close()
        self.window.deleteLater()

    def _recall(self) -> None:
        # Not before the first state: pyplot gives a figure its label after the window.
        if not self._recalled:
            self._recalled = True
            self._presence.recall(self._figure_key())

    def _figure_key(self) -> str:
        return figure_key(self.peer.notebook, self.num, self.title)

    def _send_input(self, event: InputEvent) -> None:
        self._presence.tell_size()  # of the canvas on which the event has its place
        self.owner.tell(event)

    def _on_placed(self, placed: WindowPlaced) -> None:
        self.owner.tell(placed)
        self._changed()  # it may be minimized, which the panel says too

    def _on_freeze(self, frozen: bool) -> None:
        self.content.set_frozen(frozen)
        self._on_frozen()

    def _on_frozen(self) -> None:
        self.buttons.show_waiting(self.content.freeze.waiting)
        self._changed()
        self._show_status()

    # -- model -------------------------------------------------------------------------

    def model(self) -> WindowModel:
        """Return the JSON dict that stands for this window."""
        return model_of(self)

    @property
    def size_note(self) -> str:
        """Why the canvas has another size than the program asked for, or nothing."""
        return self._presence.note

    def _show_status(self) -> None:
        model = self.model()
        self.status.show_state(state_words(model))
        self.owner.describe(model["frozen"], model["waiting"], model["note"])

    def _on_draw_failed(self, error: str) -> None:
        self._changed()

    def _changed(self) -> None:
        self.liveness.changed()

    def _report(self) -> None:
        self._on_changed(self)
        self._show_status()
