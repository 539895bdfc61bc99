"""The host ends when its parent does: it reads the end of its standard input.

A pipe tells more than a process id: the parent may be replaced by a sub-reaper, and ids
are used again. One daemon thread that blocks in `read`.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["watch_lifeline"]

_GRACE = 3.0  # s for the GUI thread to leave by itself


def watch_lifeline(on_end: Callable[[], None]) -> None:
    """Call `on_end` (in another thread) at the end of input; end the process after."""
    fd = sys.stdin.fileno()

    def read() -> None:
        while os.read(fd, 4096):
            pass
        on_end()
        # A GUI thread inside a drawing of many seconds must not keep the process.
        timer = threading.Timer(_GRACE, os._exit, (0,))
        timer.daemon = True
        timer.start()

    threading.Thread(target=read, name="lifeline", daemon=True).start()
