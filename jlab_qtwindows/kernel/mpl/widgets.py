"""Widgets of Matplotlib that are seen in a window of another process.

Since 3.11 some ask the canvas whether it can blit each time they draw, but prepare for
it if the program has asked for it: selectors make their artists `animated` for good
(matplotlib/matplotlib#30490), which nobody would draw here, and groups of buttons draw
themselves again after each drawing. Called by the thread that makes the widget.
"""

from __future__ import annotations

from typing import Any

from matplotlib.widgets import AxesWidget

__all__ = ["draw_without_blitting"]


def draw_without_blitting(callback: Any) -> None:
    """Have the widget that connects this callback draw as without blitting.

    It connects its callbacks before it makes its artists.
    """
    widget = getattr(callback, "__self__", None)
    if isinstance(widget, AxesWidget) and hasattr(widget, "_useblit"):
        widget._useblit = False
