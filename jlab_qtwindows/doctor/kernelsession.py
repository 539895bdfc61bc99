"""A kernel of the doctor's own, for as long as a `with` block lasts.

Spoken to as JupyterLab does. Needs jupyter_client, which is imported when it is used.
In a thread of the doctor's pool.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import queue
import tempfile
import time
from typing import TYPE_CHECKING, Any

from .started import started
from .surroundings import for_kernels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO

    from .kernelspecs import Kernel

__all__ = ["STUCK", "KernelEnded", "KernelFailed", "KernelSession", "started_kernel"]

STUCK = "stuck"  # the status of a request to which no reply came

_START_LIMIT = 60.0  # s
_RUN_LIMIT = 40.0  # s for one cell: the first import of Matplotlib is slow
_LOOK = 0.25  # s between two looks whether the kernel still lives
_NUDGES = 4  # in vain, until a kernel counts as dead to the world
_LAST_WORDS = 2048  # bytes
# jupyter_client chooses a kernel's ports, and others may be quicker to use them.
_PORT_TAKEN = "already in use", "Address in use"  # the latter on Windows
_CHATTER = "[IPKernelApp] WARNING"  # what ipykernel says at each start


class KernelFailed(Exception):
    """The kernel did not start, or is of no use; the text says what it said last."""


class KernelEnded(KernelFailed):
    """The kernel has ended, as one does whose GUI toolkit aborts."""


class KernelSession:
    """Sends cells and gathers what became of them."""

    def __init__(self, manager: Any, client: Any, output: IO[bytes]) -> None:
        self._manager = manager
        self._client = client
        self._output = output

    def run(self, code: str) -> tuple[str, str]:
        """Run a cell; return its status and, of an error, its last line.

        Raises
        ------
        KernelEnded
            The kernel has ended.
        """
        request = self.send(code)
        reply = self._next_reply({request}, _RUN_LIMIT)
        if reply is None:
            return STUCK, "no reply"
        content = reply["content"]
        error = f"{content.get('ename', '')}: {content.get('evalue', '')}"
        return content["status"], "" if content["status"] == "ok" else error

    def send(self, code: str) -> str:
        """Start a cell without waiting; return the request's id."""
        return str(self._client.execute(code))

    def statuses(self, requests: Sequence[str], silence: float) -> list[str]:
        """Return what became of each request, STUCK where `silence` seconds pass.

        Requests that are stuck are woken up and finished before this returns.

        Raises
        ------
        KernelFailed
            The kernel has ended, or answers nothing any more.
        """
        found: dict[str, str] = {}
        waiting = set(requests)
        while waiting and (reply := self._next_reply(waiting, silence)):
            request = reply["parent_header"]["msg_id"]
            found[request] = reply["content"]["status"]
            waiting.discard(request)
        self._wake(waiting, silence)
        return [found.get(request, STUCK) for request in requests]

    def _wake(self, waiting: set[str], silence: float) -> None:
        """Send harmless requests until all that wait are done."""
        vain = 0
        while waiting:
            nudge = str(self._client.kernel_info())
            reply = self._next_reply(waiting | {nudge}, silence)
            if reply is not None and reply["parent_header"]["msg_id"] in waiting:
                waiting.discard(reply["parent_header"]["msg_id"])
                vain = 0
            elif (vain := vain + 1) >= _NUDGES:
                raise KernelFailed("the kernel answers nothing any more")

    def _next_reply(self, requests: set[str], limit: float) -> Any:
        """Return the next reply to one of these, None after `limit` seconds."""
        deadline = time.monotonic() + limit
        while (left := deadline - time.monotonic()) > 0:
            try:
                reply = self._client.get_shell_msg(timeout=min(left, _LOOK))
            except queue.Empty:
                if not self._manager.is_alive():
                    words = f"the kernel has ended{self._how()}{self._said()}"
                    raise KernelEnded(words) from None
                continue
            if reply["parent_header"].get("msg_id") in requests:
                return reply
        return None

    def _how(self) -> str:
        process = getattr(self._manager.provisioner, "process", None)
        code = getattr(process, "returncode", None)
        return f" by signal {-code}" if code is not None and code < 0 else ""

    def _said(self) -> str:
        self._output.seek(0)
        lines = self._output.read()[-_LAST_WORDS:].decode(errors="replace").split("\n")
        said = [line for line in lines if line.strip() and _CHATTER not in line]
        return f": {said[-1].strip()}" if said else ""


@contextlib.contextmanager
def started_kernel(kernel: Kernel) -> Iterator[KernelSession]:
    """Start a kernel, wait until it answers, and end it.

    Raises
    ------
    KernelFailed
        It does not start or does not answer.
    """
    # What its kernels print is none of the user's business here.
    logging.getLogger("traitlets").setLevel(logging.ERROR)
    with contextlib.ExitStack() as stack:
        try:
            session = _start(kernel, stack)
        except KernelFailed as error:
            if not any(words in str(error) for words in _PORT_TAKEN):
                raise
            stack.close()
            session = _start(kernel, stack)
        yield session


def _start(kernel: Kernel, stack: contextlib.ExitStack) -> KernelSession:
    """Start a kernel that is ended with the stack; raises as `started_kernel`."""
    from jupyter_client.manager import KernelManager

    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="qtw-doctor-"))
    output = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  # the stack closes it
    manager = KernelManager(kernel_name=kernel.name)
    stack.callback(_end, manager)
    try:
        manager.start_kernel(
            env=for_kernels(kernel.variables),
            cwd=folder,
            stdout=output,
            stderr=output,
        )
    except Exception as error:  # kernel provisioners may raise anything
        raise KernelFailed(f"it cannot be started: {error}") from error
    stack.enter_context(started.kept(functools.partial(_kill, manager)))
    client = manager.blocking_client()
    client.start_channels()
    stack.callback(client.stop_channels)
    session = KernelSession(manager, client, output)
    try:
        client.wait_for_ready(timeout=_START_LIMIT)
    except RuntimeError as error:
        raise KernelFailed(f"{error}{session._said()}") from error
    return session


def _kill(manager: Any) -> None:
    """End the process at once, from another thread than that of the manager."""
    process = getattr(manager.provisioner, "process", None)
    if process is not None:
        process.kill()


def _end(manager: Any) -> None:
    if manager.has_kernel:
        manager.shutdown_kernel(now=True)
    manager.context.destroy(linger=0)
