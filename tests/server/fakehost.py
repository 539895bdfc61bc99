"""A host that speaks the protocol in the process and on the event loop of the test."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace

import zmq
import zmq.asyncio

from jlab_qtwindows.protocol import messages
from jlab_qtwindows.protocol.wire import decode, encode

TIMEOUT = 10.0  # s, for anything that is expected to happen

WELCOME = messages.Welcome(
    host_id="h1",
    pid=1,
    python="3.11.0",
    matplotlib="3.11.0",
    numpy="2.0.0",
    binding="PyQt5 5.15.11",
    platform="offscreen",
    note="no display",
)


def window_model(window_id: str, **changes):
    return {
        "id": window_id,
        "kernel_id": "k1",
        "notebook": "a.ipynb",
        "cell_id": None,
        "figure_num": 1,
        "title": "Figure 1",
        "state": "idle",
        "kernel": "running",
        "transfer": "mirror",
        "reason": "",
        "note": "",
        "revision": 1,
        "fps": 0.0,
        "dropped": 0,
        "overhead": 0.0,
        "width": 640,
        "height": 480,
        "minimized": False,
        "active": False,
        "created": 1.0,
        "behind": False,
        "frozen": False,
        "waiting": 0,
        **changes,
    }


class FakeHost:
    """A ROUTER that welcomes, lists `windows`, and answers as it is told."""

    def __init__(self, info):
        self.info = info
        self.host_id = "host-1"
        self.windows = []
        self.answers = {}  # message type -> function of the message: (reply, parts)
        self.greets = True
        self.received = asyncio.Queue()
        self._context = zmq.asyncio.Context()
        self._socket = None
        self._task = None
        self._peer = None

    def open(self):
        self._socket = self._context.socket(zmq.ROUTER)
        self._socket.linger = 0
        if self.info.curve.host_secret:
            self._socket.curve_server = True
            self._socket.curve_publickey = self.info.curve.host_public.encode()
            self._socket.curve_secretkey = self.info.curve.host_secret.encode()
        self._socket.bind(self.info.endpoint)
        self._task = asyncio.get_running_loop().create_task(self._serve())

    async def close(self):
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
            self._socket.close(linger=0)

    async def end(self):
        await self.close()
        self._context.term()

    async def send(self, message, *parts):
        await self.send_frames(*encode(message, *parts))

    async def send_frames(self, *frames):
        await self._socket.send_multipart([self._peer, *frames])

    async def hear(self, kind):
        """Return the next message of this type."""

        async def listen():
            while True:
                message = await self.received.get()
                if isinstance(message, kind):
                    return message

        return await asyncio.wait_for(listen(), TIMEOUT)

    async def _serve(self):
        while True:
            self._peer, *frames = await self._socket.recv_multipart()
            message, _ = decode(frames)
            self.received.put_nowait(message)
            answer = self.answers.get(type(message))
            if answer is not None:
                reply, *parts = answer(message)
                await self.send(reply, *parts)
            elif isinstance(message, messages.Hello) and self.greets:
                await self.send(self.welcome())
            elif isinstance(message, messages.ListWindows):
                await self.send(
                    messages.Reply(message.request_id, result={"windows": self.windows})
                )

    def welcome(self):
        return replace(WELCOME, host_id=self.host_id)


async def until(manager, condition):
    """Wait until the condition holds; it is looked at after each event."""
    changed = asyncio.Event()

    def listener(event):
        changed.set()

    async def wait():
        while not condition():
            changed.clear()
            await changed.wait()

    manager.add_listener(listener)
    try:
        await asyncio.wait_for(wait(), TIMEOUT)
    finally:
        manager.remove_listener(listener)
