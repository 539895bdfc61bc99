"""What `plt.show` does with all windows: it opens them, shows what is new, waits.

Runs in the thread that calls it.
"""

from __future__ import annotations

import math
import sys
import time
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.kernel.follow import safepoint
from jlab_qtwindows.kernel.link.client import get_client
from jlab_qtwindows.kernel.process.figurelist import Gcf
from jlab_qtwindows.kernel.process.unattended import is_unattended

from .layout import prepare_all

if TYPE_CHECKING:
    from types import FrameType

__all__ = ["is_pausing", "let_go", "open_all", "show_all_soon", "wait_for_windows"]

_FRAMES_TO_PAUSE = 6  # at most, from a manager to `plt.pause`, which calls `plt.show`


def is_pausing() -> bool:
    """Return whether `plt.pause` shows the figures: nobody asks for a window then."""
    frame: FrameType | None = sys._getframe(1)
    pause = sys.modules["matplotlib.pyplot"].pause.__code__
    for _ in range(_FRAMES_TO_PAUSE):
        if frame is None:
            return False
        if frame.f_code is pause:
            return True
        frame = frame.f_back
    return False


def open_all() -> None:
    """Open the windows that are not open, for a pause."""
    manager: Any
    for manager in Gcf.get_all_fig_managers():
        manager.open_window()
    get_client().leaving.let_go()


def show_all_soon() -> None:
    """Show all figures as they are: not every change marks its figure as stale."""
    for manager in Gcf.get_all_fig_managers():
        canvas: Any = manager.canvas  # perhaps one of another backend
        getattr(canvas, "show_soon", canvas.draw_idle)()
    prepare_all(time.monotonic())


@safepoint.parks
def let_go() -> None:
    """Have what `show` has shown leave; it is at no figure any more."""
    client = get_client()
    client.take_moment()
    client.leaving.let_go()


@safepoint.parks
def wait_for_windows() -> None:
    """Wait until all windows are closed; an interrupt ends it.

    Not where nobody can see them, or is there to close them.
    """
    prepare_all(math.inf)
    client = get_client()
    if is_unattended():
        return
    client.main_queue.run_until(
        lambda: (
            bool(client.unseen)
            or not any(
                followed.is_waited_for()
                # One that the user has just closed is in pyplot no longer.
                and (followed.window.closing or followed.num in Gcf.figs)
                for followed in list(client.figures.values())
            )
        ),
        None,
    )
