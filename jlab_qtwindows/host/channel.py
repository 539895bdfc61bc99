"""The host's socket: one ROUTER for all kernels and the server.

Its thread owns the socket and loads figures; the GUI thread gets finished things
through `take_arrivals` and `take_update` after an `arrived` signal, and sends through
`send`. At most one state of each figure waits here: a newer one replaces it. The same
holds for titles, sizes and wanted events; of all else so much waits that the socket is
left unread.
"""

from __future__ import annotations

import collections
import contextlib
import hmac
import logging
import os
import socket
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import zmq
from zmq.auth.thread import ThreadAuthenticator
from zmq.utils.monitor import parse_monitor_message

from jlab_qtwindows.protocol.errors import MalformedMessage
from jlab_qtwindows.protocol.messages import (
    PROTOCOL_VERSION,
    FigureRejected,
    Hello,
    Message,
    RaiseWindow,
    Refused,
    ResizeWindow,
    SetHistoryButtons,
    SetTitle,
    SetToolbarMode,
    ShowCoordinates,
    ShowCursor,
    ShowRubberBand,
    UpdateFigure,
    WantEvents,
    Welcome,
)
from jlab_qtwindows.protocol.model import clip
from jlab_qtwindows.protocol.wire import decode, encode

from .mirror import Mirror, UnreadableFigure, load_frame, load_mirror

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.protocol.connection import ConnectionInfo

__all__ = ["Channel", "Peer", "PeerLost", "Update"]

logger = logging.getLogger(__name__)

_MAX_ARRIVALS = 1_000  # messages that wait for the GUI thread; more stay with zmq
_NEWEST_WINS = (
    RaiseWindow,
    ResizeWindow,
    SetHistoryButtons,
    SetTitle,
    SetToolbarMode,
    ShowCoordinates,
    ShowCursor,
    ShowRubberBand,
    WantEvents,
)
_MAX_MESSAGE_BYTES = 4 << 30
_STOP_TIMEOUT = 2.0  # s
_LINGER = 300  # ms


@dataclass(frozen=True)
class Peer:
    """A process that has said hello."""

    identity: bytes
    role: str
    kernel_id: str
    notebook: str
    pid: int


@dataclass(frozen=True)
class PeerLost:
    """The connection of this peer is gone."""


@dataclass(frozen=True)
class Update:
    """A loaded state of a figure."""

    message: UpdateFigure
    mirror: Mirror


Arrival = tuple[Peer, Message | PeerLost]


