"""A host whose answers are given one by one, in the thread of the test."""

from __future__ import annotations

import pickle
import time

import zmq

from jlab_qtwindows.kernel.process import identity
from jlab_qtwindows.protocol.messages import (
    FigureShown,
    Hello,
    UpdateFigure,
    UpdateTaken,
    Welcome,
)
from jlab_qtwindows.protocol.wire import decode, encode

LIMIT = 20.0  # s, for anything that is expected to happen


def y_values(parts):
    """Return the data of the first line of a state that was sent."""
    head, *buffers = parts
    state = pickle.loads(head, buffers=[bytearray(part) for part in buffers])
    return list(state["figure"].axes[0].lines[0].get_ydata())


class HandHost:
    """A ROUTER for one kernel; `seen` keeps every message in its order."""

    def __init__(self, info):
        self.info = info
        self.seen = []
        self._context = zmq.Context()
        self._peer = None
        self.doorbell = self._bound(zmq.PULL, info.doorbell)
        self._socket = None
        self.open()

    def open(self):
        """Listen, at the beginning and again after a `break_off`."""
        self._socket = self._bound(zmq.ROUTER, self.info.endpoint)

    def break_off(self):
        """Lose all connections, as when the process ends."""
        self._socket.close()

    def close(self):
        self._context.destroy(linger=0)

    def receive(self, kind):
        """Return the next message of this kind and its parts."""
        end = time.monotonic() + LIMIT
        while True:
            left = end - time.monotonic()
            assert self._socket.poll(max(0, left) * 1000), f"no {kind.__name__} came"
            self._peer, *frames = self._socket.recv_multipart()
            message, parts = decode(frames)
            self.seen.append(message)
            if isinstance(message, kind):
                return message, parts

    def is_silent(self, milliseconds=150):
        """Return whether nothing comes for so long."""
        return not self._socket.poll(milliseconds)

    def send(self, message):
        self._socket.send_multipart([self._peer, *encode(message)])

    def welcome(self, host_id="host-1", **changes):
        """Wait for a hello and accept it."""
        hello, _ = self.receive(Hello)
        versions = {**identity.versions(), **changes}
        self.send(Welcome(host_id, 1, **versions, binding="PyQt5 5", platform="xcb"))
        return hello

    def show(self):
        """Wait for a state and acknowledge it as a host does."""
        update, parts = self.receive(UpdateFigure)
        self.send(UpdateTaken(update.window_id, update.revision))
        self.send(FigureShown(update.window_id, update.revision, 0.01, 20.0))
        return update, parts

    def _bound(self, kind, endpoint):
        sock = self._context.socket(kind)
        sock.linger = 0
        sock.bind(endpoint)
        return sock
