"""The canvas of a figure whose window is closed. Called from any thread that plots."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_agg import FigureCanvasAgg

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["asks_for_input", "give_plain_canvas"]

# As Matplotlib 3.11 has it for all backends; before, a figure keeps the one it had.
_PLAIN: Any = FigureCanvasBase if mpl.__version_info__ >= (3, 11) else FigureCanvasAgg


def asks_for_input() -> bool:
    """Return whether `ginput` and the like wait, and not a pause; for event loops."""
    return sys._getframe(2).f_code.co_name == "blocking_input_loop"


def give_plain_canvas(figure: Figure) -> None:
    """Give a closed figure a canvas with which it can be saved, and shown anew.

    It waits for nobody: there is no window in which one could click.
    """
    # Of this very class, which programs know closed figures by.
    canvas = _PLAIN(figure)
    wait = canvas.start_event_loop

    def start_event_loop(timeout: float = 0) -> None:
        """Wait `timeout` seconds; without a limit, or for clicks, not at all.

        A window that is closed a moment before `ginput` begins would else keep the
        program for ever, and one closed a moment later ends it.
        """
        if timeout > 0 and not asks_for_input():
            wait(timeout)

    canvas.start_event_loop = start_event_loop
