"""The Jupyter servers that are told of all windows; mostly one. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.host.wire.peers import Peer
    from jlab_qtwindows.protocol.messages import Message

__all__ = ["Servers"]


class Servers:
    """Those that have said hello and are not lost; `send` takes one and a message."""

    def __init__(self, send: Callable[[Peer, Message], None]) -> None:
        self._send = send
        self._servers: dict[bytes, Peer] = {}  # by their identity

    def add(self, server: Peer) -> None:
        """Tell this one too; it may have been known before."""
        self._servers[server.identity] = server

    def drop(self, peer: Peer) -> None:
        """Tell this one nothing more, if it is a server."""
        self._servers.pop(peer.identity, None)

    def tell(self, message: Message) -> None:
        """Send it to all."""
        for server in self._servers.values():
            self._send(server, message)
