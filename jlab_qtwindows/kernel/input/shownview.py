"""What was under the mouse in the window, where the program's figure says otherwise.

The user clicks at what is on the screen. That may be an earlier state than the
program's, or one with a view that the user keeps: a held or frozen window, a zoom that
outlives `clear`. So the program's event has the Axes and the data that the window shows
there, and while its callbacks run all Axes have the views of the window, by which they
pick and select. Main thread.
"""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jlab_qtwindows.kernel.follow.followed import FollowedFigure
    from jlab_qtwindows.protocol.messages import InputEvent

__all__ = ["correct", "shown_view"]

logger = logging.getLogger(__name__)

_NEAR = 1.0  # px; the window may be drawn in another resolution
_ANGLES = "elev", "azim", "roll"

View = dict[str, list[float]]  # limits by "xlim", …, and "angles" in 3D


@contextlib.contextmanager
def shown_view(canvas: Any, message: InputEvent) -> Iterator[None]:
    """Give the Axes the views of the window within the block, where these differ.

    Nobody is told of it, and what the program sets meanwhile stays.
    """
    followed = canvas.followed  # which a callback may close
    exchanged = _exchanges(canvas.figure, message)
    if not exchanged:
        yield
        return
    taken, rendered = followed.changes.taken, canvas.is_rendered()
    # A motion needs the data below it only, and there are many.
    is_click = message.kind != "motion_notify_event"
    settles = is_click or any("angles" in one.own for one in exchanged)
    try:
        for one in exchanged:
            one.show(followed)
        if settles:
            canvas.layout.settle_anew()  # an aspect, a legend, what is where in 3D
        yield
    finally:
        try:
            _bring_back(exchanged, followed)
        except BaseException:  # the stop button: they are set all the same
            _bring_back(exchanged, followed)
            raise
        if settles:
            canvas.layout.restore()
        if canvas.is_rendered() and not rendered:
            canvas.forget_rendered()  # a picture of the window's view
        if followed.changes.taken != taken:
            followed.mark_dirty()  # a state of it has the window's view


def correct(event: Any, message: InputEvent) -> None:
    """Have the event say what the window shows at its place, where that differs."""
    canvas = event.canvas
    if message.axes is None or canvas.mouse_grabber is not None:
        return
    if message.axes < 0:
        event.inaxes = event.xdata = event.ydata = None
        return
    every = canvas.figure.axes
    if len(every) != len(message.views):
        return  # it is not what the window shows by any means
    axes = every[message.axes]
    with contextlib.suppress(Exception):  # a projection of the program's
        if not (event.inaxes is axes and _is_near(event, message)):
            event.inaxes = axes
            event.xdata, event.ydata = map(np.float64, message.data)


class _Exchange:
    """The view of one Axes: the program's own, and the window's."""

    def __init__(self, axes: Any, own: View, windows: View) -> None:
        self._axes = axes
        self.own, self._windows = own, windows
        self._shown: View = {}  # as the Axes has taken the window's

    def show(self, followed: FollowedFigure) -> None:
        """Set what the window shows."""
        if _set(followed, self._axes, self._windows):
            self._shown = {name: _read(self._axes, name) for name in self.own}

    def bring_back(self, followed: FollowedFigure) -> None:
        """Set the program's own again, where nobody has set anything else."""
        left = self.own
        with contextlib.suppress(Exception):  # an Axes that callbacks have taken apart
            if self._shown:
                left = {
                    name: value
                    for name, value in self.own.items()
                    if _read(self._axes, name) == self._shown[name]
                }
        _set(followed, self._axes, left)


def _bring_back(exchanged: list[_Exchange], followed: FollowedFigure) -> None:
    for one in exchanged:
        one.bring_back(followed)


def _exchanges(figure: Any, message: InputEvent) -> list[_Exchange]:
    every = figure.axes
    if len(every) != len(message.views):
        return []
    found = []
    for axes, view in zip(every, message.views, strict=True):
        try:
            own = {name: _read(axes, name) for name in view}
            if own != view and not _looks_the_same(axes, own, view):
                found.append(_Exchange(axes, own, view))
        except Exception:  # an Axes of any class, which may have no such limits
            logger.debug("an Axes does not get the window's view", exc_info=True)
    return found


def _looks_the_same(axes: Any, own: View, view: View) -> bool:
    if "angles" in own:
        return all(_agree(own[name], value) for name, value in view.items())
    if any(_is_off_scale(axes, name, view[name]) for name in ("xlim", "ylim")):
        return True  # of an earlier scale: it has no place in this one
    mine, theirs = _corners(axes, own), _corners(axes, view)
    return np.allclose(mine, theirs, rtol=0, atol=_NEAR, equal_nan=True)


def _is_off_scale(axes: Any, name: str, limits: list[float]) -> bool:
    axis = getattr(axes, f"{name[0]}axis")
    return list(axis.limit_range_for_scale(*limits)) != limits


def _corners(axes: Any, view: View) -> Any:
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


def _set(followed: FollowedFigure, axes: Any, view: View) -> bool:
    """Set limits and angles; whether they autoscale stays as it is."""
    figure = followed.figure
    followed.changes.views += 1
    # Not the margin by which a setting of Matplotlib makes limits in 3D wider.
    margin = {"view_margin": 0} if hasattr(axes, "get_zlim") else {}
    with followed.changes.own_rendering():
        stale = figure.stale
        try:
            for name, value in view.items():
                if name == "angles":
                    for angle, degrees in zip(_ANGLES, value, strict=True):
                        setattr(axes, angle, degrees)
                else:
                    set_limits = getattr(axes, f"set_{name}")
                    set_limits(*value, emit=False, auto=None, **margin)
        except Exception:  # limits of a map, an Axes that callbacks have taken apart
            logger.debug("an Axes has not got a view", exc_info=True)
            return False
        finally:
            figure.stale = stale
    return True
