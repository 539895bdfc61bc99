"""A kernel or a server, played by the test over a real socket."""

from __future__ import annotations

import pickle
import time
from pathlib import Path

import pytest
import zmq

from jlab_qtwindows.host.wire.peers import Peer
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot
from jlab_qtwindows.protocol.messages import Hello, Welcome, WindowPlaced
from jlab_qtwindows.protocol.wire import decode, encode

LIMIT = 20.0  # s, for anything that is expected to happen

# What the host knows of a kernel that has said hello.
PEER = Peer(b"peer", "kernel", "k1", "work/Größe.ipynb", 1)


# Over which transport a test has its channel.
both_transports = pytest.mark.parametrize("transport", ["ipc", "curve"], indirect=True)
ipc_only = pytest.mark.parametrize("transport", ["ipc"], indirect=True)
curve_only = pytest.mark.parametrize("transport", ["curve"], indirect=True)


class KernelPeer:
    """A DEALER; `pump` lets other work be done while it waits."""

    def __init__(self, info, *, pump=None, keys=None):
        self.info = info
        self.pump = pump
        self._context = zmq.Context()
        self._socket = self._context.socket(zmq.DEALER)
        self._socket.linger = 0
        curve = keys or info.curve
        if info.curve.host_public:
            self._socket.curve_serverkey = info.curve.host_public.encode()
            self._socket.curve_publickey = curve.peer_public.encode()
            self._socket.curve_secretkey = curve.peer_secret.encode()
        self._socket.connect(info.endpoint)

    def send(self, message, *parts):
        self.send_frames(encode(message, *parts))

    def send_frames(self, frames):
        self._socket.send_multipart(frames)

    def hello(self, role="kernel", **fields):
        """Introduce this peer without waiting for an answer."""
        self.send(Hello(**{"token": self.info.token, "role": role, **fields}))

    def join(self, role="kernel", **fields):
        """Introduce this peer and wait until it is accepted."""
        self.hello(role, **{"kernel_id": "k1", "pid": 1, **fields})
        return self.receive(Welcome)[0]

    def receive(self, kind):
        """Return the next message of this kind and its parts."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            if self.pump is not None:
                self.pump()
            if not self._socket.poll(5 if self.pump is not None else 200):
                continue
            message, parts = decode(self._socket.recv_multipart())
            if isinstance(message, kind):
                return message, parts
        raise AssertionError(f"no {kind} came")

    def is_silent(self, milliseconds=150):
        """Return whether nothing comes for so long but where the window is."""
        end = time.monotonic() + milliseconds / 1000
        while time.monotonic() < end:
            if self.pump is not None:
                self.pump()
            if self._socket.poll(5):
                message, _ = decode(self._socket.recv_multipart())
                if not isinstance(message, WindowPlaced):
                    return False
        return True

    def close(self):
        self._context.destroy(linger=0)


def mirror_parts(figure):
    """Return what a kernel sends of a figure."""
    return take_snapshot(figure, Rung.MIRROR).parts


def touching(path):
    """Return a pickle whose loading leaves a trace."""

    class Touch:
        def __reduce__(self):
            return Path.touch, (path,)

    return [pickle.dumps(Touch())]


def nothing_held(window_id):
    return False
