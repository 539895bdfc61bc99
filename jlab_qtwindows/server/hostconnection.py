"""The server's socket to the host: handshake, messages out, answers back.

Belongs to the server's event loop; nobody else touches the socket. It lives as long as
the host process it is made for: with no host there is no socket and nothing that ticks.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import platform
from typing import TYPE_CHECKING, Any, NamedTuple

import zmq
import zmq.asyncio
from zmq.utils.monitor import parse_monitor_message

from jlab_qtwindows.protocol import messages
from jlab_qtwindows.protocol.errors import (
    HandshakeRefused,
    HostUnavailable,
    MalformedMessage,
)
from jlab_qtwindows.protocol.wire import decode, encode

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable

    from jlab_qtwindows.protocol.meeting.connection import ConnectionInfo

__all__ = ["Answer", "HostConnection"]

QUEUE_LIMIT = 1000  # messages, each way
MAX_REQUESTS = 100  # unanswered ones
RECONNECT_MIN = 50  # ms
RECONNECT_MAX = 500  # ms
SEND_TIMEOUT = 5.0  # s, for room in a full queue

Request = messages.ListWindows | messages.GetThumbnail | messages.ExportImage


class Answer(NamedTuple):
    """A reply and its binary parts."""

    reply: messages.Reply
    parts: list[Any]


class HostConnection:
    """Keeps one connection; `on_message` gets what is no answer, on the event loop."""

    def __init__(
        self,
        info: ConnectionInfo,
        *,
        context: zmq.asyncio.Context,
        on_message: Callable[[messages.Message], None],
        log: logging.Logger,
    ) -> None:
        self._info = info
        self._context = context
        self._on_message = on_message
        self._log = log
        self._socket: zmq.asyncio.Socket | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._welcome: asyncio.Future[messages.Welcome] | None = None
        self._welcomed = False  # no message but `Hello` may go out before
        self._numbers = itertools.count(1)
        self._requests: dict[str, asyncio.Future[Answer]] = {}

    @property
    def is_open(self) -> bool:
        """Whether the host has welcomed the server and is still there."""
        return self._welcomed

    async def open(self) -> messages.Welcome:
        """Connect to a host, which may still be starting, and wait for its welcome.

        Raises
        ------
        HandshakeRefused
            The host turned the server away; the text says why.
        HostUnavailable
            This process cannot make the connection.
        """
        await self.close()
        welcome: asyncio.Future[messages.Welcome]
        self._welcome = welcome = asyncio.get_running_loop().create_future()
        try:
            self._connect()
        except zmq.ZMQError as error:  # no more files, or keys that are none
            raise HostUnavailable(
                f"no connection to the window process: {error}"
            ) from error
        return await welcome

    def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        socket = self._socket = self._context.socket(zmq.DEALER)
        socket.linger = 0
        socket.sndhwm = socket.rcvhwm = QUEUE_LIMIT
        socket.immediate = True
        socket.reconnect_ivl = RECONNECT_MIN
        socket.reconnect_ivl_max = RECONNECT_MAX
        self._info.curve.secure_peer(socket)
        monitor = socket.get_monitor_socket(
            zmq.EVENT_HANDSHAKE_SUCCEEDED | zmq.EVENT_DISCONNECTED
        )
        self._tasks = [
            loop.create_task(self._watch(socket, monitor)),
            loop.create_task(self._receive(socket)),
        ]
        socket.connect(self._info.endpoint)

    async def close(self) -> None:
        """Drop the connection; open requests fail. May be called twice."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._welcome is not None:
            self._welcome.cancel()
            self._welcome = None
        self._lose_host()
        if self._socket is not None:
            monitor = self._socket.get_monitor_socket()
            self._socket.disable_monitor()
            monitor.close(linger=0)
            self._socket.close(linger=0)
            self._socket = None

    async def send(self, message: messages.Message) -> None:
        """Send a message.

        Raises
        ------
        HostUnavailable
            No host is connected.
        TimeoutError
            The host does not read its messages.
        """
        if self._socket is None or not self._welcomed:
            raise HostUnavailable(
                "no window process is running; it starts with the next cell that plots"
            )
        await _put(self._socket, message)

    def new_request_id(self) -> str:
        """Return an id that no other request of this server has."""
        return str(next(self._numbers))

    async def request(self, message: Request, timeout: float) -> Answer:
        """Send a request and wait so many seconds for its answer.

        Raises
        ------
        HostUnavailable
            No host is connected, or it ends before it answers.
        TimeoutError
            It does not answer in time.
        """
        if len(self._requests) >= MAX_REQUESTS:
            raise HostUnavailable("the window process has too many requests to answer")
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._requests[message.request_id] = future
        try:
            await self.send(message)
            await asyncio.wait({future}, timeout=timeout)
            if future.cancelled():
                raise HostUnavailable("the window process has ended")
            if not future.done():
                words = f"the window process did not answer in {timeout:g} s"
                raise TimeoutError(words)
            return future.result()
        finally:
            self._requests.pop(message.request_id, None)

    def _lose_host(self) -> None:
        self._welcomed = False
        for future in self._requests.values():
            future.cancel()
        self._requests.clear()

    async def _watch(
        self, socket: zmq.asyncio.Socket, monitor: zmq.asyncio.Socket
    ) -> None:
        """Say hello on each new connection."""
        hello = messages.Hello(
            token=self._info.token,
            role="server",
            pid=os.getpid(),
            python=platform.python_version(),
        )
        while True:
            event = parse_monitor_message(await monitor.recv_multipart())["event"]
            if event == zmq.EVENT_DISCONNECTED:
                self._lose_host()
            elif event == zmq.EVENT_HANDSHAKE_SUCCEEDED:
                try:
                    await _put(socket, hello)
                except (HostUnavailable, TimeoutError) as error:
                    self._log.warning("The server cannot greet the host: %s", error)

    async def _receive(self, socket: zmq.asyncio.Socket) -> None:
        while True:
            frames = await socket.recv_multipart()
            # A message that is already there does not suspend the task: let others run.
            await asyncio.sleep(0)
            try:
                self._handle(*decode(frames))
            except MalformedMessage as error:
                self._log.warning("Dropped a message of the window process: %s", error)
            except Exception:  # the next message must still be heard
                self._log.exception("A message of the window process is not understood")

    def _handle(self, message: messages.Message, parts: list[Any]) -> None:
        match message:
            case messages.Reply():
                future = self._requests.get(message.request_id)
                if future is not None and not future.done():
                    future.set_result(Answer(message, parts))
            case messages.Refused():
                error = HandshakeRefused(
                    f"the window process refuses the server: {message.reason}"
                )
                if self._welcome is not None and not self._welcome.done():
                    self._welcome.set_exception(error)
                else:
                    self._log.error("%s", error)
            case messages.Welcome():
                self._welcomed = True
                if self._welcome is not None and not self._welcome.done():
                    self._welcome.set_result(message)
                self._on_message(message)
            case _:
                self._on_message(message)


async def _put(socket: zmq.asyncio.Socket, message: messages.Message) -> None:
    sending = asyncio.ensure_future(socket.send_multipart(encode(message)))
    await asyncio.wait({sending}, timeout=SEND_TIMEOUT)
    if not sending.done():
        sending.cancel()
        raise TimeoutError(f"the window process took no message for {SEND_TIMEOUT:g} s")
    if sending.cancelled():  # the socket was closed meanwhile
        raise HostUnavailable("the window process has ended")
    sending.result()
