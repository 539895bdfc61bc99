"""Kernels of pinned ipykernel versions, with this project beside them, not in them."""

from __future__ import annotations

import contextlib
import queue
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop import Desktop
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

CHECKOUT = Path(__file__).parents[2]
KERNELS = CHECKOUT / "build" / "kernels" / "share" / "jupyter" / "kernels"
LIMIT = 60.0  # s, for anything that is expected to happen; not a measure of it
SILENCE = 1.5  # s without an answer, after which a request counts as left lying
# s from an error to a user's next cell. ipykernel refuses cells for about a
# millisecond after an error, with a loop or without one.
PAUSE = 0.1


@dataclass
class PinnedKernel:
    """A kernel and its front end."""

    manager: KernelManager
    client: BlockingKernelClient

    def send(self, *cells: str) -> list[str]:
        """Start cells without waiting for one; return the requests' ids."""
        return [str(self.client.execute(cell)) for cell in cells]

    def statuses(self, requests: Sequence[str], limit: float = LIMIT) -> list[str]:
        """Return how the cells ended; "unanswered" after `limit` s without a reply."""
        found: dict[str, str] = {}
        while not all(request in found for request in requests):
            try:
                reply = self.client.get_shell_msg(timeout=limit)
            except queue.Empty:
                break
            found[reply["parent_header"]["msg_id"]] = reply["content"]["status"]
        return [found.get(request, "unanswered") for request in requests]

    def run(self, *cells: str, limit: float = LIMIT) -> list[str]:
        """Run cells one after the other, as a user does; return how they ended."""
        found = []
        for cell in cells:
            found += self.statuses(self.send(cell), limit)
            if found[-1] == "error":
                time.sleep(PAUSE)
        return found

    def prepare(self, *cells: str) -> None:
        """Run cells in a kernel that may leave them lying, or refuse them.

        A cell whose end nobody looked at may have been refused, and what is tested
        after it is then a kernel that was never prepared.
        """
        deadline = time.monotonic() + LIMIT
        for cell in cells:
            status = "aborted"
            while status == "aborted":
                requests = self.send(cell)
                while (status := self.statuses(requests, 0.3)[0]) == "unanswered":
                    assert time.monotonic() < deadline, f"not run: {cell}"
                    self.client.kernel_info()
            assert status == "ok", f"{status}: {cell}"

    def text(self, cell: str) -> str:
        """Run a cell and return what it prints."""
        (request,) = self.send(cell)
        texts: list[str] = []
        deadline = time.monotonic() + LIMIT
        while True:
            message = self.client.get_iopub_msg(timeout=deadline - time.monotonic())
            if message["parent_header"].get("msg_id") != request:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "stream" and content["name"] == "stdout":
                texts.append(content["text"])
            elif kind == "error":
                raise AssertionError("\n".join(content["traceback"]))
            elif kind == "status" and content["execution_state"] == "idle":
                return "".join(texts).strip()


@contextlib.contextmanager
def pinned_kernel(version: str, desktop: Desktop) -> Iterator[PinnedKernel]:
    """Start a kernel of an ipykernel version on a desktop, and end it."""
    specs = KernelSpecManager(kernel_dirs=[str(KERNELS)])
    environment = {**desktop.environment(), "PYTHONPATH": str(CHECKOUT)}
    with tempfile.TemporaryDirectory() as folder:
        manager = KernelManager(
            kernel_name=f"ipykernel-{version}",
            kernel_spec_manager=specs,
            transport="ipc",
            # By default in the current folder, where other tests may run as well.
            ip=str(Path(folder, "kernel")),
        )
        manager.start_kernel(env=environment)
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=LIMIT)
            yield PinnedKernel(manager, client)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
            manager.cleanup_resources()
