"""What the window shows under the mouse: which Axes, and what of its data. GUI thread.

The program's figure may have other limits by now, or the user keeps another view.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["shown_under"]


def shown_under(event: Any, figure: Figure) -> dict[str, Any]:
    """Return the fields of an `InputEvent` that tell what is under the mouse."""
    shown: dict[str, Any] = {"axes": -1, "axes_count": len(figure.axes)}
    axes = getattr(event, "inaxes", None)
    if axes not in figure.axes:
        return shown
    if event.xdata is None:  # its transform raises
        return {}
    data = [float(event.xdata), float(event.ydata)]
    view = _view(axes)
    if not all(map(math.isfinite, itertools.chain(data, *view.values()))):
        return {}  # no number for JSON: the kernel finds out for itself
    return {**shown, "axes": figure.axes.index(axes), "data": data, "view": view}


def _view(axes: Any) -> dict[str, list[float]]:
    names = ("xlim", "ylim", "zlim") if hasattr(axes, "get_zlim") else ("xlim", "ylim")
    view = {name: list(map(float, getattr(axes, f"get_{name}")())) for name in names}
    if "zlim" in view:
        view["angles"] = [float(angle) for angle in (axes.elev, axes.azim, axes.roll)]
    return view
