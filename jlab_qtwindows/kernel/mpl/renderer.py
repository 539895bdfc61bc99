"""An Agg renderer that draws when somebody reads its pixels.

There are many ways to them: `canvas.buffer_rgba()`, `canvas.renderer.tostring_argb()`,
`canvas.get_renderer().buffer_rgba()`. Whichever thread reads them draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.backends.backend_agg import RendererAgg

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LazyRenderer"]


class LazyRenderer(RendererAgg):
    """Calls `before_reading` whenever its pixels are asked for."""

    def __init__(
        self, width: int, height: int, dpi: float, before_reading: Callable[[], None]
    ) -> None:
        base: Any = super()
        base.__init__(width, height, dpi)
        self._before_reading = before_reading
        self._filters = 0  # that are being drawn, one within another

    def start_filter(self) -> None:
        self._filters += 1
        base: Any = super()
        base.start_filter()

    def stop_filter(self, post_processing: Any) -> None:
        base: Any = super()
        try:
            base.stop_filter(post_processing)
        finally:
            self._filters -= 1

    def buffer_rgba(self) -> Any:
        if not self._filters:  # else a filter reads what it is to change
            self._before_reading()
        base: Any = super()
        return base.buffer_rgba()

    def tostring_argb(self) -> bytes:
        self._before_reading()
        base: Any = super()
        return bytes(base.tostring_argb())

    if hasattr(RendererAgg, "tostring_rgb"):  # until Matplotlib 3.9

        def tostring_rgb(self) -> bytes:
            self._before_reading()
            base: Any = super()
            return bytes(base.tostring_rgb())

    def pixels(self) -> bytes:
        """Return what has been drawn up to now: RGBA, height x width x 4."""
        base: Any = super()
        return bytes(base.buffer_rgba())
