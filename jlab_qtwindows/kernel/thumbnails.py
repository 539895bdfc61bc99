"""Small pictures of figures for a table in a notebook.

In the thread that runs the cell.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from .mpl.figurepicture import draw_picture, png_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .follow.followed import FollowedFigure

__all__ = ["thumbnails"]

logger = logging.getLogger(__name__)

_SIZE = 120, 90  # px, at most
_PATIENCE = 1.0  # s for all of them; those that come after have no picture


def thumbnails(figures: Iterable[FollowedFigure | None]) -> list[str]:
    """Return a PNG in base64 of each figure, "" where it has none or fails to draw."""
    end = time.monotonic() + _PATIENCE
    return [
        _thumbnail(followed) if followed and time.monotonic() < end else ""
        for followed in figures
    ]


def _thumbnail(followed: FollowedFigure) -> str:
    try:
        image = draw_picture(followed)
    except Exception as error:  # whatever an artist raises: its window says so
        logger.debug("no small picture of a figure: %s", error)
        return ""
    image.thumbnail(_SIZE)
    return png_of(image)
