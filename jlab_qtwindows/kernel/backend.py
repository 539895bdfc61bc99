"""The Matplotlib backend `qtwindows`: figures in windows of another process.

`%matplotlib qtwindows`, `matplotlib.use("qtwindows")` or `MPLBACKEND=qtwindows`. No GUI
toolkit and no event loop run in this process. `livewindows` is another name of it, for
programs that start Qt where the backend's name has the letters "qt".
"""

from __future__ import annotations

from .guard.cellguard import guard_later_loops
from .keptpictures import keep_pictures_by_default
from .link.client import get_client
from .mpl.canvas import FigureCanvasQtWindows as FigureCanvas
from .mpl.manager import FigureManagerQtWindows as FigureManager
from .mpl.qtplatform import keep_qt_from_aborting
from .mpl.windowtools import register_tools

__all__ = ["FigureCanvas", "FigureManager"]

# Connect while the user is still typing: the server starts its host now.
get_client()
guard_later_loops()
keep_pictures_by_default()
keep_qt_from_aborting()
register_tools(FigureCanvas)
