"""Limits to whose changes a program listens, and which drawing may change.

A callback of `xlim_changed` may plot: a curve in more detail, say. Where a layout here
has it called, what it does is the program's doing, and the window must get it.
Called by the thread that plots.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.kernel.snapshot.needed import is_own

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["watching_limits"]

_SIGNALS = ("xlim_changed", "ylim_changed", "zlim_changed")


@contextlib.contextmanager
def watching_limits(figure: Any, on_changed: Callable[[], object]) -> Iterator[None]:
    """Call `on_changed` after the block if the program was told of other limits."""
    listened = [axes for axes in figure.axes if _is_listened_to(axes)]
    before = [_limits(axes) for axes in listened]
    yield
    if listened and before != [_limits(axes) for axes in listened]:
        on_changed()


def _is_listened_to(axes: Any) -> bool:
    connected = axes.callbacks.callbacks
    return any(
        (callback := reference()) is not None and is_own(callback)
        for signal in _SIGNALS
        for reference in list(connected.get(signal, {}).values())
    )


def _limits(axes: Any) -> list[tuple[float, float]]:
    # Not through `viewLim`, which would compute them now: somewhat early, but what the
    # program's callbacks do then is noticed as any other change.
    box = getattr(axes, "_viewLim", None)
    boxes = axes.viewLim if box is None else box, getattr(axes, "zz_viewLim", None)
    return [tuple(box.get_points().ravel()) for box in boxes if box is not None]
