"""What a window's *Save* dialog begins with, as the program has it. I/O thread."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backend_bases import FigureCanvasBase

from jlab_qtwindows.protocol.model import clip

if TYPE_CHECKING:
    from jlab_qtwindows.kernel.follow.followed import FollowedFigure

__all__ = ["save_defaults"]

logger = logging.getLogger(__name__)


def save_defaults(followed: FollowedFigure) -> dict[str, str]:
    """Return the fields of `UpdateFigure` that say where and as what it is saved.

    A name is given only where the program has its own: else the window makes it of its
    title, which may change without a new state.
    """
    canvas = followed.canvas
    name = kind = ""
    try:
        kind = canvas.get_default_filetype()
        name = canvas.get_default_filename()
        if name == FigureCanvasBase.get_default_filename(canvas):
            name = ""
    except Exception:  # the program's own function
        logger.debug("no name for a file", exc_info=True)
    return {
        "save_in": _directory(),
        "save_as": clip(str(name)),
        "save_format": clip(str(kind)),
    }


def _directory() -> str:
    """Return the folder that the program has set, or nothing.

    An empty one means the working folder, which is another in the window host.
    """
    directory: Any = mpl.rcParams["savefig.directory"]
    if directory == mpl.rcParamsDefault["savefig.directory"]:
        return ""
    try:
        return str(Path(directory).expanduser().absolute())
    except (OSError, RuntimeError):  # no working folder any more, or no home
        return ""
