"""Legends and annotations that can be dragged: the program's do so, not their copies.

A loaded figure brings the helpers that move them, with their callbacks. The program has
the same ones, and shows in new states what they do; the copies act for themselves only
when the kernel is gone. GUI thread.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from matplotlib.offsetbox import DraggableBase

if TYPE_CHECKING:
    from collections.abc import Callable

__all__: list[str] = []


def _left_to_kernel(callback: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    @functools.wraps(callback)  # loaded by its name
    def act(self: Any, event: Any) -> None:
        if getattr(event.canvas, "kernel_drags", False):
            self.got_artist = False  # loaded in the middle of a drag
        else:
            callback(self, event)

    return act


_base: Any = DraggableBase
for _name in ("on_pick", "on_motion", "on_release"):
    if hasattr(_base, _name):
        setattr(_base, _name, _left_to_kernel(getattr(_base, _name)))
