"""What the window host shows, asked as the Jupyter server asks. The script's process.

A socket of its own beside the kernel's: the host sees a server.
"""

from __future__ import annotations

import os
import platform
import time
from typing import Any

import zmq

from jlab_qtwindows.protocol.meeting.connection import ConnectionInfo
from jlab_qtwindows.protocol.messages import (
    CloseWindow,
    ExportImage,
    GetThumbnail,
    Hello,
    ListWindows,
    Message,
    Reply,
    Welcome,
    WindowClosed,
)
from jlab_qtwindows.protocol.wire import decode, encode

LIMIT = 60.0  # s, for any answer
_LINGER = 1000  # ms
_WHOLE = 1 << 20  # px: a thumbnail that is as wide as the window


class HostPictures:
    """Asks one host."""

    def __init__(self, info: ConnectionInfo) -> None:
        self._context = zmq.Context()
        self._socket = self._context.socket(zmq.DEALER)
        self._socket.linger = _LINGER
        self._socket.connect(info.endpoint)
        self._send(
            Hello(
                info.token,
                role="server",
                pid=os.getpid(),
                python=platform.python_version(),
            )
        )
        self._receive(Welcome)

    def models(self) -> dict[str, dict[str, Any]]:
        """Return the windows' models by id."""
        reply, _ = self._ask(ListWindows("list"))
        return {model["id"]: model for model in reply.result["windows"]}

    def image(self, window_id: str) -> bytes:
        """Return the figure as a PNG, as `savefig` in the host writes it."""
        return self._picture(ExportImage("image", window_id, "png"))

    def shown(self, window_id: str) -> bytes:
        """Return the pixels in the window, as a PNG."""
        return self._picture(GetThumbnail("thumbnail", window_id, _WHOLE))

    def close_window(self, window_id: str) -> None:
        """Close a window, and wait until it is."""
        self._send(CloseWindow(window_id))
        self._receive(WindowClosed)

    def close(self) -> None:
        """Send what waits and leave."""
        self._socket.close()
        self._context.term()

    def _picture(self, request: Message) -> bytes:
        reply, parts = self._ask(request)
        if reply.code:
            raise RuntimeError(f"the host gives no picture: {reply.error}")
        return bytes(parts[0])

    def _ask(self, request: Any) -> tuple[Any, list[Any]]:
        self._send(request)
        while True:
            reply, parts = self._receive(Reply)
            if reply.request_id == request.request_id:
                return reply, parts

    def _send(self, message: Message) -> None:
        self._socket.send_multipart(encode(message))

    def _receive(self, kind: type[Message]) -> tuple[Any, list[Any]]:
        end = time.monotonic() + LIMIT
        while self._socket.poll(max(0, int((end - time.monotonic()) * 1000))):
            message, parts = decode(self._socket.recv_multipart())
            if isinstance(message, kind):
                return message, parts
        raise TimeoutError(f"the host sent no {kind.__name__} in {LIMIT:.0f} s")
