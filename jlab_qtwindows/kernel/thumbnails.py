"""Small pictures of figures for a table in a notebook. Main thread."""

from __future__ import annotations

import base64
import io
import logging
import time
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.figure import Figure

__all__ = ["thumbnails"]

logger = logging.getLogger(__name__)

_SIZE = 120, 90  # px, at most
_PATIENCE = 1.0  # s for all of them; those that come after have no picture


def thumbnails(figures: Iterable[Figure | None]) -> list[str]:
    """Return a PNG in base64 of each figure, "" where it has none or fails to draw.

    They are drawn as whoever reads the canvas's pixels has them drawn: in full size,
    which leaves layouts as they are, and without being a change of the figure.
    """
    end = time.monotonic() + _PATIENCE
    return [
        _thumbnail(figure) if figure is not None and time.monotonic() < end else ""
        for figure in figures
    ]


def _thumbnail(figure: Figure) -> str:
    canvas: Any = figure.canvas
    try:
        image = Image.fromarray(np.array(canvas.buffer_rgba()))
    except Exception as error:  # whatever an artist raises: its window says so
        logger.debug("no small picture of a figure: %s", error)
        return ""
    image.thumbnail(_SIZE)
    file = io.BytesIO()
    image.save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()
