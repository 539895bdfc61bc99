"""What the program's own functions write of a place under the mouse. Main thread.

They stay in the kernel, since they may refer to anything, and are asked by the window
when the kernel is free.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.messages import CoordinatesWritten

if TYPE_CHECKING:
    from jlab_qtwindows.kernel.follow.followed import FollowedFigure
    from jlab_qtwindows.protocol.messages import AskCoordinates

__all__ = ["write_coordinates"]

logger = logging.getLogger(__name__)


def write_coordinates(followed: FollowedFigure, question: AskCoordinates) -> None:
    """Answer the window, which waits for each answer before it asks again."""
    text = ""
    try:
        axes: Any = followed.figure.axes[question.axes]
        text = str(axes.format_coord(question.x, question.y))
    except Exception:  # as beside the data, where many such functions find none
        logger.debug("coordinates cannot be written", exc_info=True)
    followed.post(CoordinatesWritten(followed.window_id, question.serial, text))
