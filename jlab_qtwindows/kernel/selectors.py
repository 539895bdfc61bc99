"""Selectors of `matplotlib.widgets` that are seen in a window of another process.

Since 3.11 a selector asks the canvas whether it can blit each time it draws, but makes
its artists `animated` for good if the program has asked for blitting
(matplotlib/matplotlib#30490). On a canvas that does not blit nobody would draw them.
"""

from __future__ import annotations

from typing import Any

from matplotlib.widgets import _SelectorWidget

__all__ = ["draw_without_blitting"]


def draw_without_blitting(callback: Any) -> None:
    """Have the selector that connects this callback draw as without blitting.

    It connects its callbacks before it makes its artists.
    """
    selector = getattr(callback, "__self__", None)
    if isinstance(selector, _SelectorWidget) and hasattr(selector, "_useblit"):
        selector._useblit = False
