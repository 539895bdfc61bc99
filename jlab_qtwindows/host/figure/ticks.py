"""Cheaper ticks: those of one Axis are copies of its first.

Every state that arrives brings new Axes, whose ticks Matplotlib makes one by one when
it draws; that was 40 % of drawing a small figure. It makes each tick from the settings
and then copies all properties of the Axis's first tick into it. A shallow copy of the
first tick gives the same for a tenth of the time. GUI thread; the host process only.
"""

from __future__ import annotations

from typing import Any

from matplotlib.artist import Artist
from matplotlib.axis import Axis, XTick, YTick
from matplotlib.cbook import CallbackRegistry
from matplotlib.lines import Line2D
from matplotlib.text import Text

from jlab_qtwindows.protocol.edits import every_axis

__all__ = ["complete", "install"]

_PARTS = ("tick1line", "tick2line", "gridline", "label1", "label2")

_axis: Any = Axis
# Private names: without one of them Matplotlib makes all ticks itself.
_original_get_tick = getattr(Axis, "_get_tick", None)
_original_copy_props = getattr(Axis, "_copy_tick_props", None)
_original_set_minor_locator = _axis.set_minor_locator


def install() -> None:
    """Make ticks by copying from now on, where that is known to give the same."""
    _axis.set_minor_locator = _set_minor_locator
    if _original_get_tick and _original_copy_props and hasattr(Artist(), "_callbacks"):
        _axis._get_tick = _get_tick
        _axis._copy_tick_props = _copy_tick_props


def complete(figure: Any) -> None:
    """Give each Axis a first minor tick, as Matplotlib's own have that are not drawn.

    The kernel leaves them out where no locator asks for them, and drawing does not make
    them; the key that toggles the minor grid looks at them.
    """
    for axes in figure.axes:
        for axis in every_axis(axes):
            _complete_axis(axis)


def _complete_axis(axis: Any) -> None:
    if axis.__dict__.get("minorTicks") == []:
        del axis.minorTicks  # made when it is looked at


def _set_minor_locator(self: Any, locator: Any) -> None:
    """Have ticks for it: a new scale of the user's brings one, for instance."""
    _original_set_minor_locator(self, locator)
    _complete_axis(self)


def _get_tick(self: Any, major: bool) -> Any:
    made = self.__dict__.get("majorTicks" if major else "minorTicks")
    if made and _can_copy(made[0]):
        return _copy_tick(made[0])
    return _original_get_tick(self, major)  # type: ignore[misc]


def _copy_tick_props(self: Any, src: Any, dest: Any) -> None:
    # A copy has all of them already; the next tick may be copied from this one as well.
    if getattr(dest, "_copied_from", None) is not src:
        _original_copy_props(self, src, dest)  # type: ignore[misc]


def _can_copy(tick: Any) -> bool:
    """Return whether the tick and its parts are Matplotlib's own plain ones."""
    return (
        type(tick) in (XTick, YTick)
        and all(type(getattr(tick, name)) in (Line2D, Text) for name in _PARTS)
        and tick.label1.get_bbox_patch() is None
        and tick.label2.get_bbox_patch() is None
    )


def _copy_tick(tick: Any) -> Any:
    copy = _copy_artist(tick)
    for name in _PARTS:
        part = _copy_artist(getattr(tick, name))
        if isinstance(part, Text):
            part.set_fontproperties(part.get_fontproperties().copy())
        setattr(copy, name, part)
    copy._copied_from = tick
    return copy


def _copy_artist(artist: Any) -> Any:
    """Return an artist that shares values, but nothing that is changed in place."""
    copy: Any = object.__new__(type(artist))
    copy.__dict__.update(artist.__dict__)
    copy._callbacks = CallbackRegistry(signals=["pchanged"])
    return copy
