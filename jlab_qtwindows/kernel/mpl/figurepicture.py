"""The picture of a figure as its window has it, and as text for a notebook.

In the thread that runs the cell.
"""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

from PIL import Image

from jlab_qtwindows.kernel.follow import safepoint
from jlab_qtwindows.kernel.snapshot.snapshot import MAX_FRAME_PIXELS

if TYPE_CHECKING:
    from jlab_qtwindows.kernel.follow.followed import FollowedFigure

__all__ = ["draw_picture", "png_of"]

_ATTEMPTS = 3  # at a figure that another thread goes on changing
_PATIENCE = 0.1  # s that such a thread is waited for each time


def draw_picture(followed: FollowedFigure) -> Image.Image:
    """Draw the present state; not while another thread is in the middle of a change.

    In full size, which leaves layouts as they are, and without being a change of the
    figure. Raises whatever its artists raise.

    Raises
    ------
    ValueError
        It is larger than what is shown as frames.
    """
    width, height = followed.canvas.get_width_height(physical=True)
    if width * height > MAX_FRAME_PIXELS:
        raise ValueError(f"{width} x {height} px are too many; use savefig")
    for left in reversed(range(_ATTEMPTS)):
        safepoint.wait_until_clear(_PATIENCE, followed.figure)
        before = followed.changes.newest
        try:
            pixels, width, height = followed.canvas.present_pixels()
        except Exception:
            if not left or followed.changes.newest == before:
                raise
            continue
        if followed.changes.newest == before:
            break
    return Image.frombuffer("RGBA", (width, height), pixels)


def png_of(image: Image.Image, **options: Any) -> str:
    """Return a PNG in base64; `options` are those of Pillow."""
    file = io.BytesIO()
    image.save(file, "PNG", **options)
    return base64.b64encode(file.getvalue()).decode()
