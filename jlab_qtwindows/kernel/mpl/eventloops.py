"""The event loops in which a program waits at one canvas, one within another.

Run in the thread that waits; any thread may end them.
"""

from __future__ import annotations

import contextlib
import math
import time
from typing import TYPE_CHECKING

from jlab_qtwindows.kernel.process.unattended import is_unattended

from .layout import prepare_all

if TYPE_CHECKING:
    from .canvas import FigureCanvasQtWindows

__all__ = ["EventLoops"]


class EventLoops:
    """The loops of one canvas that wait, the innermost last."""

    def __init__(self, canvas: FigureCanvasQtWindows) -> None:
        self._canvas = canvas
        self._waiting: list[object] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def run(self, timeout: float, *, for_input: bool) -> None:
        """Run callbacks for `timeout` seconds (not above 0: until `stop`).

        Without a limit, or `for_input` of a user, not where nobody can see the window
        or is there.
        """
        client, loop = self._canvas.figure_client, object()
        self._waiting.append(loop)
        end = time.monotonic() + timeout if timeout > 0 else math.inf

        for_user = end == math.inf or for_input
        in_vain = for_user and is_unattended()

        def is_over() -> bool:
            unseen = for_user and bool(client.unseen)
            return in_vain or unseen or loop not in self._waiting

        try:
            prepare_all(end)
            client.main_queue.run_pending()  # however long that has taken
            left = None if end == math.inf else max(0.0, end - time.monotonic())
            client.main_queue.run_until(is_over, left)
        finally:
            with contextlib.suppress(ValueError):  # another thread has stopped it
                self._waiting.remove(loop)

    def stop(self) -> None:
        """End the innermost; any thread."""
        with contextlib.suppress(IndexError):  # it has ended by itself
            self._waiting.pop()
            self._canvas.main_queue.post(lambda: None)

    def stop_all(self) -> None:
        """End all of them; any thread."""
        while self._waiting:
            self.stop()
