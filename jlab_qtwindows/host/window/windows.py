"""All windows of the host, and what kernels and server want of them. GUI thread."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.host.process.logfile import keep_small
from jlab_qtwindows.host.qt import QtCore, Signal
from jlab_qtwindows.host.tools.savefolders import SaveFolders
from jlab_qtwindows.host.wire.inbox import PeerLost
from jlab_qtwindows.protocol.message import KERNEL, SERVER
from jlab_qtwindows.protocol.messages import (
    CloseWindow,
    FigureRejected,
    Hello,
    KernelGone,
    Message,
    NameKernel,
    OpenFigure,
    SendFull,
    Shutdown,
    WindowChanged,
    WindowClosed,
    WindowOpened,
)

from .answers import Answers
from .notebooks import Notebooks
from .orders import Orders
from .servers import Servers
from .window import HostWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.host.desktop.geometryfile import GeometryFile
    from jlab_qtwindows.host.wire.channel import Channel
    from jlab_qtwindows.host.wire.inbox import Update
    from jlab_qtwindows.host.wire.peers import Peer

__all__ = ["Windows"]

logger = logging.getLogger(__name__)


class Windows(QtCore.QObject):
    """Registry and dispatcher; `arrived` may be emitted from any thread."""

    arrived = Signal()

    def __init__(
        self,
        quit_application: Callable[[], None],
        memory: GeometryFile | None = None,
    ) -> None:
        super().__init__()
        self._memory = memory
        self._folders = SaveFolders()
        self._quit = quit_application
        self._channel: Channel | None = None
        self._windows: dict[str, HostWindow] = {}
        # Windows that could not be opened, whose they were to be, and why.
        self._refused: dict[str, tuple[Peer, str]] = {}
        self._servers = Servers(self._send)
        self._notebooks = Notebooks(self._windows, memory, self._folders)
        self._handlers: dict[type[Any], Callable[[Peer, Any], None]] = {
            Hello: self._on_hello,
            PeerLost: self._on_peer_lost,
            OpenFigure: self._on_open,
            CloseWindow: self._on_close,
            KernelGone: self._on_kernel_gone,
            NameKernel: self._notebooks.on_name,
            Shutdown: lambda peer, message: self._quit(),
            **Orders(self._windows).handlers,
            **Answers(self._windows, self._send).handlers,
        }
        self.arrived.connect(self._process, QtCore.Qt.ConnectionType.QueuedConnection)

    def serve(self, channel: Channel) -> None:
        """Begin to answer this channel's peers."""
        self._channel = channel
        self.arrived.emit()

    @property
    def channel(self) -> Channel:
        if self._channel is None:
            raise RuntimeError("serve() comes first")
        return self._channel

    # -- the queue ---------------------------------------------------------------------

    def _process(self) -> None:
        """Handle all messages, then one new state; the rest after other Qt events."""
        if self._channel is None:
            return
        keep_small()
        for peer, message in self._channel.pop_arrivals():
            if not self._may_speak_of(peer, message):
                logger.warning("a %s for a window of another", type(message).__name__)
                continue
            try:
                self._handlers[type(message)](peer, message)
            except Exception:
                # One bad request must not take the windows of everybody with it.
                logger.exception("%s failed", type(message).__name__)
        newest = self._channel.pop_update(self._is_held)
        if newest is not None:
            self._show(*newest)
            self.arrived.emit()

    def _may_speak_of(self, peer: Peer, message: Any) -> bool:
        """Return whether it is of no window or the peer's own; all are a server's."""
        window = self._windows.get(getattr(message, "window_id", ""))
        return window is None or peer.role != KERNEL or window.peer.is_same(peer)

    def _is_held(self, window_id: str) -> bool:
        window = self._windows.get(window_id)
        return window is not None and window.content.is_held()

    def _show(self, peer: Peer, update: Update) -> None:
        message = update.message
        if not self._may_speak_of(peer, message):
            logger.warning("a state for a window of another")
            return
        window_id = message.window_id
        if window := self._windows.get(window_id):
            window.content.present(update)
        elif refused := self._refused.get(window_id):
            # Not SendFull: it would come back without end.
            why = refused[1]
            self._send(peer, FigureRejected(window_id, message.revision, "draw", why))
        else:
            self._send(peer, SendFull(window_id))

    # -- peers -------------------------------------------------------------------------

    def _on_hello(self, peer: Peer, hello: Hello) -> None:
        if peer.role == SERVER:
            self._servers.add(peer)
            return
        for window in self._windows.values():
            if window.peer.is_same(peer):
                window.reattach(self._notebooks.named(peer))
        self._notebooks.show_names()

    def _on_peer_lost(self, peer: Peer, lost: PeerLost) -> None:
        self._servers.drop(peer)
        for window in self._windows.values():
            if window.attached and window.peer.identity == peer.identity:
                window.detach()
        self._refused = {
            window_id: (owner, why)
            for window_id, (owner, why) in self._refused.items()
            if owner.identity != peer.identity
        }

    def _on_kernel_gone(self, peer: Peer, message: KernelGone) -> None:
        for window in self._windows.values():
            if window.peer.kernel_id != message.kernel_id:
                continue
            # The process before is gone by then; one that is there is the new one.
            if not (message.restarted and window.attached):
                window.detach(restarted=message.restarted)

    def _send(self, peer: Peer, message: Message, *parts: Any) -> None:
        self.channel.send(peer.identity, message, *parts)

    # -- windows -----------------------------------------------------------------------

    def _on_open(self, peer: Peer, message: OpenFigure) -> None:
        peer = self._notebooks.named(peer)
        window = self._windows.get(message.window_id) or self._left_behind(
            peer, message
        )
        former = "" if window is None else window.window_id
        self._windows.pop(former, None)
        try:
            if window is None:
                window = HostWindow(
                    peer,
                    message,
                    on_changed=self._on_changed,
                    on_closed=self._on_closed,
                    send=self.channel.send,
                    memory=self._memory,
                    folders=self._folders,
                )
            else:
                # The same figure again, or the same number after a restart of the
                # kernel: the window stays where the user has put it.
                window.adopt(peer, message)
        except Exception as error:
            logger.exception("a window cannot be opened")
            why = f"{type(error).__name__}: {error}"
            self._refused[message.window_id] = peer, why
            if window is not None:  # nobody's now: it is not to stay on the screen
                window.close()
                self._servers.tell(WindowClosed(former))
            return
        if former and former != window.window_id:
            self._servers.tell(WindowClosed(former))
        self._refused.pop(message.window_id, None)
        self._windows[message.window_id] = window
        self._notebooks.show_names()
        self._servers.tell(WindowOpened(dict(window.model())))

    def _left_behind(self, peer: Peer, message: OpenFigure) -> HostWindow | None:
        """Return the window that an earlier process of this kernel left behind."""
        for window in self._windows.values():
            if (
                not window.attached
                and window.num == message.num
                and window.peer.kernel_id == peer.kernel_id
            ):
                return window
        return None

    def _on_close(self, peer: Peer, message: CloseWindow) -> None:
        window = self._windows.get(message.window_id)
        if window is None:
            owner, _ = self._refused.get(message.window_id, (peer, ""))
            if peer.role != KERNEL or owner.is_same(peer):
                self._refused.pop(message.window_id, None)
            return
        window.close()
        self._forget(window, tell_kernel=peer.identity != window.peer.identity)

    def _on_closed(self, window: HostWindow) -> None:
        """Tell everybody: the user has closed the window."""
        window.close()
        self._forget(window, tell_kernel=True)

    def _forget(self, window: HostWindow, *, tell_kernel: bool) -> None:
        self._windows.pop(window.window_id, None)
        self._notebooks.show_names()
        closed = WindowClosed(window.window_id)
        self._servers.tell(closed)
        if tell_kernel:
            window.owner.tell(closed)

    def _on_changed(self, window: HostWindow) -> None:
        if window.window_id in self._windows:
            self._servers.tell(WindowChanged(dict(window.model())))
            if self._channel is not None and not window.content.is_held():
                self.arrived.emit()  # a state may have waited for the end of a drag

    def close_all(self) -> None:
        """Close every window without telling anybody."""
        for window in self._windows.values():
            window.close()
        self._windows.clear()
