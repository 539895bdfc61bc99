"""Who is connected to the host: which hellos are accepted, and who is gone.

Used by the channel's thread only.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from jlab_qtwindows.protocol.messages import PROTOCOL_VERSION, Hello

__all__ = ["OnlyKey", "Peer", "Peers"]


@dataclass(frozen=True)
class Peer:
    """A process that has said hello."""

    identity: bytes
    role: str
    kernel_id: str
    notebook: str
    pid: int

    def is_same(self, other: Peer) -> bool:
        """Return whether this is the same process, maybe over another connection."""
        return (self.kernel_id, self.pid) == (other.kernel_id, other.pid)


class Peers:
    """The peers by the identity that zmq gives them."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._peers: dict[bytes, Peer] = {}
        self._connections: dict[int, bytes] = {}  # file descriptor -> identity
        self._lost: list[bytes] = []  # gone, but what they sent last is yet to be read

    def find(self, identity: bytes) -> Peer | None:
        """Return the peer, None before its hello."""
        return self._peers.get(identity)

    def objection_to(self, hello: Hello) -> str:
        """Return in words why this peer is turned away, "" if it is not."""
        if hello.protocol != PROTOCOL_VERSION:
            return (
                f"it has another version of jlab-qtwindows (protocol {hello.protocol}, "
                f"here {PROTOCOL_VERSION}); install the same one in the kernel's "
                "environment and in that in which Jupyter was started"
            )
        told = hello.token.encode(errors="surrogatepass")
        if not hmac.compare_digest(told, self._token.encode()):
            return "its token is wrong; restart the kernel"
        if hello.role not in Hello.senders:
            return f"its role {hello.role[:20]!r} is unknown"
        return ""

    def admit(self, identity: bytes, hello: Hello, descriptor: int) -> Peer:
        """Add a peer that came over the connection with this file descriptor."""
        peer = Peer(identity, hello.role, hello.kernel_id, hello.notebook, hello.pid)
        self._peers[identity] = peer
        self._connections[descriptor] = identity
        return peer

    def dismiss(self, identity: bytes) -> None:
        """Take nothing more from this peer."""
        self._peers.pop(identity, None)

    def note_disconnected(self, descriptor: int) -> None:
        """Note that this connection is gone."""
        identity = self._connections.pop(descriptor, None)
        if identity is not None:
            self._lost.append(identity)

    def drop_lost(self) -> list[Peer]:
        """Forget and return who is gone, now that all they have sent is read."""
        lost, self._lost = self._lost, []
        gone = (self._peers.pop(identity, None) for identity in lost)
        return [peer for peer in gone if peer is not None]


class OnlyKey:
    """ZAP: lets in only the peers that hold the key of the connection file."""

    def __init__(self, public_key: str) -> None:
        self._key = public_key.encode()

    def callback(self, domain: str, key: bytes) -> bool:
        return hmac.compare_digest(key, self._key)
