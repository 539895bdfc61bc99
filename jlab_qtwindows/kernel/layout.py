"""What drawing a figure sets, and programs read after `canvas.draw()`.

Places, limits and projections only: to go through the whole figure would cost as much
as drawing it. Called by the thread that draws.
"""

from __future__ import annotations

import contextlib
from typing import Any

__all__ = ["lay_out"]

# Of larger collections the colours are left to the host: mapping them takes ms.
_MOST_COLORS = 10_000


def lay_out(figure: Any, renderer: Any) -> None:
    """Place the Axes of a figure as `Figure.draw` does."""
    engine = figure.get_layout_engine()
    if engine is not None and figure.axes:
        with contextlib.suppress(ValueError):  # which `Figure.draw` lets pass
            engine.execute(figure)
    for axes in figure.axes:
        for each in (axes, *axes.child_axes):
            locator = each.get_axes_locator()
            each.apply_aspect(locator(each, renderer) if locator else None)
        if hasattr(axes, "get_proj"):
            axes.M = axes.get_proj()
        for collection in axes.collections:
            values = collection.get_array()
            if values is not None and values.size <= _MOST_COLORS:
                collection.update_scalarmappable()
