"""The taker: takes the state of a figure, in the calling thread.

Whichever thread calls, one at a time; nobody waits for another. A state counts if no
thread was inside Matplotlib and nothing has changed meanwhile. What it costs is charged
to the budget, but for what answers the user. When a figure is taken is up to the
callers, mostly `Follower`.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from jlab_qtwindows.kernel.process.interpreter import keep_interpreter
from jlab_qtwindows.kernel.process.words import admit
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, Snapshot, take_snapshot
from jlab_qtwindows.protocol.errors import FigureNotTransferable, FigureTooLarge

from . import safepoint
from .budget import Budget, FollowerSettings
from .contents import Held
from .flowcontrol import may_take
from .pace import QUIET

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

    from jlab_qtwindows.kernel.process.activity import Activity
    from jlab_qtwindows.kernel.process.clock import Clock

    from .followed import FollowedFigure
    from .safepoint import SafePoints

__all__ = ["Outcome", "Taker"]

MOST_REFUNDS = 10  # in one cell; a figure fails on two rungs at most


class Outcome(Enum):
    """What came of an attempt."""

    TAKEN = auto()
    LOST = auto()  # a change or a thread inside Matplotlib came between
    FAILED = auto()  # the rung cannot carry it
    EMPTIED = auto()  # an Axes has just been cleared


class Taker:
    """Takes states; `on_taken` gets each, in the thread that took it."""

    def __init__(
        self,
        on_taken: Callable[[FollowedFigure, Snapshot], None],
        activity: Activity,
        *,
        clock: Clock = time,
        points: SafePoints = safepoint,
        take: Callable[[Figure, Rung], Snapshot] = take_snapshot,
    ) -> None:
        self.on_taken = on_taken
        self.activity = activity
        self.settings = FollowerSettings()
        self.budget = Budget(self.settings, clock)
        # That this host allows: the pixels where it cannot read our pickles, and why.
        self.best_rung, self.best_reason = Rung.MIRROR, ""
        self.take = take
        self._clock = clock
        self._points = points
        self._refunded_in, self._refunds = 0, 0  # the cell, and how often in it
        self._taking = threading.Lock()  # held by the thread that takes a state

    # -- the program's thread ----------------------------------------------------------

    def take_now(self, followed: FollowedFigure) -> bool:
        """Take this state in the calling thread, if flow control allows it."""
        now = self._clock.monotonic()
        if (
            not may_take(followed)
            or now - followed.pace.taken_at < followed.pace.interval(self.settings.fps)
            or self.budget.wait(now) > 0
        ):
            return False
        return self.take_charged(followed) is Outcome.TAKEN

    def take_between(self, followed: FollowedFigure) -> None:
        """Take this state between two steps of the program, which has not drawn it.

        Not while a program that marks its frames by drawing is between two of them.
        """
        changes, now = followed.changes, self._clock.monotonic()
        marked = changes.frames_marked_in == self.activity.episode()
        if marked and not followed.pace.is_quiet(changes.newest, now):
            return
        if not self.take_now(followed):
            followed.pace.retry_at = now + QUIET

    def take_last(self, followed: FollowedFigure) -> None:
        """Take the state that a cell has left, in place of any that waits."""
        for _ in Rung:  # each of which may be one that cannot carry it
            if not (followed.changes.dirty and may_take(followed, leaves_cell=True)):
                return
            if self.take_charged(followed) is not Outcome.FAILED:
                return

    def take_answer(self, followed: FollowedFigure) -> bool:
        """Take the state that answers the user; main thread, between two cells.

        No part of the budget, which keeps a running program from being slowed down:
        here the kernel has nothing else to do, and the user waits.
        """
        return may_take(followed) and self._take_free(followed) is Outcome.TAKEN

    # -- any thread --------------------------------------------------------------------

    def take_charged(self, followed: FollowedFigure) -> Outcome:
        """Take it, whatever flow control says, and charge the budget.

        Only this: a program that makes us look often for a safe point must not use up
        what its frames need.
        """
        with self.budget.charged() as charge:
            outcome = self._take_free(followed)
        followed.pace.spent = charge.seconds
        followed.cost.add(charge.seconds, self._clock.monotonic())
        if outcome is Outcome.FAILED:
            self.refund(followed)
        return outcome

    def refund(self, followed: FollowedFigure) -> None:
        """Give back what a rung that cannot carry this figure has cost.

        No other figure waits for it, nor this one on its next rung; but a cell that
        makes such figures without end pays.
        """
        cell = self.activity.cell_number()
        if cell != self._refunded_in:
            self._refunded_in, self._refunds = cell, 0
        if self._refunds < MOST_REFUNDS:
            self._refunds += 1
            self.budget.refund(followed.pace.spent)

    def _take_free(self, followed: FollowedFigure) -> Outcome:
        if not self._taking.acquire(blocking=False):
            return Outcome.LOST
        try:
            return self._take_alone(followed)
        except Exception as error:  # a fault of ours: not into the program's call
            why = f"an error in jlab_qtwindows: {error!r}"
            if why not in f"{followed.ladder.reason} {followed.delivery.draw_error}":
                admit(f"{followed.title} was not taken", "It travels another way")
            followed.mark_dirty()
            followed.descend(why)
            return Outcome.FAILED
        finally:
            self._taking.release()

    def _take_alone(self, followed: FollowedFigure) -> Outcome:
        figure, changes, pace = followed.figure, followed.changes, followed.pace
        if not self._points.all_clear(figure):
            return Outcome.LOST
        started = self._clock.monotonic()
        before, edits = changes.newest, followed.edits.applied
        views = changes.views
        at_rest = self.activity.may_rest(started)
        if followed.contents.is_freshly_emptied(started, at_rest=at_rest):
            return Outcome.EMPTIED
        since = changes.mark_clean()  # a change from here on marks it again
        held = Held.by(figure)
        try:
            found = self._try_rung(followed)
        except BaseException:  # an interrupt of the user
            followed.mark_dirty(since)
            raise
        moved = (changes.newest, changes.views) != (before, views)
        moved = moved or not self._points.all_clear(figure)
        if moved or followed.ladder.drawn_by_hand:
            followed.mark_dirty(since)
            pace.trapping = True
            return Outcome.LOST
        if isinstance(found, FigureNotTransferable):
            followed.mark_dirty(since)
            if isinstance(found, FigureTooLarge):
                followed.ladder.skip_pickles()
            followed.descend(str(found))
            return Outcome.FAILED
        changed = pace.seen_at if pace.seen == before else started
        self._note_taken(followed, held, before)
        self.on_taken(followed, replace(found, edits=edits, since=changed))
        return Outcome.TAKEN

    def _try_rung(self, followed: FollowedFigure) -> Snapshot | FigureNotTransferable:
        """Return the state, or why the present rung cannot carry it."""
        rung = max(followed.ladder.rung, self.best_rung)
        try:
            with followed.changes.own_rendering(), keep_interpreter():
                return self.take(followed.figure, rung)
        except FigureNotTransferable as error:
            return error

    def _note_taken(self, followed: FollowedFigure, held: Held, change: int) -> None:
        followed.figure.stale = False  # or pyplot asks for a redraw after every cell
        followed.pace.note_taken(self._clock.monotonic())
        followed.contents.shown = held
        followed.changes.taken = change
        followed.delivery.behind = False  # the state's arrival says so
