"""One native window with one figure. GUI thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from jlab_qtwindows.host.desktop.geometryfile import figure_key
from jlab_qtwindows.host.desktop.names import short_name
from jlab_qtwindows.host.desktop.presence import Presence
from jlab_qtwindows.host.figure.coordinates import Coordinates
from jlab_qtwindows.host.qt import QtWidgets
from jlab_qtwindows.host.tools.inputs import Inputs
from jlab_qtwindows.host.tools.savefolders import SaveFolders
from jlab_qtwindows.protocol.model import clip

from .canvas import MirrorCanvas
from .content import Content
from .liveness import Liveness
from .manager import HostManager
from .owner import Owner
from .programwishes import ProgramWishes
from .statusline import state_words
from .userwishes import UserWishes
from .windowmodel import model_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.host.desktop.geometryfile import GeometryFile
    from jlab_qtwindows.host.wire.peers import Peer
    from jlab_qtwindows.protocol.messages import (
        InputEvent,
        Message,
        OpenFigure,
        WindowPlaced,
    )
    from jlab_qtwindows.protocol.model import WindowModel

__all__ = ["HostWindow"]


class HostWindow:
    """A window, its model, and the kernel it belongs to."""

    def __init__(
        self,
        peer: Peer,
        opened: OpenFigure,
        *,
        on_changed: Callable[[HostWindow], None],
        on_closed: Callable[[HostWindow], None],
        send: Callable[[bytes, Message], None],
        memory: GeometryFile | None = None,
        folders: SaveFolders | None = None,
    ) -> None:
        self._on_changed = on_changed
        self.owner = Owner(peer, send)
        self.canvas = MirrorCanvas(Figure(), self.owner.tell_edits)
        self.canvas.draw_failed.connect(self._on_draw_failed)
        # Before the manager: the quit key is told, and then that the window is closed.
        self.inputs = Inputs(self.canvas, self._send_input)
        # A state may have waited for the end of the drag, and the kernel with it.
        self.canvas.keep_connected(
            "button_release_event", lambda event: self._changed()
        )
        self.manager = HostManager(
            self.canvas,
            opened.num or 0,
            self.inputs,
            tell=self.owner.tell,
            closed=lambda: on_closed(self),
        )
        self.window = self.manager.window
        self.arbiter, self.status = self.manager.arbiter, self.manager.status
        toolbar = self.manager.toolbar
        toolbar.folders = folders or SaveFolders()
        self.coordinates = Coordinates(self.canvas, toolbar, self.owner.tell)
        self._wishes = UserWishes(
            self.canvas, toolbar, self.inputs, self.status, self._on_freeze
        )
        self.buttons = self._wishes.buttons
        self.presence = Presence(
            self.window,
            self.canvas,
            memory,
            tell_size=self.owner.tell_resized,
            tell_place=self._on_placed,
        )
        self.liveness = Liveness(self.window, self._report)
        self.program = ProgramWishes(
            self.manager,
            self.presence,
            pressed=self.owner.tell_pressed,
            changed=self._changed,
        )
        self.canvas.drawn_slowly.connect(self.liveness.report_after)
        self.content = Content(
            self.manager,
            self.canvas,
            self.inputs,
            self.owner,
            self.liveness,
            place=lambda: self.presence.recall(self._figure_key()),
            appear=self.presence.appear,
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
            self.program.reset()
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
            self.presence.forget()
            self.presence.resize(opened.width, opened.height)
        self.presence.attach(opened.window_id)

    def reattach(self, peer: Peer) -> None:
        """The kernel is back after a lost connection."""
        self.owner.attach(peer, self.window_id)
        self.coordinates.attach(self.window_id)
        self.canvas.edits.on_connected()
        self.arbiter.report()
        self.presence.attach(self.window_id)
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
        self.presence.save()

    def belong_to(self, notebook: str) -> None:
        """Take another name of the notebook over."""
        self.owner.peer = replace(self.peer, notebook=notebook)
        self.manager.toolbar.notebook = notebook
        self._changed()
        self.presence.remember_for(self._figure_key())

    def close(self) -> None:
        """Close without telling anybody."""
        self.manager.is_closing = True
        # A dialog in an event loop of its own must not be deleted within it.
        for dialog in self.window.findChildren(QtWidgets.QDialog):
            dialog.reject()
        self.liveness.stop()
        self.inputs.stop()
        self.content.freeze.forget()
        self.presence.stop()
        self.window.close()
        self.window.deleteLater()

    def _figure_key(self) -> str:
        return figure_key(self.peer.notebook, self.num, self.title)

    def _send_input(self, event: InputEvent) -> None:
        self.presence.tell_size()  # of the canvas on which the event has its place
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
        return self.presence.note

    def _show_status(self) -> None:
        model = self.model()
        self.status.show_state(state_words(model))
        self.owner.describe(
            model["frozen"], model["waiting"], model["note"], self.canvas.draw_error
        )

    def _on_draw_failed(self, error: str) -> None:
        self._changed()

    def _changed(self) -> None:
        self.liveness.changed()

    def _report(self) -> None:
        self._on_changed(self)
        self._show_status()
