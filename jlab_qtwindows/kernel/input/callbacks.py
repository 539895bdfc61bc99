"""Work for the main thread: what windows report, run when user code lets it.

Any thread may `post`. The main thread runs the queue while the kernel is idle (through
its own asyncio loop, never a GUI loop) and inside `flush_events`, `pause` and `show`.
"""

from __future__ import annotations

import contextlib
import functools
import queue
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.kernel.process.activity import Activity
from jlab_qtwindows.kernel.process.identity import ipython
from jlab_qtwindows.kernel.process.waits import one_wait

if TYPE_CHECKING:
    from types import FrameType

__all__ = ["MainQueue", "process"]

_LOOK_AGAIN = 0.01  # s, of a thread that waits for what the main thread runs

Callback = Callable[[], None]


class MainQueue:
    """A queue of callbacks for the main thread."""

    def __init__(self, activity: Activity | None = None) -> None:
        self._activity = activity or Activity()
        self._queue: queue.SimpleQueue[Callback] = queue.SimpleQueue()
        self.on_post: Callback = lambda: None

    def post(self, callback: Callback) -> None:
        """Add a callback and wake the main thread if it is idle; any thread."""
        self._queue.put(callback)
        loop = _kernels_loop()
        if loop is not None:
            loop.add_callback(self.run_when_idle)
        self.on_post()

    def post_later(
        self, delay: float, callback: Callable[..., None], *args: Any
    ) -> bool:
        """Run a callback `delay` seconds after the kernel is idle; any thread.

        Returns False where there is no kernel, which alone is idle.
        """
        loop = _kernels_loop()
        if loop is not None:
            loop.add_callback(loop.call_later, delay, callback, *args)
        return loop is not None

    def run_pending(self) -> None:
        """Run what is waiting now; any other than the main thread leaves it alone."""
        if threading.current_thread() is not threading.main_thread():
            return
        for _ in range(self._queue.qsize()):
            try:
                callback = self._queue.get_nowait()
            except queue.Empty:
                return
            _run(callback)

    def empty(self) -> bool:
        """Return whether nothing waits; any thread."""
        return self._queue.empty()

    def run_when_idle(self) -> None:
        """Run what is waiting, in the kernel's own loop; main thread.

        The stop button ends a callback that never returns, as it ends a cell: ipykernel
        ignores it while no cell runs.
        """
        try:
            with _interruptible(), self._activity.running():
                self.run_pending()
        except (KeyboardInterrupt, SystemExit):
            _show_error()  # and not to the loop, which would end the kernel

    def run_until(self, finished: Callable[[], bool], timeout: float | None) -> None:
        """Run callbacks until `finished()` or for `timeout` seconds.

        Ends on an interrupt of the kernel, at once but on Windows. Any other than the
        main thread only waits.
        """
        is_main = threading.current_thread() is threading.main_thread()
        deadline = None if timeout is None else time.monotonic() + timeout
        while not finished():
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                return
            if not is_main:
                time.sleep(_LOOK_AGAIN if left is None else min(left, _LOOK_AGAIN))
                continue
            try:
                with self._activity.waiting(left):
                    callback = self._queue.get(timeout=one_wait(left))
            except queue.Empty:
                continue
            with self._activity.running():
                _run(callback)


def _kernels_loop() -> Any:
    """Return the loop that ipykernel runs on the main thread, if it does.

    `add_callback` is the one method of it that other threads may call.
    """
    return getattr(getattr(ipython(), "kernel", None), "io_loop", None)


def _run(callback: Callback) -> None:
    try:
        callback()
    except Exception:
        # One failing callback must not take the others, or the caller's pause, with
        # it; but the user must see it, as an error of their own cell.
        _show_error()


def process(event: Any) -> None:
    """Run the callbacks of an event of Matplotlib, all of them; main thread.

    Its own way ends with the first that fails, where no GUI toolkit runs.
    """
    connected = event.canvas.callbacks.callbacks.get(event.name, {})
    for reference in list(connected.values()):
        function = reference()
        if function is not None:
            _run(functools.partial(function, event))
    event._guiEvent_deleted = True


def _show_error() -> None:
    shell = ipython()
    if shell is not None:
        shell.showtraceback()
    else:
        traceback.print_exc()


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Raise `KeyboardInterrupt` within the block where the kernel is interrupted."""
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGINT) is None:  # is not Python's
        yield
        return
    running = True

    def stop(number: int, frame: FrameType | None) -> None:
        if running:  # and not just done
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop)
    try:
        try:
            yield
        finally:
            running = False
    finally:
        signal.signal(signal.SIGINT, before)
