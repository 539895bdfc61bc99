"""The pace of one figure: when its next state may be taken.

The I/O thread, which notes what it sees, and the thread that takes a state, which is
one at a time (`Taker`), or which may not take it yet. Times in s.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["QUIET", "Pace"]

QUIET = 0.015  # s without a change: the user's code has finished this frame
MAX_AGE = 0.100  # s dirty: shown although it still changes
# s between two states of a figure that is being rebuilt without rest. Each makes the
# host draw everything anew, in caches and on a core that the program could use: 8
# frames/s cost a loop of two figures 12 % of its CPU time, 6 frames/s 8 %.
REBUILT_INTERVAL = 0.150


@dataclass
class Pace:
    """What is remembered of one figure between two looks."""

    fps: float | None = None  # frames/s at most; None: as all figures
    seen: int = 0  # the change that was seen last
    seen_at: float = 0.0
    taken_at: float = 0.0
    retry_at: float = 0.0
    spent: float = 0.0  # for the last attempt
    losses: int = 0  # looks in a row without a safe point
    trapping: bool = False  # what the I/O thread takes gets lost: the program's turn

    def see(self, change: int, now: float) -> None:
        """Note the newest change, as it is seen now."""
        if change != self.seen:
            self.seen, self.seen_at = change, now

    def is_quiet(self, change: int, now: float) -> bool:
        """Return whether the newest change was seen some time ago."""
        return change == self.seen and now - self.seen_at >= QUIET

    def quiet_at(self) -> float:
        """Return when the program has finished its frame, if nothing changes."""
        return self.seen_at + QUIET

    def interval(self, fps: float) -> float:
        """Return the seconds between two states; `fps` is that of all figures."""
        return 1 / (self.fps if self.fps is not None else fps)

    def aged_at(self, since: float, fps: float, *, only_data: bool) -> float:
        """Return when the figure is shown although it still changes.

        It has been dirty `since`; with `only_data` every state of it is whole.
        """
        if only_data:
            return since + self.interval(fps)
        return max(since + MAX_AGE, self.taken_at + REBUILT_INTERVAL)

    def allowed_at(self, fps: float) -> float:
        """Return when the next state is neither too soon nor tried again too soon."""
        return max(self.taken_at + self.interval(fps), self.retry_at)

    def note_taken(self, now: float) -> None:
        """Note that a state has just been taken."""
        self.taken_at = now
        self.losses, self.retry_at = 0, 0.0
