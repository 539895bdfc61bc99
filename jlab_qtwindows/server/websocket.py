"""The websocket that tells a panel of every change.

Small JSON only; pictures go over REST. A panel that reads slowly misses intermediate
states but never the last one. On the server's event loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized, ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from .basehandler import AUTH_RESOURCE
from .eventbuffer import EventBuffer

if TYPE_CHECKING:
    from .manager import Event, WindowManager

__all__ = ["EventsWebSocket"]


class EventsWebSocket(WebSocketMixin, WebSocketHandler, JupyterHandler):
    """Sends a snapshot, then the changes; what the panel sends is ignored."""

    auth_resource = AUTH_RESOURCE

    def initialize(self, manager: WindowManager) -> None:
        """Take what the route carries."""
        self._manager = manager
        self._buffer = EventBuffer(manager.snapshot)
        self._wanted = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None

    # Listening changes nothing, so "read" is the right to have: Jupyter's usual
    # "execute" for websockets is about those that carry code.
    @ws_authenticated
    @authorized
    async def get(self, *args: Any, **kwargs: Any) -> None:
        """Open the websocket."""
        await super().get(*args, **kwargs)

    def open(self, *args: str, **kwargs: str) -> None:
        """Begin to listen."""
        super().open(*args, **kwargs)
        self._manager.add_listener(self._hear)
        self._wanted.set()  # for the snapshot
        self._writer = asyncio.get_running_loop().create_task(self._write())

    def on_message(self, message: str | bytes) -> None:
        """Ignore what the panel says: it asks over REST."""

    def on_close(self) -> None:
        """Stop listening."""
        self._manager.remove_listener(self._hear)
        if self._writer is not None:
            self._writer.cancel()
            self._writer = None

    def _hear(self, event: Event) -> None:
        self._buffer.add(event)
        self._wanted.set()

    async def _write(self) -> None:
        with contextlib.suppress(WebSocketClosedError):
            while True:
                await self._wanted.wait()
                self._wanted.clear()
                for event in self._buffer.pop():
                    await self.write_message(json.dumps(event))
