"""The requests that a kernel has taken and not yet answered; its main thread.

ipykernel takes a request off the socket at once, but executes it some turns of asyncio
later: as a task of its own (7.1 and newer), or behind others in a queue (6). In between
the request is nowhere to be seen, neither in the socket nor at work. A GUI loop that is
entered then leaves it lying, since asyncio stands still as long as that loop runs.
"""

from __future__ import annotations

import asyncio
import inspect
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from .sureflush import SureFlush

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["OpenRequests"]

# Turns of asyncio between the arrival of a request and its place behind the kernel's
# lock: two in ipykernel 7.4. More do no harm, they are waited for once.
_TURNS_TO_THE_LOCK = 8

# Of ipykernel 6, and of 7: what puts the requests in their order.
_QUEUES = ("msg_queue", "_main_asyncio_lock")


class OpenRequests:
    """Counts the requests of the shell channel from their arrival to their answer."""

    def __init__(self, kernel: Any) -> None:
        self._kernel = kernel
        self._stream: Any = None
        self._receive: Callable[[Any], Any] | None = None  # ipykernel's own
        self._counting: Callable[[Any], Any] | None = None  # ours in its place
        self._flush: SureFlush | None = None
        self._open = 0
        # asyncio itself keeps no task from being thrown away while it waits.
        self._tasks: set[asyncio.Future[Any]] = set()

    @property
    def watched(self) -> bool:
        """Whether requests are counted."""
        return self._counting is not None

    @property
    def any(self) -> bool:
        """Whether one is open, or the cells behind an error are being refused."""
        return self._open > 0 or bool(getattr(self._kernel, "_aborting", False))

    def watch(self) -> None:
        """Begin to count; those taken before count as one, until all are answered.

        asyncio must be running in this thread.
        """
        stream = _shell_stream(self._kernel)
        # Private names of pyzmq and ipykernel, without which nothing can be counted.
        receive = getattr(stream, "_recv_callback", None)
        copy = getattr(stream, "_recv_copy", None)
        if not callable(receive) or copy is None:
            raise RuntimeError("this kernel takes no requests from its shell channel")
        if not any(hasattr(self._kernel, name) for name in _QUEUES):
            raise RuntimeError("what this kernel does next cannot be told")
        self._stream, self._receive = stream, receive
        self._counting = partial(self._on_message, receive)
        stream.on_recv(self._counting, copy=copy)
        self._flush = SureFlush(stream)
        self._flush.begin()
        self._close_behind_others()

    def ignore(self) -> None:
        """Count no more, and leave the kernel as it was."""
        counting, self._counting = self._counting, None
        if self._flush is not None:
            self._flush.end()
        stream = self._stream
        # What somebody else has put there meanwhile stays; it may go on calling ours.
        if counting and not stream.closed() and stream._recv_callback is counting:
            stream.on_recv(self._receive, copy=stream._recv_copy)

    def _on_message(self, receive: Callable[[Any], Any], message: Any) -> Any:
        work = receive(message)
        if inspect.isawaitable(work):
            # ipykernel 7; pyzmq would make the same task of it.
            work = self._keep_open(work)
        else:
            self._close_behind_others()
        return work

    def _close_behind_others(self) -> None:
        """Have something open that closes when all that came before is answered."""
        if hasattr(self._kernel, "msg_queue"):  # ipykernel 6
            self._open += 1
            self._kernel.schedule_dispatch(self._close_in_queue)
        else:
            self._keep_open(self._pass_the_lock())

    def _keep_open(self, work: Awaitable[Any]) -> asyncio.Future[Any]:
        """Make a task of it, which is open until it is done."""
        task = asyncio.ensure_future(work)
        self._open += 1
        self._tasks.add(task)
        task.add_done_callback(self._close)
        return task

    async def _close_in_queue(self) -> None:
        self._close()

    async def _pass_the_lock(self) -> None:
        for _ in range(_TURNS_TO_THE_LOCK):
            await asyncio.sleep(0)
        async with self._kernel._main_asyncio_lock:
            pass  # it is given to the requests in the order in which they came

    def _close(self, task: asyncio.Future[Any] | None = None) -> None:
        self._open -= 1
        if task is not None:
            self._tasks.discard(task)


def _shell_stream(kernel: Any) -> Any:
    """Return the stream from which the main thread takes the requests."""
    eventloops = sys.modules["ipykernel.eventloops"]
    # ipykernel 7.1 and newer: a thread of its own reads the channel and hands them on.
    get = getattr(eventloops, "get_shell_stream", None)
    return get(kernel) if get is not None else kernel.shell_stream
