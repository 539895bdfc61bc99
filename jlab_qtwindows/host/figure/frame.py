"""The picture that a window of frames shows. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.image import BboxImage

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["FrameImage"]


class FrameImage(BboxImage):
    """Fills a figure: pixel by pixel where the sizes agree, scaled where they do not.

    They agree but for the moment between a change of the window's size and the kernel's
    answer. Scaling costs 20 ms, which would be half of the frames of a drag.
    """

    def __init__(self, figure: Figure, rgba: np.ndarray[Any, Any]) -> None:
        super().__init__(figure.bbox, origin="upper", interpolation="antialiased")
        self.set_data(rgba)
        self._upwards = np.ascontiguousarray(rgba[::-1])  # as Agg wants it
        figure.add_artist(self)
        self.set_clip_on(False)

    def draw(self, renderer: Any) -> None:
        if not (
            isinstance(renderer, RendererAgg)
            and (int(renderer.height), int(renderer.width)) == self._upwards.shape[:2]
        ):
            super().draw(renderer)
            return
        gc: Any = renderer.new_gc()
        agg: Any = renderer
        agg.draw_image(gc, 0, 0, self._upwards)
        gc.restore()
        self.stale = False
