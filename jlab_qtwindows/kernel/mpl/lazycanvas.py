"""An Agg canvas that draws when somebody reads its picture, and at no other time.

Called from any thread that plots.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, cast

from matplotlib.backend_bases import DrawEvent
from matplotlib.backends.backend_agg import FigureCanvasAgg

from jlab_qtwindows.kernel.input.callbacks import process
from jlab_qtwindows.kernel.input.inputs import has_draw_listeners
from jlab_qtwindows.kernel.snapshot.fonts import font_settings

from .limitlisteners import watching_limits
from .renderer import LazyRenderer

if TYPE_CHECKING:
    from jlab_qtwindows.kernel.follow.followed import FollowedFigure

    from .layout import Layout

__all__ = ["LazyAggCanvas"]


class LazyAggCanvas(FigureCanvasAgg):
    """Keeps the picture of a figure, and knows of which state it is.

    Without a followed figure it is Agg's canvas, which draws when `draw` is called.
    """

    layout: Layout
    in_draw_event = False  # the program's callbacks of draw_event are running
    regions_copied = False  # by the program, to draw upon them later
    _renderer: LazyRenderer | None = None
    _renderer_key: tuple[int, int, float] | None = None  # its size, px, and dpi
    _fonts: list[object] | None = None  # the settings with which it measures texts
    _drawn: tuple[object, ...] | None = None  # the state that the Agg buffer shows
    _rendering = False

    @property
    def followed(self) -> FollowedFigure | None:
        return getattr(self.manager, "followed", None)

    # -- the renderer ------------------------------------------------------------------

    @property
    def renderer(self) -> LazyRenderer:
        return self.get_renderer()

    @renderer.setter
    def renderer(self, renderer: LazyRenderer) -> None:
        self._renderer = renderer

    def get_renderer(self) -> LazyRenderer:
        """Return the renderer of the present size, which draws where it is read.

        Who asks for it is going to read places and boxes.
        """
        self.layout.settle_if_due()
        if not self._rendering:
            self._forget_other_fonts()
        key = self.size_key()
        if self._renderer is None or self._renderer_key != key:
            self._renderer = LazyRenderer(*key, self.render_if_changed)
            self._renderer_key, self._fonts = key, font_settings()
        return self._renderer

    def _forget_other_fonts(self) -> None:
        """Measure texts anew where the program has chosen other fonts."""
        # What the program has drawn upon the picture is nowhere else.
        followed = self.followed
        by_hand = (
            self.regions_copied
            or self.in_draw_event
            or (followed is not None and followed.ladder.drawn_by_hand)
        )
        if self._renderer and not by_hand and self._fonts != font_settings():
            self._renderer = self._drawn = None

    def size_key(self) -> tuple[int, int, float]:
        """Return width and height, px, and the dots per inch."""
        return *self.get_width_height(physical=True), self.figure.dpi

    # -- reading the picture -----------------------------------------------------------

    def copy_from_bbox(self, bbox: Any) -> Any:
        """Return a region of the picture, rendered here if it is out of date."""
        self.regions_copied = True
        self.render_if_changed()
        return super().copy_from_bbox(bbox)

    def buffer_rgba(self) -> memoryview:
        """Return the pixels, rendered here if they are out of date."""
        self.render_if_changed()
        return super().buffer_rgba()

    def print_figure(self, *args: Any, **kwargs: Any) -> Any:
        followed = self.followed
        kept = self._renderer, self._renderer_key, self._fonts
        self._renderer = None  # it draws in another size, and in other colours
        try:
            if followed is None:
                return super().print_figure(*args, **kwargs)
            with followed.changes.own_rendering():  # it sets the dpi, and back
                return super().print_figure(*args, **kwargs)
        finally:
            self._renderer, self._renderer_key, self._fonts = kept
            self.layout.restore()

    # -- drawing it --------------------------------------------------------------------

    def state(self) -> tuple[object, ...]:
        """Return what is another one after every change of the figure or its size."""
        followed = self.followed
        return (followed.changes.newest if followed else 0), self.size_key()

    def is_rendered(self) -> bool:
        """Return whether the picture shows the present state."""
        return self._drawn == self.state()

    def is_rendered_once(self) -> bool:
        """Return whether there is a picture, of whichever state."""
        return self._drawn is not None

    def forget_rendered(self) -> None:
        """Take the picture for one of no state."""
        self._drawn = None

    def render_if_changed(self) -> None:
        """Draw the present state of a followed figure, unless that is done."""
        followed = self.followed
        if followed is None or self.in_draw_event or self._rendering:
            return
        if not self.is_rendered():
            self.render_here(followed)

    def render_here(self, followed: FollowedFigure) -> None:
        """Draw the present state, which is no change of it, and tell who listens."""
        drawn, figure = self.state(), cast("Any", self.figure)
        stale = figure.stale
        listening = has_draw_listeners(self) and not self.in_draw_event
        self._forget_other_fonts()
        self._rendering = True
        try:
            with (
                watching_limits(figure, followed.request),
                followed.changes.own_rendering(),
                self.callbacks.blocked(signal="draw_event"),
            ):
                super().draw()
                figure.stale = stale  # nobody has seen it yet
        finally:
            self._rendering = False
        self._drawn = drawn
        self.layout.note_drawn(drawn)
        if listening:
            self._tell_drawn(followed)

    def _tell_drawn(self, followed: FollowedFigure) -> None:
        """Run the program's callbacks; what they change is the program's doing.

        Where they draw upon the picture, as for animated artists, no mirror shows it.
        """
        before = self.get_renderer().pixels()
        canvas: Any = self
        self.in_draw_event = True
        try:
            event: Any = DrawEvent("draw_event", self, self.renderer)
            # In its context pyplot's own callback does not ask for another drawing.
            with getattr(canvas, "_idle_draw_cntx", contextlib.nullcontext)():
                process(event)
        finally:
            self.in_draw_event = False
        if self.get_renderer().pixels() != before and not followed.ladder.drawn_by_hand:
            followed.draw_by_hand()
