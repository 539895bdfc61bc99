"""What the program changes of one figure, and what of that is still to be taken.

Any thread notes its changes, inside every call that makes one: each attribute is
written whole, so that plain ones suffice. The thread that takes a state, which is one
at a time (`Taker`), says what it has taken; the I/O thread, what got lost on its way.
"""

from __future__ import annotations

import contextlib
import itertools
import threading
import time
from typing import TYPE_CHECKING

from jlab_qtwindows.kernel.process.gil import gil_is_on
from jlab_qtwindows.kernel.process.words import admit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jlab_qtwindows.kernel.process.clock import Clock

__all__ = ["OTHERS_REST", "Changes", "change_number"]

# One counter for all figures: two changes never leave the same number, whichever
# threads made them.
change_number = itertools.count(1).__next__

# s without a change by another thread, after which that is taken to have finished what
# it was at: its stack may not be looked at.
OTHERS_REST = 0.100

_MOST_CHANGERS = 64  # threads that are remembered for a figure


class Changes:
    """Numbers of changes, and whether the newest is taken."""

    def __init__(self, clock: Clock = time) -> None:
        self._clock = clock
        self.newest = change_number()
        self.noticed = self.newest  # the newest that the program made, or has drawn
        self.views = 0  # how often an Axes got or gave back its window's view
        self.taken = 0  # the change up to which the last state goes
        self.dirty = False
        self.dirty_since: float | None = None  # s; None while all is taken
        # Without the GIL: when each thread made its newest change; s.
        self.changers: dict[int, float] | None = None if gil_is_on() else {}
        self.on_next: Callable[[], object] | None = None  # called once, in the next
        self.rendering_in: set[int] = set()  # threads in which we draw the figure
        self.holds = 0  # blocks of the program that are each to be one state
        self._holding = threading.Lock()  # guards `holds`: threads may hold together
        # The cell or callback in which the program calls draw() itself.
        self.frames_marked_in: tuple[int, int] | None = None

    def note(self) -> None:
        """Note a change by the program; not every one marks the figure as stale."""
        self.newest = self.noticed = change_number()
        if self.changers is not None:
            self.changers[threading.get_ident()] = self._clock.monotonic()

    def may_be_read(self) -> bool:
        """Return whether no other thread is likely to be changing the figure.

        The main thread reads all figures, another only what it has changed itself.
        """
        if self.changers is None:  # with the GIL the stacks tell
            return True
        changers = self.changers.copy()
        own = changers.pop(threading.get_ident(), None)
        is_main = threading.current_thread() is threading.main_thread()
        since = self._clock.monotonic() - OTHERS_REST
        if len(changers) > _MOST_CHANGERS:  # as of one thread for each change
            for thread, at in changers.items():
                if at < since:
                    self.changers.pop(thread, None)
        rest = all(at < since for at in changers.values())
        return (is_main or own is not None) and rest

    def note_drawing(self) -> None:
        """Note that the program has drawn this figure, changed or not."""
        self.noticed = change_number()

    def touch(self) -> None:
        """Take the figure for changed, though the program may not have done it."""
        self.newest = change_number()

    def call_on_next(self) -> None:
        """Call what waits for a change, if no other thread has been quicker."""
        hook, self.on_next = self.on_next, None
        if hook is not None:
            try:
                hook()
            except Exception:  # a fault of ours: not into the program's call
                admit("a change could not be waited for", "It is shown all the same")

    def mark_dirty(self, since: float | None = None) -> bool:
        """Be dirty; return whether it was not so before.

        `since` is the time at which a state that got lost became dirty.
        """
        if since is not None:
            self.dirty_since = since
        if self.dirty:
            return False
        if self.dirty_since is None:
            self.dirty_since = self._clock.monotonic()
        self.dirty = True
        return True

    def retake(self) -> None:
        """Be dirty, as what was taken is lost; I/O thread, which looks anyway."""
        self.mark_dirty()  # since now: when the state that is lost became so is gone

    def mark_clean(self) -> float | None:
        """Be dirty no longer, until the next change; return since when it was."""
        since, self.dirty_since = self.dirty_since, None
        self.dirty = False
        return since

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Let no state be taken within the block."""
        with self._holding:
            self.holds += 1
        try:
            yield
        finally:
            with self._holding:
                self.holds -= 1

    @contextlib.contextmanager
    def own_rendering(self) -> Iterator[None]:
        """Take what drawing here changes for no change of the program."""
        thread = threading.get_ident()
        if thread in self.rendering_in:  # within another drawing of ours
            yield
            return
        self.rendering_in.add(thread)
        try:
            yield
        finally:
            self.rendering_in.discard(thread)
