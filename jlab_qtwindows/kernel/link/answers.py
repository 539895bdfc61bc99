"""Frames that answer the user who pans, zooms or drags in a window of frames.

Such a window shows nothing of a drag but what this process draws. The follower's budget
allows two or three frames a second of a usual figure; while the kernel has nothing else
to do it may draw as fast as it can, on the main thread, as a GUI does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.kernel.follow.followed import FollowedFigure
    from jlab_qtwindows.kernel.follow.taker import Taker
    from jlab_qtwindows.kernel.input.callbacks import MainQueue

__all__ = ["Answers"]


class Answers:
    """Runs the user's events, and takes what they have changed after the last."""

    def __init__(
        self,
        taker: Taker,
        main_queue: MainQueue,
        on_wishes: Callable[[], None] = lambda: None,
    ) -> None:
        self._taker = taker
        self._main_queue = main_queue
        self._on_wishes = on_wishes  # other windows may have to be told, too

    def run_next_event(self, followed: FollowedFigure) -> None:
        """Run what the user did first and nobody has seen yet; main thread."""
        try:
            followed.inputs.run_next(followed.manager)
        except KeyboardInterrupt:
            # Each of them would hang in the same callback again.
            followed.inputs.drop_events()
            raise
        finally:
            followed.wishes.answer(followed.inputs.handled)
            self._on_wishes()
            if followed.delivery.shows_frames and followed.changes.dirty:
                # Behind the events that wait: one frame for all of them.
                self._main_queue.post(lambda: self._take(followed))

    def on_taken_by_host(self, followed: FollowedFigure) -> None:
        """Go on: the window may have its next frame; I/O thread."""
        if followed.delivery.answer_waits:
            followed.delivery.answer_waits = False
            self._main_queue.post(lambda: self._take(followed))

    def _take(self, followed: FollowedFigure) -> None:
        if not followed.changes.dirty or not followed.changes.may_be_read():
            return
        # First, lest the host's answer comes between.
        followed.delivery.answer_waits = True
        if self._taker.take_answer(followed):
            followed.delivery.answer_waits = False
