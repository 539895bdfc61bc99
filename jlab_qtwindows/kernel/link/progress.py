"""What the host says of the states that it was sent: taken, shown, or refused.

I/O thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.messages import FigureRejected, FigureShown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jlab_qtwindows.kernel.follow.followed import FollowedFigure
    from jlab_qtwindows.kernel.follow.taker import Taker
    from jlab_qtwindows.protocol.messages import UpdateTaken

    from .answers import Answers

__all__ = ["Progress"]


class Progress:
    """Notes it in the delivery of its figure, and lets the next state go."""

    def __init__(
        self, figures: Mapping[str, FollowedFigure], taker: Taker, answers: Answers
    ) -> None:
        self._figures = figures
        self._taker = taker
        self._answers = answers

    def note(self, message: UpdateTaken | FigureShown | FigureRejected) -> None:
        """Each of them says that the state has arrived."""
        followed = self._figures.get(message.window_id)
        if followed is None:
            return
        if followed.delivery.arrive(message.revision):
            self._answers.on_taken_by_host(followed)
        if isinstance(message, FigureShown):
            followed.delivery.on_shown(message)
        elif isinstance(message, FigureRejected):
            self._on_rejected(followed, message)

    def _on_rejected(self, followed: FollowedFigure, message: FigureRejected) -> None:
        if message.stage == "load":
            followed.descend(message.reason)
            self._taker.refund(followed)
            followed.changes.retake()
        else:
            followed.tell_draw_error(message.reason)
