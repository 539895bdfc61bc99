"""What the doctor has started and must not leave behind, whichever thread waits for it.

A signal reaches the main thread alone: it ends the processes here, and the threads that
wait for them find that out and clean up.
"""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["StartedProcesses", "started"]


class StartedProcesses:
    """How to end each process that runs now. Any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # guards both
        self._endings: list[Callable[[], None]] = []
        self._over = False

    @contextlib.contextmanager
    def kept(self, end: Callable[[], None]) -> Iterator[None]:
        """Know how to end a process for as long as the block lasts."""
        with self._lock:
            self._endings.append(end)
            over = self._over
        if over:
            end()
        try:
            yield
        finally:
            with self._lock:
                self._endings.remove(end)

    def end_all(self) -> None:
        """End what runs, and at once what is started from now on."""
        with self._lock:
            self._over = True
            endings = list(self._endings)
        for end in endings:
            end()


started = StartedProcesses()
