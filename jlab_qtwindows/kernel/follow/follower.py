"""The follower's rules: which dirty figure is taken next, when and where.

I/O thread, but for what the trap has the busy thread do. Pure policy, no sockets: the
time is passed in; what takes a state (`Taker`), waits for a safe point and sets a trap
is given. Without the GIL the I/O thread takes nothing, but says what is due (`ask`).
See docs/architecture.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jlab_qtwindows.kernel.process.activity import LOOK
from jlab_qtwindows.protocol.messages import FigureBehind

from . import safepoint
from .flowcontrol import may_take
from .taker import Outcome
from .trap import Catch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .followed import FollowedFigure
    from .safepoint import SafePoints
    from .taker import Taker
    from .trap import SafePointTrap

__all__ = ["Follower"]

BEHIND = 1.0  # s that a state may be late before its window says so
RETRY = 0.002  # s after a snapshot that was lost
HUNT = 0.020  # s that the I/O thread waits for a safe point before it looks around
LOSSES_BEFORE_TRAP = 3  # times without a safe point; a lost snapshot counts at once


class Follower:
    """Decides; the taker takes."""

    def __init__(
        self, taker: Taker, trap: SafePointTrap, *, points: SafePoints = safepoint
    ) -> None:
        self.taker = taker
        self.activity = taker.activity
        self.settings = taker.settings
        self.budget = taker.budget
        self.budget_spent = False  # until it allows more, changes need no look
        self._trap = trap
        self._points = points
        # Without the GIL: has the due figures taken by a thread that may read them.
        self.ask: Callable[[], None] | None = None

    def step(self, figures: Iterable[FollowedFigure], now: float) -> float | None:
        """Take the due figure that was taken longest ago, if there is one.

        Returns the seconds after which to look again, or None to sleep until woken.
        """
        due, wait = self._look(figures, now)
        behind = [self._tell_behind(one, now) for one in due]
        blocked = self._blocked(now)
        may_rest = self.activity.may_rest(now)
        self.budget_spent = blocked > 0 and not may_rest
        if blocked:
            if due and may_rest:
                return min(blocked, LOOK)  # it is seen by then whether anything runs
            return blocked if all(behind) else min(blocked, BEHIND)
        if due and self.ask is not None:
            self.ask()
            # Whoever takes them wakes this thread.
            return wait if all(behind) else min(wait or BEHIND, BEHIND)
        if not due:
            return wait
        longest = min(due, key=lambda followed: followed.pace.taken_at)
        if not self._attempt(longest, now):
            return RETRY
        return 0.0 if len(due) > 1 else wait

    # -- when --------------------------------------------------------------------------

    def _look(
        self, figures: Iterable[FollowedFigure], now: float
    ) -> tuple[list[FollowedFigure], float | None]:
        """Return the figures that are due, and the seconds until the next one is."""
        due: list[FollowedFigure] = []
        wait: float | None = None
        for followed in figures:
            if not (followed.opened and followed.changes.dirty):
                continue
            followed.pace.see(followed.changes.newest, now)  # its age counts anyway
            if not may_take(followed):
                continue
            left = self._time_left(followed, now)
            if left <= 0:
                due.append(followed)
            else:
                wait = left if wait is None else min(wait, left)
        return due, wait

    def _time_left(self, followed: FollowedFigure, now: float) -> float:
        """Return the seconds until this dirty figure is due."""
        allowed = followed.pace.allowed_at(self.settings.fps)
        return max(self._frame_ends_at(followed, now), allowed) - now

    def _frame_ends_at(self, followed: FollowedFigure, now: float) -> float:
        """Return when what the program has drawn counts as one of its frames."""
        pace, changes = followed.pace, followed.changes
        if changes.frames_marked_in == self.activity.episode():
            return pace.quiet_at()
        since = changes.dirty_since
        aged = pace.aged_at(
            now if since is None else since,
            self.settings.fps,
            only_data=self.ask is None and followed.contents.has_shown_artists(),
        )
        return min(pace.quiet_at(), aged)

    def _blocked(self, now: float) -> float:
        """Return the seconds until the budget allows the next state."""
        blocked = self.budget.wait(now)
        if blocked and self.activity.is_at_rest(now):
            self.budget.forgive(now)
            return 0.0
        return blocked

    def _tell_behind(self, followed: FollowedFigure, now: float) -> bool:
        """Say, once, that the window has not shown the newest state for long."""
        delivery, since = followed.delivery, followed.changes.dirty_since
        if not delivery.behind and since is not None and now - since >= BEHIND:
            delivery.behind = True
            followed.post(FigureBehind(followed.window_id))
        return delivery.behind

    # -- where -------------------------------------------------------------------------

    def _attempt(self, followed: FollowedFigure, now: float) -> bool:
        """Take the figure here, or have it taken by the thread that changes it."""
        followed.pace.retry_at = now + RETRY
        if followed.pace.trapping:
            caught = self._take_elsewhere(followed)
            followed.pace.trapping = caught is not Catch.NOT_YET
            if caught is not Catch.NOT_YET:
                return caught is Catch.DONE
            # Nobody came by: all are idle or inside compiled code, and not needed.
        return self._take_here(followed)

    def _take_here(self, followed: FollowedFigure) -> bool:
        """Take it in this thread, at a safe point; the trap is next if that fails."""
        pace = followed.pace
        if not self._points.wait_until_clear(HUNT, followed.figure):
            pace.losses += 1
            pace.trapping = pace.losses >= LOSSES_BEFORE_TRAP
            return False
        outcome = self.taker.take_charged(followed)
        if outcome is Outcome.EMPTIED:
            # The one moment at which this thread finds the program outside of
            # Matplotlib may be that between clear() and plot().
            pace.trapping = True
        return outcome is Outcome.TAKEN

    def _take_elsewhere(self, followed: FollowedFigure) -> Catch:
        """Have it taken by a busy thread that comes out of Matplotlib."""
        emptied = followed.contents.is_emptied
        if emptied:
            # What follows clear() will end it: the call that makes the next change.
            followed.changes.on_next = self._trap.plant_here
        caught = self._trap.set_and_wait(
            lambda: self._take_trapped(followed),
            followed.figure,
            HUNT,
            ask_main=not emptied,
        )
        followed.changes.on_next = None
        return caught

    def _take_trapped(self, followed: FollowedFigure) -> Catch:
        """Take it; the busy thread. Between clear() and plot(), after its next call."""
        if not followed.changes.dirty:
            return Catch.IN_VAIN
        if self.taker.take_now(followed):
            return Catch.DONE
        if not followed.contents.is_emptied:
            return Catch.IN_VAIN
        followed.changes.on_next = self._trap.plant_here
        return Catch.NOT_YET
