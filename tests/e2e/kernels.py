"""Kernels of a JupyterLab, driven over their own channels as a front end does."""

from __future__ import annotations

import contextlib
import queue
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from lab import Lab

TIMEOUT = 60.0  # s


@dataclass
class Result:
    """What a cell gave."""

    status: str
    text: str  # streams, results and tracebacks, in order


@dataclass
class Kernel:
    """A kernel and the notebook it belongs to."""

    id: str
    session_id: str
    client: BlockingKernelClient
    # A kernel with a GUI loop may leave a request lying until another message comes.
    needs_nudging: bool = False

    def run(self, code: str, *, check: bool = True) -> Result:
        """Run a cell and wait for it."""
        return self.wait(self.start(code), check=check)

    def start(self, code: str) -> str:
        """Run a cell without waiting; returns the request's id."""
        return str(self.client.execute(code))

    def wait(self, request: str, *, check: bool = True) -> Result:
        """Wait for a cell that was started."""
        deadline = time.monotonic() + TIMEOUT
        texts: list[str] = []
        status = ""
        while not status:
            message = self._next_message(deadline)
            if message["parent_header"].get("msg_id") != request:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "stream":
                texts.append(content["text"])
            elif kind in ("execute_result", "display_data"):
                texts.append(content["data"].get("text/plain", ""))
            elif kind == "error":
                texts.append("\n".join(content["traceback"]))
            elif kind == "status" and content["execution_state"] == "idle":
                status = self._reply_status(request, deadline)
        if check and status != "ok":
            raise AssertionError(f"the cell ended with {status}:\n{''.join(texts)}")
        return Result(status, "".join(texts))

    def value(self, expression: str) -> Any:
        """Return the value of an expression that can be written as a literal."""
        import ast

        return ast.literal_eval(self.run(f"print(repr({expression}))").text.strip())

    def _next_message(self, deadline: float) -> Any:
        while True:
            left = max(0.0, deadline - time.monotonic())  # less would be for ever
            try:
                pause = min(left, 0.5) if self.needs_nudging else left
                return self.client.get_iopub_msg(timeout=pause)
            except queue.Empty:
                if not self.needs_nudging or left <= 0:
                    raise
                self.client.kernel_info()

    def _reply_status(self, request: str, deadline: float) -> str:
        while True:
            left = max(0.0, deadline - time.monotonic())
            reply = self.client.get_shell_msg(timeout=left)
            if reply["parent_header"].get("msg_id") == request:
                return str(reply["content"]["status"])


def wait_for_ready(client: BlockingKernelClient) -> None:
    """Wait until shell and iopub of a kernel answer.

    `wait_for_ready` of the client takes a kernel for dead that misses heartbeats while
    it starts on a busy machine.
    """
    deadline = time.monotonic() + TIMEOUT
    while True:
        client.kernel_info()
        try:
            client.get_shell_msg(timeout=1)
            client.get_iopub_msg(timeout=1)
        except queue.Empty:
            if time.monotonic() > deadline:
                raise
        else:
            return


@contextlib.contextmanager
def open_notebook(lab: Lab, path: str, kernel: str = "python3") -> Iterator[Kernel]:
    """Start a session for a notebook, as JupyterLab does when it opens one."""
    session = lab.request(
        "POST",
        "api/sessions",
        {
            "path": path,
            "name": path,
            "type": "notebook",
            "kernel": {"name": kernel},
        },
    )
    kernel_id = session["kernel"]["id"]
    file = lab.runtime_dir / f"kernel-{kernel_id}.json"
    client = BlockingKernelClient(connection_file=str(file))
    client.load_connection_file()
    client.start_channels()
    try:
        wait_for_ready(client)
        yield Kernel(kernel_id, session["id"], client)
    finally:
        client.stop_channels()
