"""The follower's rules: which dirty figure is taken next, and when.

Pure policy, no sockets: the time is passed in, the snapshot is a function passed in.
The I/O thread calls `step`; a thread that draws calls `take_now`. Without the GIL the
I/O thread takes nothing, but says what is due (`ask`). See docs/architecture.md.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from jlab_qtwindows.kernel.process import identity
from jlab_qtwindows.kernel.process.activity import LOOK, Activity
from jlab_qtwindows.kernel.process.interpreter import keep_interpreter
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, Snapshot, take_snapshot
from jlab_qtwindows.protocol.errors import FigureNotTransferable, FigureTooLarge
from jlab_qtwindows.protocol.messages import FigureBehind

from . import safepoint
from .budget import Budget, FollowerSettings
from .followed import FollowedFigure, lists_of, structure_of
from .trap import SafePointTrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Follower"]

logger = logging.getLogger(__name__)

QUIET = 0.015  # s without a change: the user's code has finished this frame
MAX_AGE = 0.100  # s dirty: shown although it still changes
# s between two states of a figure that is being rebuilt without rest. Each makes the
# host draw everything anew, in caches and on a core that the program could use: 8
# frames/s cost a loop of two figures 12 % of its CPU time, 6 frames/s 8 %.
REBUILT_INTERVAL = 0.150
# s that an Axes emptied by clear() waits for its new content. A program that computes
# may need long for it where many share the processor; one at rest has no more to say.
EMPTY_HOLD = 1.0
EMPTY_HOLD_AT_REST = 0.250
BEHIND = 1.0  # s that a state may be late before its window says so
RETRY = 0.002  # s after a snapshot that was lost
HUNT = 0.020  # s that the I/O thread waits for a safe point before it looks around
MOST_REFUNDS = 10  # in one cell; a figure fails on two rungs at most
LOSSES_BEFORE_TRAP = 3  # times without a safe point; a lost snapshot counts at once


class Outcome(Enum):
    """What came of an attempt."""

    TAKEN = "taken"
    LOST = "lost"  # a change or a thread inside Matplotlib came between
    FAILED = "failed"  # the rung cannot carry it
    EMPTIED = "emptied"  # an Axes has just been cleared


@dataclass
class Follower:
    """Decides and takes; `on_taken` gets each snapshot, in the thread that took it."""

    on_taken: Callable[[FollowedFigure, Snapshot], None]
    settings: FollowerSettings = field(default_factory=FollowerSettings)
    activity: Activity = field(default_factory=Activity)
    least_rung: Rung = Rung.MIRROR  # raised when the host cannot read our pickles
    least_reason: str = ""

    def __post_init__(self) -> None:
        self.budget = Budget(self.settings)
        self.budget_spent = False  # until it allows more, changes need no look
        self.trap = SafePointTrap()
        # Without the GIL: has the due figures taken by a thread that may read them.
        self.ask: Callable[[], None] | None = None
        self._refunded_in, self._refunds = 0, 0  # the cell, and how often in it
        # Only one thread takes a snapshot at a time; nobody ever waits for it.
        self._taking = threading.Lock()

    # -- I/O thread --------------------------------------------------------------------

    def step(self, figures: Iterable[FollowedFigure], now: float) -> float | None:
        """Take the due figure that was taken longest ago, if there is one.

        Returns the seconds after which to look again, or None to sleep until woken.
        """
        wait: float | None = None
        due: list[FollowedFigure] = []
        for followed in figures:
            if not (followed.opened and followed.changes.dirty):
                continue
            left = self._time_left(followed, now)
            if followed.delivery.in_flight is not None:
                continue  # its age counts, but the host has not taken the last state
            if left <= 0:
                due.append(followed)
            elif left != float("inf"):
                wait = left if wait is None else min(wait, left)
        overdue = [one for one in due if self._tell_behind(one, now)]
        blocked = self.budget.wait(now)
        if blocked and self.activity.is_at_rest(now):
            self.budget.forgive(now)
            blocked = 0.0
        may_rest = self.activity.may_rest(now)
        self.budget_spent = blocked > 0 and not may_rest
        if blocked:
            if due and may_rest:
                return min(blocked, LOOK)  # it is seen by then whether anything runs
            return min(blocked, BEHIND) if len(overdue) < len(due) else blocked
        if due and self.ask is not None:
            self.ask()
            # Whoever takes them wakes this thread.
            return wait if len(overdue) == len(due) else min(wait or BEHIND, BEHIND)
        if not due:
            return wait
        longest = min(due, key=lambda followed: followed.notes.taken_at)
        if not self._attempt(longest, now):
            return RETRY
        return 0.0 if len(due) > 1 else wait

    def _tell_behind(self, followed: FollowedFigure, now: float) -> bool:
        """Say, once, that the window has not shown the newest state for long."""
        since = followed.changes.dirty_since
        if not followed.delivery.behind and since is not None and now - since >= BEHIND:
            followed.delivery.behind = True
            followed.post(FigureBehind(followed.window_id))
        return followed.delivery.behind

    def _time_left(self, followed: FollowedFigure, now: float) -> float:
        """Return the seconds until this dirty figure is due; note what it saw."""
        notes = followed.notes
        if followed.changes.newest != notes.seen:
            notes.seen, notes.seen_at = followed.changes.newest, now
        if followed.holds:
            return float("inf")
        quiet = notes.seen_at + QUIET - now
        if followed.changes.frames_marked_in == self.activity.episode():
            ready = quiet
        else:
            since = followed.changes.dirty_since
            since = now if since is None else since
            if self.ask is None and (
                structure_of(followed.figure) == followed.shown_structure
            ):
                aged = since + 1 / self.settings.fps  # every such state is whole
            else:
                aged = max(since + MAX_AGE, notes.taken_at + REBUILT_INTERVAL)
            ready = min(quiet, aged - now)
        return max(
            ready,
            notes.taken_at + 1 / self.settings.fps - now,
            notes.retry_at - now,
        )

    def _attempt(self, followed: FollowedFigure, now: float) -> bool:
        """Take the figure here, or have it taken by the thread that changes it."""
        notes = followed.notes
        notes.retry_at = now + RETRY
        if notes.trapping:
            emptied = notes.emptied_since is not None
            if emptied:
                # What follows clear() will end it: the call that makes the next change.
                followed.changes.on_next = self.trap.plant_here
            taken = self.trap.spring(
                lambda: self._take_trapped(followed),
                followed.figure,
                HUNT,
                ask_main=not emptied,
            )
            followed.changes.on_next = None
            notes.trapping = taken is not None
            if taken is not None:
                return taken
            # Nobody came by: all are idle or inside compiled code, and not needed.
        if not safepoint.wait_until_clear(HUNT, followed.figure):
            notes.losses += 1
            notes.trapping = notes.losses >= LOSSES_BEFORE_TRAP
            return False
        outcome = self._take(followed)
        if outcome is Outcome.EMPTIED:
            # The one moment at which this thread finds the program outside of
            # Matplotlib may be that between clear() and plot().
            notes.trapping = True
        return outcome is Outcome.TAKEN

    def _take_trapped(self, followed: FollowedFigure) -> bool | None:
        """Take it in the busy thread; None asks for the end of its next call."""
        if not followed.changes.dirty:
            return False
        if self.take_now(followed):
            return True
        if followed.notes.emptied_since is None:
            return False
        followed.changes.on_next = self.trap.plant_here
        return None

    # -- the thread that draws ---------------------------------------------------------

    def take_now(self, followed: FollowedFigure) -> bool:
        """Take this state in the calling thread, if flow control allows it."""
        now = time.monotonic()
        if (
            not _may_be_taken(followed)
            or now - followed.notes.taken_at < 1 / self.settings.fps
            or self.budget.wait(now) > 0
        ):
            return False
        return self._take(followed) is Outcome.TAKEN

    def take_between(self, followed: FollowedFigure) -> None:
        """Take this state between two steps of the program, which has not drawn it.

        Not while a program that marks its frames by drawing is between two of them.
        """
        notes, now = followed.notes, time.monotonic()
        if followed.changes.frames_marked_in == self.activity.episode():
            unchanged = followed.changes.newest == notes.seen
            if not (unchanged and now - notes.seen_at >= QUIET):
                return
        if not self.take_now(followed):
            notes.retry_at = now + QUIET

    def take_last(self, followed: FollowedFigure) -> None:
        """Take the state that a cell has left, in place of any that waits."""
        for _ in Rung:  # each of which may be one that cannot carry it
            if not (followed.opened and followed.changes.dirty) or followed.holds:
                return
            if self._take(followed) is not Outcome.FAILED:
                return

    def take_answer(self, followed: FollowedFigure) -> bool:
        """Take the state that answers the user; main thread, between two cells.

        No part of the budget, which keeps a running program from being slowed down:
        here the kernel has nothing else to do, and the user waits.
        """
        return _may_be_taken(followed) and self._take_free(followed) is Outcome.TAKEN

    # -- either ------------------------------------------------------------------------

    def _take(self, followed: FollowedFigure) -> Outcome:
        """Take it and charge the budget.

        Only this: a program that makes us look often for a safe point must not use up
        what its frames need.
        """
        with self.budget.charged() as charge:
            outcome = self._take_free(followed)
        followed.notes.spent = charge.seconds
        if outcome is Outcome.FAILED:
            self.refund(followed)
        return outcome

    def refund(self, followed: FollowedFigure) -> None:
        """Give back what a rung that cannot carry this figure has cost.

        No other figure waits for it, nor this one on its next rung; but a cell that
        makes such figures without end pays.
        """
        cell = identity.cell_number()
        if cell != self._refunded_in:
            self._refunded_in, self._refunds = cell, 0
        if self._refunds < MOST_REFUNDS:
            self._refunds += 1
            self.budget.refund(followed.notes.spent)

    def _take_free(self, followed: FollowedFigure) -> Outcome:
        if not self._taking.acquire(blocking=False):
            return Outcome.LOST
        try:
            return self._take_alone(followed)
        except Exception as error:  # a fault of ours: not into the program's call
            why = f"an error in jlab_qtwindows: {error!r}"
            said = f"{followed.ladder.reason} {followed.delivery.draw_error}"
            if why not in said:
                logger.exception("%s could not be taken", followed.title)
            followed.put_back()
            followed.descend(why)
            return Outcome.FAILED
        finally:
            self._taking.release()

    def _take_alone(self, followed: FollowedFigure) -> Outcome:
        figure, notes = followed.figure, followed.notes
        if not safepoint.all_clear(figure):
            return Outcome.LOST
        started = time.monotonic()
        before, edits = followed.changes.newest, followed.edits.applied
        if self._freshly_emptied(followed, started):
            return Outcome.EMPTIED
        since = followed.changes.mark_clean()  # a change from here on marks it again
        snapshot, structure, failure = None, structure_of(figure), None
        empty = tuple(None if children else children for children in lists_of(figure))
        empty = empty or (figure.artists,)
        try:
            rung = max(followed.ladder.rung, self.least_rung)
            with followed.changes.own_rendering(), keep_interpreter():
                snapshot = take_snapshot(figure, rung)
        except FigureNotTransferable as error:
            failure = error
        except BaseException:  # an interrupt of the user
            followed.put_back(since)
            raise
        moved = followed.changes.newest != before or not safepoint.all_clear(figure)
        if moved or followed.ladder.drawn_by_hand:
            followed.put_back(since)
            notes.trapping = True
            return Outcome.LOST
        if snapshot is None:
            followed.put_back(since)
            if isinstance(failure, FigureTooLarge):
                followed.ladder.skip_pickles()
            followed.descend(str(failure))
            return Outcome.FAILED
        figure.stale = False  # or pyplot asks for a redraw after every cell
        notes.taken_at = time.monotonic()
        notes.losses, notes.retry_at = 0, 0.0
        followed.shown_structure = structure
        notes.shown_empty = empty
        followed.changes.taken = before
        followed.delivery.behind = False  # the state's arrival says so
        changed = notes.seen_at if notes.seen == before else started
        self.on_taken(followed, replace(snapshot, edits=edits, since=changed))
        return Outcome.TAKEN

    def _freshly_emptied(self, followed: FollowedFigure, now: float) -> bool:
        """Return whether an Axes has just been cleared.

        A program that clears and plots again would flicker. `clear()` makes a new list
        of children each time, so that the same empty list seen for long means an
        Axes that stays empty, and a new one is another frame that is being built. That
        holds for one that is shown empty, too: it is rebuilt as well.
        """
        notes = followed.notes
        lists, shown_empty = lists_of(followed.figure), notes.shown_empty
        emptied: list[object] = []
        for index, artists in enumerate(followed.shown_structure):
            children = lists[index] if index < len(lists) else None
            if not children and (artists or children is not shown_empty[index]):
                emptied.append(children)
        if not lists and not followed.shown_structure and shown_empty:
            # A figure without Axes, which is cleared: it has new lists, too.
            own = followed.figure.artists
            emptied += [] if own is shown_empty[0] else [own]
        if not emptied:
            notes.emptied_since, notes.empty_lists = None, ()
            return False
        same = len(emptied) == len(notes.empty_lists) and all(
            a is b for a, b in zip(emptied, notes.empty_lists, strict=True)
        )
        notes.empty_lists = tuple(emptied)
        if notes.emptied_since is None or not same:
            notes.emptied_since = now
        at_rest = self.activity.may_rest(now)
        return now - notes.emptied_since < (
            EMPTY_HOLD_AT_REST if at_rest else EMPTY_HOLD
        )


def _may_be_taken(followed: FollowedFigure) -> bool:
    """Return whether it is not held, and its window has taken all that was sent."""
    return (
        followed.opened
        and not followed.holds
        and followed.delivery.in_flight is None
        and followed.outbox.state is None
    )
