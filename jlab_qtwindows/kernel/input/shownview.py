"""What was under the mouse in the window, where the program's figure says otherwise.

The user clicks at what is on the screen. That may be an earlier state than the
program's, or one with a view that the user keeps: a held or frozen window, a zoom that
outlives `clear`. So the program's event has the Axes and the data that the window shows
there, and while its callbacks run the Axes has the view of the window, by which they
pick and select. Main thread.
"""

from __future__ import annotations

import contextlib
import logging
import re
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jlab_qtwindows.protocol.messages import InputEvent

__all__ = ["correct", "shown_view"]

logger = logging.getLogger(__name__)

# Of limits that are none of a scale that the program has set meanwhile.
warnings.filterwarnings("ignore", module=re.escape(__name__))

_NEAR = 1.0  # px; the window may be drawn in another resolution
_ANGLES = "elev", "azim", "roll"


@contextlib.contextmanager
def shown_view(canvas: Any, message: InputEvent) -> Iterator[None]:
    """Give the Axes under the mouse the view of the window within the block.

    Nobody is told of it, and what the program sets meanwhile stays.
    """
    axes = _axes_of(canvas.figure, message)
    followed = canvas.followed  # which a callback may close
    taken, rendered = followed.changes.taken, canvas.is_rendered()
    own = {} if axes is None else _read_where_it_differs(axes, message)
    shown: dict[str, list[float]] = {}
    try:
        if own and _try_to_set(followed, axes, message.view):
            shown = {name: _read(axes, name) for name in own}
            if _needs_drawing(message):
                canvas.layout.settle_anew()  # an aspect, a legend, what is where in 3D
        yield
    finally:
        if own:
            left = _left(axes, shown) if shown else own
            _bring_back(followed, axes, {name: own[name] for name in left})
            if _needs_drawing(message):
                canvas.layout.restore()
            if canvas.is_rendered() and not rendered:
                canvas.forget_rendered()  # a picture of the window's view
            if followed.changes.taken != taken:
                followed.mark_dirty()  # a state of it has the window's view


def _needs_drawing(message: InputEvent) -> bool:
    """Return whether more than limits counts: for a click, and wherever that is 3D.

    A motion needs the data below it only, and there are many.
    """
    return message.kind != "motion_notify_event" or "angles" in message.view


def _read_where_it_differs(axes: Any, message: InputEvent) -> dict[str, list[float]]:
    """Return the program's view, or {} where it is that of the window."""
    try:
        if not message.view or _shows_the_same(axes, message):
            return {}
        own = {name: _read(axes, name) for name in message.view}
    except Exception:  # an Axes of any class, which may have no such limits
        logger.debug("an Axes does not get the view of its window", exc_info=True)
        return {}
    return own


def _left(axes: Any, shown: dict[str, list[float]]) -> list[str]:
    """Return what the callbacks have left as the window shows it."""
    try:
        return [name for name in shown if _read(axes, name) == shown[name]]
    except Exception:  # an Axes that they have taken apart
        return []


def _bring_back(followed: Any, axes: Any, own: dict[str, list[float]]) -> None:
    try:
        _try_to_set(followed, axes, own)
    except BaseException:  # the stop button: it is set all the same
        _try_to_set(followed, axes, own)
        raise


def _try_to_set(followed: Any, axes: Any, view: dict[str, list[float]]) -> bool:
    try:
        _set(followed, axes, view)
    except Exception:  # limits of a map, an Axes that callbacks have taken apart
        logger.debug("an Axes has not got this view", exc_info=True)
        return False
    return True


def correct(event: Any, message: InputEvent) -> None:
    """Have the event say what the window shows at its place, where that differs."""
    canvas = event.canvas
    if message.axes_count < 0 or canvas.mouse_grabber is not None:
        return
    if message.axes < 0:
        event.inaxes = event.xdata = event.ydata = None
        return
    axes = _axes_of(canvas.figure, message)
    with contextlib.suppress(Exception):  # a projection of the program's
        if axes is not None and not (event.inaxes is axes and _is_near(event, message)):
            event.inaxes = axes
            event.xdata, event.ydata = map(np.float64, message.data)


def _axes_of(figure: Any, message: InputEvent) -> Any:
    """Return the Axes that the window shows under the mouse, if it still exists."""
    if message.axes < 0 or len(figure.axes) != message.axes_count:
        return None
    return figure.axes[message.axes]


def _shows_the_same(axes: Any, message: InputEvent) -> bool:
    own = {name: _read(axes, name) for name in message.view}
    if "angles" in own:
        return all(_agree(own[name], value) for name, value in message.view.items())
    mine, theirs = _corners(axes, own), _corners(axes, message.view)
    return np.allclose(mine, theirs, rtol=0, atol=_NEAR, equal_nan=True)


def _corners(axes: Any, view: dict[str, list[float]]) -> Any:
    """Return where a view of this Axes begins and ends, px."""
    return axes.transData.transform(np.transpose([view["xlim"], view["ylim"]]))


def _agree(own: list[float], shown: list[float]) -> bool:
    return np.allclose(own, shown, rtol=0, atol=1e-3 * max(np.ptp(own), 1e-300))


def _is_near(event: Any, message: InputEvent) -> bool:
    place = event.inaxes.transData.transform(message.data)
    return bool(np.all(np.abs(place - (event.x, event.y)) <= _NEAR))


def _read(axes: Any, name: str) -> list[float]:
    if name == "angles":
        return [float(getattr(axes, angle)) for angle in _ANGLES]
    return [float(limit) for limit in getattr(axes, f"get_{name}")()]


def _set(followed: Any, axes: Any, view: dict[str, list[float]]) -> None:
    """Set limits and angles; whether they autoscale stays as it is."""
    figure = followed.figure
    followed.changes.views += 1
    margin = {"view_margin": 0} if hasattr(axes, "get_zlim") else {}
    with followed.changes.own_rendering():
        stale = figure.stale
        for name, value in view.items():
            if name == "angles":
                for angle, degrees in zip(_ANGLES, value, strict=True):
                    setattr(axes, angle, degrees)
            else:
                set_limits = getattr(axes, f"set_{name}")
                set_limits(*value, emit=False, auto=None, **margin)
        figure.stale = stale
