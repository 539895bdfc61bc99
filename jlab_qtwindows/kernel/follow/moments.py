"""Moments: when figures are taken where no other thread may look (no GIL).

The I/O thread only says that something is due. The main thread takes it, while it is
idle or waits (`pause`, `show`, a prompt), and so does a thread that comes to the end of
a cell or lets go of what it has drawn (`flush_events`). `draw()` and the end of a
`qtw.hold` take their figure at once, as they do with the GIL.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from .changes import OTHERS_REST

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jlab_qtwindows.kernel.process.clock import Clock

    from .followed import FollowedFigure
    from .taker import Taker

__all__ = ["Moments"]


class Moments:
    """Takes what is dirty, in the calling thread."""

    def __init__(
        self,
        taker: Taker,
        figures: Mapping[str, FollowedFigure],
        post: Callable[[Callable[[], None]], None],
        wake: Callable[[], None],
        *,
        clock: Clock = time,
    ) -> None:
        self._taker = taker
        self._figures = figures
        self._post = post
        self._wake = wake
        self._clock = clock
        self._asked = False

    def ask(self) -> None:
        """Have the main thread take what is dirty when it is free; I/O thread."""
        if not self._asked:
            self._asked = True
            self._post(self._answer)

    def _answer(self) -> None:
        self._asked = False  # first: what changes from here on may be asked for again
        self.take()
        self._wake()  # to ask again for what was refused

    def take(self, *, cell_over: bool = False) -> None:
        """Take what this thread may read; any thread, outside of Matplotlib.

        What cannot be taken now stays dirty. After a cell nothing that flow control
        says counts: the next may run for long, without any moment.
        """
        for followed in list(self._figures.values()):
            if not followed.changes.dirty:
                continue
            if not followed.changes.may_be_read():
                followed.pace.retry_at = self._clock.monotonic() + OTHERS_REST
            elif cell_over:
                self._taker.take_last(followed)
            else:
                self._taker.take_between(followed)
