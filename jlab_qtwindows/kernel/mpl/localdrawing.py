"""Drawings in this process, for programs that listen to them or draw themselves.

Any thread asks for one; the main thread does it when it is free, as a GUI's event loop
does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jlab_qtwindows.kernel.input.inputs import has_own_draw

if TYPE_CHECKING:
    from jlab_qtwindows.kernel.follow.followed import FollowedFigure

    from .canvas import FigureCanvasQtWindows

__all__ = ["LocalDrawing"]


class LocalDrawing:
    """The next drawing of one canvas that the main thread does."""

    def __init__(self, canvas: FigureCanvasQtWindows) -> None:
        self._canvas = canvas
        self.is_posted = False
        self.calls_draw = False  # it is we who call `draw`, and not the program

    def post(self) -> None:
        """Have the main thread draw, once for all that ask before it does."""
        if not (self.is_posted or self._canvas.in_draw_event):
            self.is_posted = True
            self._canvas.main_queue.post(self._run)

    def run_if_posted(self) -> None:
        """Draw now if the main thread is going to; main thread."""
        if self.is_posted:
            self._run()

    def _run(self) -> None:
        self.is_posted = False
        canvas, followed = self._canvas, self._canvas.followed
        if followed is not None and followed.opened:
            if has_own_draw(canvas):
                self._draw_own_way(followed)
            elif not canvas.is_rendered():
                canvas.render_here(followed)
            if followed.ladder.drawn_by_hand:
                canvas.show_pixels(followed)

    def _draw_own_way(self, followed: FollowedFigure) -> None:
        """Have the program draw; what that changes asks for no other drawing."""
        self.calls_draw = True
        try:
            with followed.held(), followed.changes.own_rendering():
                self._canvas.draw()
        finally:
            self.calls_draw = False
            self._canvas.figure_client.take_soon(followed)
