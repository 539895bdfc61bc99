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
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jlab_qtwindows.protocol.messages import InputEvent

__all__ = ["correct", "shown_view"]

logger = logging.getLogger(__name__)

_NEAR = 1.0  # px; the window may be drawn in another resolution
_ANGLES = "elev", "azim", "roll"


@contextlib.contextmanager
def shown_view(canvas: Any, message: InputEvent) -> Iterator[None]:
    """Give the Axes under the mouse the view of the window within the block.

    Nobody is told of it, and what the program sets meanwhile stays.
    """
    axes = _axes_of(canvas.figure, message)
    followed = canvas.followed  # which a callback may close
    taken = followed.changes.taken
    own = {} if axes is None else _exchange(canvas, axes, message)
    shown = {name: _read(axes, name) for name in own}
    try:
        yield
    finally:
        if own:
            _bring_back(canvas.layout, followed, axes, own, shown)
        if own and followed.changes.taken != taken:
            followed.mark_dirty()  # a state of it has the window's view


def _bring_back(
    layout: Any, followed: Any, axes: Any, own: dict[str, Any], shown: dict[str, Any]
) -> None:
    """Set what it was again, where the callbacks have left what the window shows."""
    try:
        left = [name for name in own if _read(axes, name) == shown[name]]
        _set(followed, axes, {name: own[name] for name in left})
        layout.restore()
    except Exception:  # an Axes that the callbacks have taken apart
        logger.debug("an Axes has kept the view of its window", exc_info=True)


def _exchange(canvas: Any, axes: Any, message: InputEvent) -> dict[str, list[float]]:
    """Set the view of the window; return what it was, or {} where it is the same."""
    own: dict[str, list[float]] = {}
    try:
        if not message.view or _shows_the_same(axes, message):
            return {}
        own = {name: _read(axes, name) for name in message.view}
        _set(canvas.followed, axes, message.view)
        canvas.layout.settle_anew()  # an aspect, a legend, what is where in 3D
    except Exception:  # an Axes of any class, which may have no such limits
        logger.debug("an Axes has not got the view of its window", exc_info=True)
        with contextlib.suppress(Exception):
            _set(canvas.followed, axes, own)
        return {}
    return own


def correct(event: Any, message: InputEvent) -> None:
    """Have the event say what the window shows at its place, where that differs."""
    canvas = event.canvas
    if message.axes_count < 0 or canvas.mouse_grabber is not None:
        return
    if message.axes < 0:
        event.inaxes = event.xdata = event.ydata = None
        return
    axes = _axes_of(canvas.figure, message)
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
    with followed.changes.own_rendering():
        stale = figure.stale
        for name, value in view.items():
            if name == "angles":
                for angle, degrees in zip(_ANGLES, value, strict=True):
                    setattr(axes, angle, degrees)
            else:
                getattr(axes, f"set_{name}")(*value, emit=False, auto=None)
        figure.stale = stale
