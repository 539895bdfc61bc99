"""What the window shows under the mouse: which Axes, its data, all views. GUI thread.

The program's figure may have other limits by now, or the user keeps another view.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["shown_under"]

# Of a figure with more Axes only that under the mouse is told: comparing the views of
# 40 takes the kernel more than a millisecond for each motion.
_MOST_VIEWS = 20


def shown_under(event: Any, figure: Figure) -> dict[str, Any]:
    """Return the fields of an `InputEvent` that tell what is under the mouse."""
    every = figure.axes
    axes = event.inaxes
    if axes not in every:
        axes, data = None, []
    elif event.xdata is None:  # its transform raises
        return {}
    else:
        data = [float(event.xdata), float(event.ydata)]
        if not all(map(math.isfinite, data)):
            return {}  # no number for JSON: the kernel finds out for itself
    few = len(every) <= _MOST_VIEWS
    return {
        "axes": -1 if axes is None else every.index(axes),
        "data": data,
        "views": [_view(one) if few or one is axes else {} for one in every],
    }


def _view(axes: Any) -> dict[str, list[float]]:
    """Return limits and angles, or nothing where they are not to be had."""
    is_3d = hasattr(axes, "get_zlim")
    try:
        view = {
            name: [float(limit) for limit in getattr(axes, f"get_{name}")()]
            for name in ("xlim", "ylim", "zlim")[: 3 if is_3d else 2]
        }
        if is_3d:
            view["angles"] = [float(a) for a in (axes.elev, axes.azim, axes.roll)]
    except Exception:  # an Axes of any class
        return {}
    return view if all(math.isfinite(n) for v in view.values() for n in v) else {}
