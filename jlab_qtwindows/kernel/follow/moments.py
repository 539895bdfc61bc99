"""Moments: when figures are taken where no other thread may look (no GIL).

The I/O thread only says that something is due. The main thread takes it, while it is
idle or waits (`pause`, `show`, a prompt), and so does a thread that comes to the end of
a cell or lets go of what it has drawn (`flush_events`). `draw()` and the end of a
`qtw.hold` take their figure at once, as they do with the GIL.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .followed import FollowedFigure
    from .taker import Taker

__all__ = ["Moments", "may_read"]

# s without a change by another thread, after which that is taken to have finished what
# it was at: its stack may not be looked at.
OTHERS_REST = 0.100

_MOST_CHANGERS = 64  # threads that are remembered for a figure


class Moments:
    """Takes what is dirty, in the calling thread."""

    def __init__(
        self,
        taker: Taker,
        figures: Mapping[str, FollowedFigure],
        post: Callable[[Callable[[], None]], None],
        wake: Callable[[], None],
    ) -> None:
        self._taker = taker
        self._figures = figures
        self._post = post
        self._wake = wake
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
            if not may_read(followed):
                followed.pace.retry_at = time.monotonic() + OTHERS_REST
            elif cell_over:
                self._taker.take_last(followed)
            else:
                self._taker.take_between(followed)


def may_read(followed: FollowedFigure) -> bool:
    """Return whether no other thread is likely to be changing this figure.

    The main thread reads all figures, another only those that it has changed itself.
    """
    if followed.changes.changers is None:  # with the GIL the stacks tell
        return True
    changers = followed.changes.changers.copy()
    own = changers.pop(threading.get_ident(), None)
    is_main = threading.current_thread() is threading.main_thread()
    since = time.monotonic() - OTHERS_REST
    if len(changers) > _MOST_CHANGERS:  # a program may start a thread for each change
        for thread, at in changers.items():
            if at < since:
                followed.changes.changers.pop(thread, None)
    return (is_main or own is not None) and all(at < since for at in changers.values())
