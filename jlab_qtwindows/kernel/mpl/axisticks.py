"""The ticks of a figure, as the program has made them.

Drawing gives every Axis all the ticks that it shows. Called by the thread that lays a
figure out.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.edits import every_axis

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ticks_left_as_they_are"]

_LISTS = ("majorTicks", "minorTicks")


@contextlib.contextmanager
def ticks_left_as_they_are(figure: Any) -> Iterator[None]:
    """Take away the ticks that come within the block, all but those that were there."""
    before = [
        (axis, name, len(axis.__dict__[name]) if name in axis.__dict__ else None)
        for axes in figure.axes
        for axis in every_axis(axes)
        for name in _LISTS
    ]
    try:
        yield
    finally:
        for axis, name, count in before:
            ticks = axis.__dict__.get(name)
            if ticks is not None and count is None:
                del axis.__dict__[name]  # made when it is looked at
            elif ticks is not None:
                del ticks[count:]
