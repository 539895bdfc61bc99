"""A stream's `flush` that overlooks no request; the kernel's main thread.

A GUI loop is left when the stream's `flush` has taken a request. pyzmq's looks twice:
for what to take, and at its end for what has come meanwhile. The second look uses up
the one sign that zmq gives of a request, and leaves the request to asyncio, which
stands still as long as the GUI loop runs. Nothing wakes the kernel any more, no later
request either. (Seen with ipykernel 6.27 to 7.4 and pyzmq 27, with Qt and with Tk.)
"""

from __future__ import annotations

from typing import Any

import zmq

__all__ = ["SureFlush"]

# Each needs a request that comes between two looks, microseconds apart.
_MOST_LOOKS = 100


class SureFlush:
    """Stands in for the `flush` of one stream."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._flush = stream.flush

    def begin(self) -> None:
        """Have everybody who flushes the stream come here."""
        self._stream.flush = self

    def end(self) -> None:
        """Give the stream its own back, unless somebody has put another there."""
        if self._stream.__dict__.get("flush") is self:
            del self._stream.flush

    def __call__(
        self, flag: int = zmq.POLLIN | zmq.POLLOUT, limit: int | None = None
    ) -> int:
        """Flush as pyzmq does; 0 only if nothing waited at the last look."""
        for _ in range(_MOST_LOOKS):
            taken = int(self._flush(flag, limit))
            if taken or not flag & zmq.POLLIN & self._waiting():
                return taken
        return 0

    def _waiting(self) -> int:
        socket = self._stream.socket
        return int(socket.EVENTS) if socket is not None else 0
