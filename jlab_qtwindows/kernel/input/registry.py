"""A figure's registry of callbacks, which tells of every connection.

Programs and Matplotlib itself connect and disconnect past the canvas's methods:
`fig.canvas.callbacks.disconnect(cid)`, draggable legends, widgets that are thrown away.
Any thread, in the middle of a collection of garbage too.
"""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

from matplotlib.cbook import CallbackRegistry

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["unwatch", "watch"]


class _WatchedRegistry(CallbackRegistry):
    """Matplotlib's, and pickled as that: whoever loads it needs nothing of ours."""

    _told: weakref.WeakMethod[Callable[[str], None]] | None = None

    def connect(self, signal: Any, func: Any) -> int:
        cid: int = super().connect(signal, func)
        self._tell(signal)
        return cid

    def disconnect(self, *args: Any, **options: Any) -> None:
        super().disconnect(*args, **options)
        self._tell()

    def _remove_proxy(self, *args: Any, **options: Any) -> None:
        # The end of an object whose method was connected; by then the registry may be
        # one of Matplotlib's again, for which `super()` would not do.
        registry: Any = CallbackRegistry
        registry._remove_proxy(self, *args, **options)
        if isinstance(self, _WatchedRegistry):
            self._tell()

    def _tell(self, connected: str = "") -> None:
        told = self._told() if self._told is not None else None
        if told is not None:
            told(connected)

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        state: Any = self.__getstate__()
        state.pop("_told", None)
        return CallbackRegistry, (), state


def watch(registry: Any, told: Callable[[str], None]) -> bool:
    """Have the method `told` called with the name of each event that is connected to.

    It gets "" after a disconnection. Returns False where the registry is of a class
    that somebody has made of it, which stays as it is.
    """
    if type(registry) is CallbackRegistry:
        registry.__class__ = _WatchedRegistry
    if not isinstance(registry, _WatchedRegistry):
        return False
    registry._told = weakref.WeakMethod(told)
    return True


def unwatch(registry: Any) -> None:
    """Leave the registry as Matplotlib made it."""
    if isinstance(registry, _WatchedRegistry):
        vars(registry).pop("_told", None)
        registry.__class__ = CallbackRegistry  # type: ignore[assignment]
