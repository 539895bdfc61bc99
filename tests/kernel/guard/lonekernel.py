"""A kernel of ipykernel in this process, with a socket to send it requests."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import Any, ClassVar

import ipykernel.eventloops  # noqa: F401 - as in every kernel with a GUI loop
import zmq
from ipykernel.kernelbase import Kernel
from jupyter_client.session import Session
from zmq.eventloop.zmqstream import ZMQStream

LIMIT = 20.0  # s, for anything that is expected to happen; not a measure of it


class LoneKernel(Kernel):
    """Executes `wait` (until `gate` is set), `fail` and anything else."""

    implementation = banner = language = "lone"
    implementation_version = language_version = "1"
    language_info: ClassVar[dict[str, object]] = {"name": "lone"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.gate = asyncio.Event()
        self.executing = asyncio.Event()
        self.executed: list[str] = []

    async def do_execute(self, code: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.executing.set()
        if code == "wait":
            await self.gate.wait()
        self.executed.append(code)
        status = "error" if code == "fail" else "ok"
        return {"status": status, "execution_count": 1, "user_expressions": {}}


class Loop:
    """A GUI loop that is over at once, as one to which a request has come."""

    def __init__(self) -> None:
        self.entered_after: list[list[str]] = []  # what had been executed each time

    def __call__(self, kernel: LoneKernel) -> None:
        self.entered_after.append(list(kernel.executed))


class Peer:
    """The front end of a kernel."""

    def __init__(self, kernel: LoneKernel, socket: zmq.Socket[bytes]) -> None:
        self.kernel = kernel
        self._socket = socket
        self._session = Session(key=kernel.session.key)

    def send(self, *codes: str) -> None:
        """Have the kernel execute cells, without waiting for one."""
        for code in codes:
            content = {"code": code, "silent": False}
            self._session.send(self._socket, "execute_request", content)

    async def statuses(self, count: int) -> list[str]:
        """Return how the next cells ended."""
        found = []
        while len(found) < count:
            await until(lambda: self._socket.poll(0))
            _, reply = self._session.recv(self._socket)
            assert reply is not None
            found.append(reply["content"]["status"])
        return found


async def until(condition: Any) -> Any:
    """Let the kernel work until something is true."""
    end = time.monotonic() + LIMIT
    while not (value := condition()):
        assert time.monotonic() < end
        await asyncio.sleep(0.001)
    return value


@contextlib.asynccontextmanager
async def lone_kernel() -> Any:
    """A running kernel and its front end; asyncio is running."""
    context: zmq.Context[Any] = zmq.Context()
    ours, its, iopub = (context.socket(kind) for kind in (zmq.PAIR, zmq.PAIR, zmq.PUB))
    ours.bind("inproc://shell")
    its.connect("inproc://shell")
    stream = ZMQStream(its)
    kernel = LoneKernel(
        shell_stream=stream,
        iopub_socket=iopub,
        session=Session(),
        log=logging.getLogger(__name__),
    )
    kernel.start()
    try:
        yield Peer(kernel, ours)
    finally:
        kernel.eventloop = None
        kernel.gate.set()
        await asyncio.sleep(0.01)  # the loop's last turn
        stream.close()
        context.destroy(linger=0)
