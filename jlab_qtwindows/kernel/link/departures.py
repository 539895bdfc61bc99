"""Figures whose windows the user has closed leave pyplot, whatever the program does.

`while plt.fignum_exists(1)` is how programs ask whether the window is still there, and
many do so without a pause. The callbacks of `close_event` follow on the main thread, as
all callbacks do; this only takes the figure out of pyplot's list, and never while
somebody goes through that list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jlab_qtwindows.kernel.follow import safepoint
from jlab_qtwindows.kernel.input.pendingcall import PendingCall
from jlab_qtwindows.kernel.process.figurelist import Gcf
from jlab_qtwindows.kernel.process.gil import gil_is_on
from jlab_qtwindows.kernel.process.interpreter import keep_interpreter

if TYPE_CHECKING:
    from types import FrameType

    from jlab_qtwindows.kernel.follow.followed import FollowedFigure

__all__ = ["Departures"]

# s that a program with a pause in its loop has for closing the figure in its own time,
# so that the callbacks come before the loop ends, as with a GUI.
GRACE = 0.1
_RETRY = 0.02  # s between two looks for a good moment
_OWN_TRY = 0.2  # s after which a main thread that waits in C is asked no longer


class Departures:
    """The figures that are about to leave; I/O thread, and main thread."""

    def __init__(self) -> None:
        self._leaving: dict[FollowedFigure, float] = {}  # s: when the window was closed
        self._call = PendingCall(self._on_main_thread)

    def add(self, followed: FollowedFigure, now: float) -> None:
        """Have a figure leave whose window is closed; I/O thread."""
        self._leaving[followed] = now

    def check(self, now: float) -> float | None:
        """Have those leave that are due; return the seconds to the next look."""
        for followed in list(self._leaving):
            if followed.closed or not _is_in_pyplot(followed):
                self._leaving.pop(followed, None)
        if not self._leaving:
            return None
        first = min(self._leaving.values())
        if now < first + GRACE:
            return first + GRACE - now
        # The main thread itself is the best place to look from: it stands still then.
        self._call.ask()
        if now > first + _OWN_TRY and gil_is_on():
            with keep_interpreter():
                self._take_out()
        return _RETRY

    def _on_main_thread(self, interrupted: FrameType) -> None:
        self._take_out()

    def _take_out(self) -> None:
        for followed in list(self._leaving):
            # What saves another figure does not look at the list.
            if _is_in_pyplot(followed) and safepoint.all_clear(followed.figure):
                Gcf.figs.pop(followed.num, None)


def _is_in_pyplot(followed: FollowedFigure) -> bool:
    return Gcf.figs.get(followed.num) is followed.manager