class Channel:
    """Owns the socket; `arrived` is called in its thread when there is something."""

    def __init__(
        self, info: ConnectionInfo, welcome: Welcome, arrived: Callable[[], None]
    ) -> None:
        self._info = info
        self._welcome = welcome
        self._arrived = arrived
        self._peers: dict[bytes, Peer] = {}
        self._connections: dict[int, bytes] = {}  # file descriptor -> identity
        self._lost: list[bytes] = []  # gone, but what they sent last is yet to be read
        self._guard = threading.Lock()  # guards the three queues below
        self._arrivals: dict[object, Arrival] = {}  # in their order
        self._updates: dict[str, tuple[Peer, Update]] = {}
        self._outgoing: collections.deque[tuple[bytes, list[Any]]] = collections.deque()
        self._stopping = False
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_reader.setblocking(False)
        self._wake_writer.setblocking(False)
        self._context = zmq.Context()
        self._authenticator: ThreadAuthenticator | None = None
        self._socket = self._bind()
        self._monitor = self._socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        self._thread = threading.Thread(target=self._run, name="channel", daemon=True)
        self._thread.start()

    # -- GUI thread --------------------------------------------------------------------

    def take_arrivals(self) -> list[Arrival]:
        """Return the messages that came since the last call, oldest first."""
        with self._guard:
            arrivals = list(self._arrivals.values())
            self._arrivals.clear()
        if len(arrivals) >= _MAX_ARRIVALS:
            self._wake()  # the socket has been left unread
        return arrivals

    def take_update(self, is_held: Callable[[str], bool]) -> tuple[Peer, Update] | None:
        """Return the loaded state that waits longest; held windows keep theirs."""
        with self._guard:
            for window_id in self._updates:
                if not is_held(window_id):
                    return self._updates.pop(window_id)
        return None

    def send(self, identity: bytes, message: Message, *parts: Any) -> None:
        """Send to a peer; to one that is gone it is dropped."""
        with self._guard:
            self._outgoing.append((identity, encode(message, *parts)))
        self._wake()

    def stop(self) -> None:
        """Send what waits and close; may be called twice."""
        self._stopping = True
        self._wake()
        self._thread.join(_STOP_TIMEOUT)

    # -- its own thread ----------------------------------------------------------------

    def _bind(self) -> zmq.Socket[bytes]:
        sock = self._context.socket(zmq.ROUTER)
        sock.setsockopt(zmq.LINGER, _LINGER)
        sock.setsockopt(zmq.MAXMSGSIZE, _MAX_MESSAGE_BYTES)
        curve = self._info.curve
        if curve.host_secret:
            # Without the authenticator CURVE lets in every client that has any key.
            self._authenticator = ThreadAuthenticator(self._context)
            self._authenticator.start()
            self._authenticator.configure_curve_callback(
                domain="*", credentials_provider=_OnlyKey(curve.peer_public)
            )
            sock.curve_server = True
            sock.curve_secretkey = curve.host_secret.encode()
            sock.curve_publickey = curve.host_public.encode()
        sock.bind(self._info.endpoint)
        return sock

    def _wake(self) -> None:
        with contextlib.suppress(OSError):
            self._wake_writer.send(b"\0")

    def _run(self) -> None:
        poller = zmq.Poller()
        for source in (self._wake_reader, self._monitor, self._socket):
            poller.register(source, zmq.POLLIN)
        try:
            while not self._stopping:
                poller.modify(self._socket, 0 if self._is_full() else zmq.POLLIN)
                poller.poll()
                with contextlib.suppress(BlockingIOError):
                    self._wake_reader.recv(4096)
                self._read_monitor()
                arrived = self._read_socket()
                arrived |= self._drop_lost()
                self._write()
                if arrived:
                    self._arrived()
            self._write()
        except BaseException:
            # Without this thread the host is deaf: better gone, and restarted.
            logger.exception("the channel failed")
            os._exit(1)
        finally:
            self._socket.disable_monitor()
            self._monitor.close(0)
            self._socket.close()
            if self._authenticator is not None:
                self._authenticator.stop()
            self._context.term()
            self._wake_writer.close()
            self._wake_reader.close()

    def _put(self, peer: Peer, message: Message | PeerLost) -> None:
        key: object = object()
        if isinstance(message, _NEWEST_WINS):
            key = (type(message), message.window_id)
        with self._guard:
            self._arrivals.pop(key, None)
            self._arrivals[key] = (peer, message)

    def _is_full(self) -> bool:
        with self._guard:
            return len(self._arrivals) >= _MAX_ARRIVALS

    def _read_monitor(self) -> None:
        """Note who is gone."""
        while True:
            try:
                event = parse_monitor_message(self._monitor.recv_multipart(zmq.NOBLOCK))
            except zmq.Again:
                return
            identity = self._connections.pop(int(event["value"]), None)
            if identity is not None:
                self._lost.append(identity)

    def _drop_lost(self) -> bool:
        """Forget who is gone, now that all they have sent is read."""
        lost_any = False
        while self._lost:
            peer = self._peers.pop(self._lost.pop(), None)
            if peer is not None:
                lost_any = True
                self._put(peer, PeerLost())
        return lost_any

    def _read_socket(self) -> bool:
        arrived = False
        while not (self._stopping or self._is_full()):
            try:
                frames = self._socket.recv_multipart(zmq.NOBLOCK, copy=False)
            except zmq.Again:
                break
            try:
                arrived |= self._on_frames(frames)
            except MalformedMessage as error:
                logger.warning("a message was dropped: %s", error)
            except Exception:
                # One bad message must not take the host's ear with it.
                logger.exception("a message was dropped")
        return arrived

    def _on_frames(self, frames: list[zmq.Frame]) -> bool:
        """Handle one message; return whether the GUI thread has something to do."""
        identity = frames[0].bytes
        message, parts = decode([frame.buffer for frame in frames[1:]])
        if isinstance(message, Hello):
            return self._on_hello(identity, message, frames[-1])
        peer = self._peers.get(identity)
        if peer is None:
            logger.warning("a %s came before any hello; dropped", message.type)
            return False
        if not isinstance(message, UpdateFigure):
            self._put(peer, message)
            return True
        if peer.role != "kernel":
            logger.warning("a figure that came from no kernel was dropped")
            return False
        try:
            if message.kind == "frame":
                mirror = load_frame(parts, message.width, message.height)
            else:
                mirror = load_mirror(parts)
        except UnreadableFigure as error:
            logger.info("revision %d is unreadable: %s", message.revision, error)
            rejected = FigureRejected(
                message.window_id, message.revision, "load", clip(str(error))
            )
            self._socket.send_multipart([identity, *encode(rejected)])
            return False
        with self._guard:
            self._updates[message.window_id] = (peer, Update(message, mirror))
        return True

    def _on_hello(self, identity: bytes, hello: Hello, frame: zmq.Frame) -> bool:
        if hello.protocol != PROTOCOL_VERSION:
            reason = (
                f"it speaks protocol {hello.protocol}, this window host "
                f"{PROTOCOL_VERSION}; install the same version of jlab-qtwindows in "
                "both environments"
            )
        elif not hmac.compare_digest(
            hello.token.encode(errors="surrogatepass"), self._info.token.encode()
        ):
            reason = "its token is wrong; restart the kernel"
        elif hello.role not in ("kernel", "server"):
            reason = f"its role {hello.role[:20]!r} is unknown"
        else:
            reason = ""
        if reason:
            logger.warning("a peer was refused: %s", reason)
            self._peers.pop(identity, None)
            self._socket.send_multipart([identity, *encode(Refused(reason))])
            return False
        # Losses first: this connection may have the number of a lost one.
        self._read_monitor()
        peer = Peer(identity, hello.role, hello.kernel_id, hello.notebook, hello.pid)
        self._peers[identity] = peer
        self._connections[int(frame.get(zmq.SRCFD))] = identity
        self._socket.send_multipart([identity, *encode(self._welcome)])
        self._put(peer, hello)
        return True

    def _write(self) -> None:
        while True:
            with self._guard:
                if not self._outgoing:
                    return
                identity, frames = self._outgoing.popleft()
            try:
                self._socket.send_multipart([identity, *frames], zmq.NOBLOCK)
            except zmq.ZMQError as error:
                logger.debug("not sent: %s", error)


class _OnlyKey:
    """ZAP: lets in only the peers that hold the key of the connection file."""

    def __init__(self, public_key: str) -> None:
        self._key = public_key.encode()

    def callback(self, domain: str, key: bytes) -> bool:
        return hmac.compare_digest(key, self._key)
