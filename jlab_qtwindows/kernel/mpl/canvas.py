"""The canvas of a figure whose window is in another process.

Called from any thread that plots.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, ClassVar, cast

from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backend_tools import Cursors

from jlab_qtwindows.kernel.follow import safepoint
from jlab_qtwindows.kernel.follow.codekind import Kind, kind_of
from jlab_qtwindows.kernel.input.inputs import (
    has_draw_listeners,
    has_own_draw,
    needs_drawing,
)
from jlab_qtwindows.kernel.input.registry import watch
from jlab_qtwindows.kernel.link.client import get_client
from jlab_qtwindows.protocol.messages import ShowCursor

from .closedcanvas import asks_for_input
from .eventloops import EventLoops
from .layout import Layout
from .lazycanvas import LazyAggCanvas
from .localdrawing import LocalDrawing
from .manager import FigureManagerQtWindows
from .timers import TimerQtWindows
from .widgets import draw_without_blitting

if TYPE_CHECKING:
    from types import FrameType

    from jlab_qtwindows.kernel.follow.followed import FollowedFigure
    from jlab_qtwindows.kernel.input.callbacks import MainQueue
    from jlab_qtwindows.kernel.link.client import FigureClient

__all__ = ["FigureCanvasQtWindows"]


class FigureCanvasQtWindows(LazyAggCanvas):
    """A canvas that is drawn in the host; Agg renders here only when it is asked to."""

    required_interactive_framework = None
    manager_class = FigureManagerQtWindows
    # Widgets and animations draw without blitting then, which the window shows as it
    # shows everything. Who blits by hand is served by `blit`.
    supports_blit = False

    our_draw: ClassVar[Any]  # `draw`, also where a program replaces that

    def __init__(self, figure: Any = None) -> None:
        super().__init__(figure)
        self._local_drawing = LocalDrawing(self)
        self._loops = EventLoops(self)
        self.layout = Layout(self)

    @property
    def figure_client(self) -> FigureClient:
        """The client of this process; a forked child has another one."""
        return get_client()

    @property
    def main_queue(self) -> MainQueue:
        """What the main thread runs when it is free."""
        return self.figure_client.main_queue

    def __reduce__(self) -> tuple[Any, ...]:
        # A figure whose artists know their canvas travels with a blank one.
        return FigureCanvasBase, ()

    # -- drawing -----------------------------------------------------------------------

    def draw(self) -> None:
        """Make this state the next one shown."""
        followed = self.followed
        if followed is None:
            super().draw()
            return
        by_program = _is_asked_by_program(sys._getframe(1))
        if by_program and not self._local_drawing.calls_draw:
            followed.changes.frames_marked_in = self.figure_client.activity.episode()
        followed.changes.note()
        if (
            followed.ladder.drawn_by_hand
            or self.regions_copied
            or has_draw_listeners(self)
        ):
            self.render_here(followed)  # somebody waits for the event, or the pixels
        else:
            self.layout.place()
        if followed.ladder.drawn_by_hand:
            self.show_pixels(followed)
            return
        # A `draw` of the program's that has called this one is still at its work.
        if has_own_draw(self) or not self.figure_client.taker.take_now(followed):
            followed.mark_dirty()

    def draw_idle(self, *args: Any, **kwargs: Any) -> None:
        """Show the present state soon."""
        if self.followed is not None:
            # Pyplot calls this after every cell for a figure that nobody has shown yet.
            if not cast("Any", self.figure).stale:
                self.followed.changes.note_drawing()
            self.show_soon()

    def show_soon(self) -> None:
        """Do so for `show`, which means also figures that have not changed."""
        followed, figure = self.followed, cast("Any", self.figure)
        if followed is None:
            return
        # `figure.clear` drops the observer that keeps our callback.
        figure.stale_callback = followed.on_stale
        if followed.ladder.drawn_by_hand or needs_drawing(self):
            self.draw_soon()
        if not followed.ladder.drawn_by_hand:
            followed.changes.touch()
            followed.mark_dirty()

    def settle(self) -> None:
        """Compute all that drawing the present state computes; main thread."""
        self.layout.settle(ticks=True)

    def draw_soon(self) -> None:
        """Draw on the main thread when it is free, as a GUI's event loop does."""
        self._local_drawing.post()

    def blit(self, bbox: Any = None) -> None:
        """Show what the program has drawn into the canvas itself.

        From now on the figure travels as pixels, drawn in this process: what is drawn
        by hand is in no figure.
        """
        followed = self.followed
        if followed is None:
            return
        if not followed.ladder.drawn_by_hand:
            followed.draw_by_hand()
            if not self.is_rendered_once():
                self.render_here(followed)  # there was nothing to draw upon
        followed.changes.note_drawing()
        self.show_pixels(followed)

    def show_pixels(self, followed: FollowedFigure) -> None:
        """Show what is drawn in this process, by the program and by Agg."""
        width, height = self.get_width_height(physical=True)
        pixels = self.get_renderer().pixels()
        self.figure_client.show_pixels(followed, pixels, width, height)

    def present_pixels(self) -> tuple[bytes, int, int]:
        """Return RGBA pixels of the present state, their width and height; main thread.

        Drawn as for a window: by the program's own `draw`, with what it draws upon it.
        """
        self._local_drawing.run_if_posted()
        self.render_if_changed()
        return self.get_renderer().pixels(), *self.get_width_height(physical=True)

    # -- events ------------------------------------------------------------------------

    def mpl_connect(self, s: Any, func: Any) -> int:
        """Connect a callback; the window then sends the events for it."""
        draw_without_blitting(func)
        watched = self.watch()
        cid = super().mpl_connect(s, func)
        if not watched:
            self._on_connection(s)
        return cid

    def mpl_disconnect(self, cid: int) -> None:
        """Disconnect a callback."""
        super().mpl_disconnect(cid)
        if not self.watch():
            self._on_connection("")

    def watch(self) -> bool:
        """Notice whatever is connected to this canvas, by whom and how it may be."""
        return self.followed is not None and watch(self.callbacks, self._on_connection)

    def _on_connection(self, connected: str) -> None:
        followed = self.followed
        if followed is None or followed.closed:
            return
        followed.wishes.tell()
        if (
            connected == "draw_event"
            and followed.opened
            and has_draw_listeners(self)
            and not self._local_drawing.is_posted
        ):
            self.forget_rendered()  # for the first of them, as when a window appears
            self.draw_soon()

    def new_timer(self, interval: Any = None, callbacks: Any = None) -> TimerQtWindows:
        """Return a timer of `interval` ms whose callbacks the main thread runs."""
        return TimerQtWindows(interval=interval, callbacks=callbacks)

    def set_cursor(self, cursor: Any) -> None:
        """Give the mouse this shape over the window's canvas."""
        followed = self.followed
        if followed is not None and followed.opened:
            followed.post(ShowCursor(followed.window_id, Cursors(cursor).name))

    def flush_events(self) -> None:
        """Run what the window has reported, and have what is drawn leave for it."""
        client = self.figure_client
        client.main_queue.run_pending()
        client.take_moment()
        client.leaving.let_go()

    @safepoint.parks
    def start_event_loop(self, timeout: float = 0) -> None:
        """Run callbacks for `timeout` seconds (0: until `stop_event_loop`).

        Without a limit, or for clicks, not where nobody can see the window or is there.
        """
        client = self.figure_client
        self._loops.run(timeout, for_input=asks_for_input())
        client.take_moment()
        client.leaving.let_go()

    def stop_event_loop(self) -> None:
        """End the innermost `start_event_loop`; any thread."""
        self._loops.stop()

    def stop_event_loops(self) -> None:
        """End all of them: the window is gone; any thread."""
        self._loops.stop_all()


def _is_asked_by_program(caller: FrameType) -> bool:
    """Return whether the program draws, and not a widget of Matplotlib's for itself."""
    code = caller.f_code
    programs = Kind.PROGRAM, Kind.PLUMBING
    return kind_of(code.co_filename, code.co_name) in programs


FigureCanvasQtWindows.our_draw = FigureCanvasQtWindows.draw
