"""The host's socket: one ROUTER for all kernels and the server.

Its thread owns the socket and loads figures; the GUI thread gets finished things from
the inbox after an `arrived` signal, and sends through `send`.
"""

from __future__ import annotations

import collections
import contextlib
import logging
import os
import socket
import threading
from typing import TYPE_CHECKING, Any

import zmq

from jlab_qtwindows.host.figure.mirror import UnreadableFigure, load_frame, load_mirror
from jlab_qtwindows.protocol.errors import MalformedMessage
from jlab_qtwindows.protocol.messages import (
    FigureRejected,
    Hello,
    Refused,
    UpdateFigure,
)
from jlab_qtwindows.protocol.model import clip
from jlab_qtwindows.protocol.wire import decode, decode_monitor_event, encode

from .inbox import MAX_ARRIVALS, Inbox, PeerLost, Update
from .peers import OnlyKey, Peers

if TYPE_CHECKING:
    from collections.abc import Callable

    from zmq.auth.thread import ThreadAuthenticator

    from jlab_qtwindows.protocol.meeting.connection import ConnectionInfo
    from jlab_qtwindows.protocol.messages import Message, Welcome

    from .inbox import Arrival
    from .peers import Peer

__all__ = ["Channel"]

logger = logging.getLogger(__name__)

_MAX_MESSAGE_BYTES = 4 << 30
_STOP_TIMEOUT = 2.0  # s
_LINGER = 300  # ms


class Channel:
    """Owns the socket; `arrived` is called in its thread when there is something."""

    def __init__(
        self, info: ConnectionInfo, welcome: Welcome, arrived: Callable[[], None]
    ) -> None:
        self._info = info
        self._welcome = welcome
        self._arrived = arrived
        self._peers = Peers(info.token)
        self._inbox = Inbox()
        self._guard = threading.Lock()  # guards `_outgoing`
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

    def pop_arrivals(self) -> list[Arrival]:
        """Return the messages that came since the last call, oldest first."""
        arrivals = self._inbox.pop_arrivals()
        if len(arrivals) >= MAX_ARRIVALS:
            self._wake()  # the socket has been left unread
        return arrivals

    def pop_update(self, is_held: Callable[[str], bool]) -> tuple[Peer, Update] | None:
        """Return the loaded state that waits longest; held windows keep theirs."""
        return self._inbox.pop_update(is_held)

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
            from zmq.auth.thread import ThreadAuthenticator  # with all of asyncio

            # Without the authenticator CURVE lets in every client that has any key.
            self._authenticator = ThreadAuthenticator(self._context)
            self._authenticator.start()
            self._authenticator.configure_curve_callback(
                domain="*", credentials_provider=OnlyKey(curve.peer_public)
            )
            curve.secure_host(sock)
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
                poller.modify(self._socket, 0 if self._inbox.is_full() else zmq.POLLIN)
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

    def _read_monitor(self) -> None:
        """Note who is gone."""
        while True:
            try:
                frame, *_ = self._monitor.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            _, descriptor = decode_monitor_event(frame)
            self._peers.note_disconnected(descriptor)

    def _drop_lost(self) -> bool:
        lost = self._peers.drop_lost()
        for peer in lost:
            self._inbox.put(peer, PeerLost())
        return bool(lost)

    def _read_socket(self) -> bool:
        arrived = False
        while not (self._stopping or self._inbox.is_full()):
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
        peer = self._peers.find(identity)
        if peer is None:
            logger.warning("a %s came before any hello; dropped", message.type)
            return False
        if peer.role not in message.senders:
            logger.warning("a %s came from a %s; dropped", message.type, peer.role)
            return False
        if not isinstance(message, UpdateFigure):
            self._inbox.put(peer, message)
            return True
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
        self._inbox.put_update(peer, Update(message, mirror))
        return True

    def _on_hello(self, identity: bytes, hello: Hello, frame: zmq.Frame) -> bool:
        objection = self._peers.objection_to(hello)
        if objection:
            logger.warning("a peer was refused: %s", objection)
            self._peers.dismiss(identity)
            self._socket.send_multipart([identity, *encode(Refused(objection))])
            return False
        # Losses first: this connection may have the number of a lost one.
        self._read_monitor()
        peer = self._peers.admit(identity, hello, int(frame.get(zmq.SRCFD)))
        self._socket.send_multipart([identity, *encode(self._welcome)])
        self._inbox.put(peer, hello)
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
