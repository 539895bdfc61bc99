"""Drawing of one canvas, which may take long or fail. GUI thread."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from jlab_qtwindows.host.figure import drawlimit
from jlab_qtwindows.host.figure.style import Style
from jlab_qtwindows.host.qt import FigureCanvasQTAgg, Signal
from jlab_qtwindows.protocol.model import clip

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["SLOW", "DrawingCanvas"]

logger = logging.getLogger(__name__)

SLOW = 1.0  # s of drawing that a user notices in all other windows


class DrawingCanvas(FigureCanvasQTAgg):
    """Draws with the kernel's settings; keeps the last good picture if that fails."""

    draw_failed = Signal(str)  # why, in words
    drawn_slowly = Signal(float)  # s that it has taken

    def __init__(self, figure: Figure) -> None:
        super().__init__(figure)
        self.figure: Figure
        self.style_in_use = Style()
        self.draw_error = ""
        self.draw_seconds = 0.0
        self._yields_until = 0.0  # s, monotonic
        self._measured_in = self.style_in_use  # the renderer, its texts
        self._was_disturbed = False  # the last drawing was, by other settings

    def draw(self) -> None:
        """Draw with the kernel's settings; on failure show the last good picture."""
        self.style_in_use.apply()
        self.prepare_drawing()
        started = time.perf_counter()
        saved = self.copy_from_bbox(self.figure.bbox) if self._has_picture() else None
        measures_anew = self._measured_in is not self.style_in_use
        self._measured_in = self.style_in_use
        try:
            with drawlimit.limited():
                if measures_anew:
                    self._renew_renderer()  # which remembers how wide texts were
                super().draw()
        except (Exception, SystemExit) as error:
            # The figure's own drawing code may raise anything.
            logger.info("a figure cannot be drawn", exc_info=True)
            self._is_drawing = False
            if saved is not None:
                self.restore_region(saved)
            self.draw_error = clip(f"{type(error).__name__}: {error}")
            self.draw_failed.emit(self.draw_error)
            self.update()
        else:
            self.draw_error = ""
            self._draw_again_if_disturbed()
        self.draw_seconds = time.perf_counter() - started
        if self.draw_seconds > SLOW:
            self._yields_until = time.monotonic() + self.draw_seconds
            self.drawn_slowly.emit(self.draw_seconds)

    def prepare_drawing(self) -> None:
        """Do what comes before each drawing, with the kernel's settings in force."""

    def _renew_renderer(self) -> None:
        old = self.get_renderer()
        self.renderer = type(old)(old.width, old.height, old.dpi)

    def _draw_again_if_disturbed(self) -> None:
        """Draw soon if settings have changed meanwhile, but not time and again."""
        disturbed = not self.style_in_use.is_in_force()
        if disturbed and not self._was_disturbed:
            self.draw_idle()
        self._was_disturbed = disturbed

    def yield_left(self) -> float:
        """Return the seconds for which other windows come first, after slow work."""
        return max(0.0, self._yields_until - time.monotonic())

    def draw_when_visible(self) -> bool:
        """Draw now if the user can see it, else with the next paint event.

        Returns whether it has been drawn, or at least tried.
        """
        visible = self.isVisible() and not self.window().isMinimized()
        if hasattr(self, "_draw_pending"):
            self._draw_pending = not visible
        elif not visible:
            self.draw_idle()
        if visible:
            self.draw()
        return visible

    def draw_if_pending(self) -> None:
        """Draw what waits for a paint event, or whatever there is if nobody knows."""
        if not hasattr(self, "renderer") or getattr(self, "_draw_pending", True):
            if hasattr(self, "_draw_pending"):
                self._draw_pending = False
            self.draw()

    def _has_picture(self) -> bool:
        # A canvas that has changed its size gets a new, empty buffer.
        size = (*self.get_width_height(physical=True), self.figure.dpi)
        old = getattr(self, "renderer", None)
        return old is not None and (int(old.width), int(old.height), old.dpi) == size
