"""The doorbell: a kernel rings it when it loads the backend and wants a host.

Belongs to the server's event loop; only `bind` may run before the loop does. A ring is
one frame, the token of the connection file.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
from typing import TYPE_CHECKING

import zmq
import zmq.asyncio
from zmq.auth.asyncio import AsyncioAuthenticator

if TYPE_CHECKING:
    import logging
    from collections.abc import Awaitable, Callable

    from jlab_qtwindows.protocol.meeting.connection import ConnectionInfo

__all__ = ["Doorbell"]

MAX_RING_BYTES = 1024  # a longer frame is no token: libzmq hangs up on its sender
QUEUE_LIMIT = 100  # rings; one of them would do
ZAP_DOMAIN = "qtwindows"


class Doorbell:
    """Calls `on_ring` for each ring that carries the token."""

    def __init__(
        self,
        info: ConnectionInfo,
        *,
        context: zmq.asyncio.Context,
        on_ring: Callable[[], Awaitable[None]],
        log: logging.Logger,
    ) -> None:
        self._info = info
        self._token = info.token.encode()
        self._context = context
        self._on_ring = on_ring
        self._log = log
        self._socket: zmq.asyncio.Socket | None = None
        self._authenticator: AsyncioAuthenticator | None = None
        self._task: asyncio.Task[None] | None = None
        self._strangers = 0

    def bind(self) -> None:
        """Listen: rings are kept until `start`.

        Raises
        ------
        zmq.ZMQError
            The endpoint cannot be bound.
        """
        socket = self._socket = self._context.socket(zmq.PULL)
        socket.linger = 0
        socket.rcvhwm = QUEUE_LIMIT
        socket.maxmsgsize = MAX_RING_BYTES
        if self._info.curve.host_secret:
            self._info.curve.secure_host(socket)
            socket.zap_domain = ZAP_DOMAIN.encode()
        socket.bind(self._info.doorbell)

    def start(self) -> None:
        """Begin to answer; called on the running event loop."""
        if self._socket is None or self._task is not None:
            return
        if self._info.curve.host_secret:
            self._authenticator = AsyncioAuthenticator(self._context, log=self._log)
            self._authenticator.start()
            self._authenticator.configure_curve_callback(
                ZAP_DOMAIN, credentials_provider=self
            )
        self._task = asyncio.get_running_loop().create_task(self._listen(self._socket))

    async def close(self) -> None:
        """Stop listening; may be called twice."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        if self._authenticator is not None:
            self._authenticator.stop()
            self._authenticator = None
        if self._socket is not None:
            self._socket.close(linger=0)
            self._socket = None

    def callback(self, domain: str, key: bytes) -> bool:
        """Say whether the holder of this CURVE key may connect (called by pyzmq)."""
        allowed = self._info.curve.peer_public.encode()
        return domain == ZAP_DOMAIN and hmac.compare_digest(key, allowed)

    async def _listen(self, socket: zmq.asyncio.Socket) -> None:
        while True:
            frames = await socket.recv_multipart()
            # A message that is already there does not suspend the task: let others run.
            await asyncio.sleep(0)
            if len(frames) == 1 and hmac.compare_digest(frames[0], self._token):
                try:
                    await self._on_ring()
                except Exception:  # the next ring must still be heard
                    self._log.exception("The window process could not be started")
            else:
                self._turn_away()

    def _turn_away(self) -> None:
        self._strangers += 1
        if self._strangers == 1:  # whoever rings wrongly must not fill the log
            self._log.warning(
                "A ring without the token of the window process is ignored"
            )
