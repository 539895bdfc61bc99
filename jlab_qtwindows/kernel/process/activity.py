"""Whether the program does anything: one that rests is followed at no cost to it.

The main thread, and others that run cells, say what they begin and end; the I/O thread
asks, and measures what all other threads of the process use.
"""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING, Any

from . import identity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .clock import Clock

__all__ = ["LONG_WAIT", "LOOK", "Activity"]

LOOK = 0.050  # s over which the CPU time of the program's threads is measured, at least
LONG_WAIT = 0.5  # s; a shorter pause is one of a program that goes on
_AT_REST = 0.10  # share of a core, less than which is nothing: Jupyter's own threads


class Activity:
    """Knows of cells and callbacks; without IPython a script runs until it ends."""

    def __init__(
        self,
        wake: Callable[[], None] = lambda: None,
        *,
        clock: Clock = time,
        cell_number: Callable[[], int] = identity.cell_number,
    ) -> None:
        self.cell_number = cell_number
        self._wake = wake
        self._clock = clock
        # Called before and after each cell, in its thread; must not raise.
        self.at_edge: Callable[[], None] = lambda: None
        self._events: Any = None  # of IPython
        self._cells = {threading.main_thread().ident}  # the threads that run one
        self._callbacks = 0
        self._rounds = 0  # of callbacks, which run after a cell or in its waits
        self._callback_seconds = 0.0
        self._waits_until = 0.0
        # When, the seconds used by then, and whether that meant rest.
        self._last: tuple[float, float, bool] | None = None

    # -- any thread --------------------------------------------------------------------

    def attach(self, shell: Any) -> None:
        """Hear of the cells of an IPython shell; the present one may be running."""
        events = getattr(shell, "events", None)
        if events is not None:
            events.register("pre_execute", self._on_begin)
            events.register("post_execute", self._on_end)
            self._events = events

    def detach(self) -> None:
        """Hear no more of them."""
        events, self._events = self._events, None
        if events is not None:
            with contextlib.suppress(ValueError):  # a program may have unregistered all
                events.unregister("pre_execute", self._on_begin)
                events.unregister("post_execute", self._on_end)

    def _on_begin(self) -> None:
        self._last = None
        self._cells.add(threading.get_ident())
        self.at_edge()

    def _on_end(self) -> None:
        self._cells.discard(threading.get_ident())
        self._wake()
        self.at_edge()

    def episode(self) -> tuple[int, int]:
        """Return what is another value in every cell and every round of callbacks."""
        return self.cell_number(), self._rounds if self._callbacks else 0

    # -- main thread -------------------------------------------------------------------

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Say that callbacks of the program run in the block."""
        started = self._clock.thread_time()
        if not self._callbacks:
            self._rounds += 1
        self._callbacks += 1
        try:
            yield
        finally:
            self._callback_seconds += self._clock.thread_time() - started
            self._callbacks -= 1

    @contextlib.contextmanager
    def waiting(self, seconds: float | None) -> Iterator[None]:
        """Say that the program waits in the block, for so long at most."""
        end = float("inf") if seconds is None else self._clock.monotonic() + seconds
        self._waits_until = end
        if end == float("inf"):
            self._wake()
        try:
            yield
        finally:
            self._waits_until = 0.0

    # -- I/O thread --------------------------------------------------------------------

    def may_rest(self, now: float) -> bool:
        """Return whether no cell and no callback runs, or the main thread waits."""
        if self._callbacks:
            return False
        waits = self._waits_until - now >= LONG_WAIT
        only_main = self._cells == {threading.main_thread().ident}
        return not self._cells or (only_main and waits)

    def is_at_rest(self, now: float) -> bool:
        """Return whether no other thread of the program does anything either.

        For certain only from `LOOK` after the first question on.
        """
        if not self.may_rest(now):
            self._last = None
            return False
        used = (
            self._clock.process_time()
            - self._clock.thread_time()
            - self._callback_seconds
        )
        last = self._last
        if last is None:
            self._last = now, used, False
            return False
        at, before, rests = last
        if now - at >= LOOK:
            rests = used - before < _AT_REST * (now - at)
            self._last = now, used, rests
        return rests
