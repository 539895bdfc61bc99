"""The link to the host: one DEALER socket, its handshake, its way back after a loss.

I/O thread only, but for `wake`, which any thread may call.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
from math import ceil
from typing import TYPE_CHECKING, Any

import zmq

from jlab_qtwindows.kernel.process import identity
from jlab_qtwindows.protocol.errors import MalformedMessage
from jlab_qtwindows.protocol.messages import Hello, Message
from jlab_qtwindows.protocol.wire import decode, decode_monitor_event, encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jlab_qtwindows.protocol.meeting.connection import ConnectionInfo

__all__ = ["Link"]

logger = logging.getLogger(__name__)

_RECONNECT_FIRST = 50  # ms
_RECONNECT_LONGEST = 5_000  # ms; a server that is gone may never come back
_LINGER = 200  # ms, for the last messages of a process that ends


class Link:
    """Sends and receives messages; reports connections and losses."""

    def __init__(self) -> None:
        self._wake_writer: socket.socket | None = None
        self._socket: zmq.Socket[bytes] | None = None
        self._monitor: zmq.Socket[bytes] | None = None
        self._info: ConnectionInfo | None = None

    def wake(self) -> None:
        """End the present or next `poll`; any thread, never blocks."""
        if self._wake_writer is not None:
            with contextlib.suppress(OSError):  # full: it will wake anyway; or closed
                self._wake_writer.send(b"\0")

    def open(self) -> None:
        """Get ready to connect.

        Raises
        ------
        OSError
            The system gives this process no more descriptors.
        """
        self._context = zmq.Context()
        self._poller = zmq.Poller()
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_reader.setblocking(False)
        self._wake_writer.setblocking(False)
        self._poller.register(self._wake_reader, zmq.POLLIN)

    def connect(self, info: ConnectionInfo) -> None:
        """Connect; the socket itself tries again until there is a host."""
        self._info = info
        sock = self._context.socket(zmq.DEALER)
        sock.setsockopt(zmq.LINGER, _LINGER)
        sock.setsockopt(zmq.IMMEDIATE, 1)  # nothing is queued for a host that is gone
        sock.setsockopt(zmq.RECONNECT_IVL, _RECONNECT_FIRST)
        sock.setsockopt(zmq.RECONNECT_IVL_MAX, _RECONNECT_LONGEST)
        info.curve.secure_peer(sock)
        events = zmq.EVENT_HANDSHAKE_SUCCEEDED | zmq.EVENT_DISCONNECTED
        self._monitor = sock.get_monitor_socket(events)
        self._poller.register(self._monitor, zmq.POLLIN)
        self._poller.register(sock, zmq.POLLIN)
        self._socket = sock
        sock.connect(info.endpoint)

    def ring(self, info: ConnectionInfo) -> None:
        """Ring the server's doorbell: it starts the host if there is none."""
        if not info.doorbell:
            return
        bell = self._context.socket(zmq.PUSH)
        bell.setsockopt(zmq.LINGER, _LINGER)
        info.curve.secure_peer(bell)
        bell.connect(info.doorbell)
        with contextlib.suppress(zmq.Again):
            bell.send(info.token.encode(), zmq.NOBLOCK)
        bell.close()

    def poll(self, timeout: float | None) -> tuple[list[Message], bool, bool]:
        """Wait for at most `timeout` seconds.

        Returns the messages that came, whether the connection was lost, and whether one
        was made (both may be true; the loss came first).
        """
        # Rounded up: rounded down, the last fraction of a millisecond would be a spin.
        limit = None if timeout is None else max(0, ceil(timeout * 1000))
        ready = {source for source, _ in self._poller.poll(limit)}
        if self._wake_reader.fileno() in ready:
            with contextlib.suppress(BlockingIOError):
                while self._wake_reader.recv(4096):
                    pass
        lost, made = self._read_monitor() if self._monitor in ready else (False, False)
        messages = list(self._receive()) if self._socket in ready else []
        return messages, lost, made

    def say_hello(self) -> None:
        """Introduce this process; the first message after every connection."""
        if self._info is not None:
            hello = Hello(
                self._info.token,
                "kernel",
                kernel_id=identity.kernel_id(),
                notebook=identity.notebook(),
                pid=os.getpid(),
                **identity.versions(),
            )
            self.send(hello)

    def send(self, message: Message, *parts: Any) -> bool:
        """Send, or return False where there is no host to take it."""
        if self._socket is None:
            return False
        try:
            self._socket.send_multipart(encode(message, *parts), zmq.NOBLOCK)
        except zmq.ZMQError as error:
            logger.debug("not sent: %s", error)
            return False
        return True

    def close(self) -> None:
        """Send what waits, for `_LINGER` ms, and close; may be called twice."""
        if self._monitor is not None and self._socket is not None:
            self._socket.disable_monitor()
            self._monitor.close(0)
            self._socket.close()
            self._socket = self._monitor = None
        if self._wake_writer is not None:
            self._context.term()
            self._wake_writer.close()
            self._wake_reader.close()

    def _read_monitor(self) -> tuple[bool, bool]:
        lost = made = False
        while self._monitor is not None:
            try:
                frames = self._monitor.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                break
            event, _ = decode_monitor_event(frames[0])
            if event == zmq.EVENT_DISCONNECTED:
                lost, made = True, False
            elif event == zmq.EVENT_HANDSHAKE_SUCCEEDED:
                made = True
        return lost, made

    def _receive(self) -> Iterator[Message]:
        while self._socket is not None:
            try:
                frames = self._socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            try:
                yield decode(frames)[0]
            except MalformedMessage as error:
                logger.warning("a message of the window process was dropped: %s", error)
