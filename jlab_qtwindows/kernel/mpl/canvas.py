"""The canvas of a figure whose window is in another process.

A lazy Agg canvas: it renders only when pixels are asked for. Called from any thread
that plots.
"""

from __future__ import annotations

import contextlib
import math
import sys
import time
from typing import TYPE_CHECKING, Any, ClassVar, cast

from matplotlib.backend_bases import DrawEvent, FigureCanvasBase
from matplotlib.backend_tools import Cursors
from matplotlib.backends.backend_agg import FigureCanvasAgg

from jlab_qtwindows.kernel.follow import safepoint
from jlab_qtwindows.kernel.follow.codekind import Kind, kind_of
from jlab_qtwindows.kernel.input.callbacks import process
from jlab_qtwindows.kernel.input.inputs import (
    has_draw_listeners,
    has_own_draw,
    needs_drawing,
)
from jlab_qtwindows.kernel.input.registry import watch
from jlab_qtwindows.kernel.link.client import get_client
from jlab_qtwindows.kernel.process.unattended import is_unattended
from jlab_qtwindows.kernel.snapshot.fonts import font_settings
from jlab_qtwindows.protocol.messages import ShowCursor

from .closedcanvas import asks_for_input
from .layout import Layout, prepare_all
from .limitlisteners import watching_limits
from .manager import FigureManagerQtWindows
from .renderer import LazyRenderer
from .timers import TimerQtWindows
from .widgets import draw_without_blitting

if TYPE_CHECKING:
    from types import FrameType

    from jlab_qtwindows.kernel.follow.followed import FollowedFigure
    from jlab_qtwindows.kernel.input.callbacks import MainQueue

__all__ = ["FigureCanvasQtWindows"]


class FigureCanvasQtWindows(FigureCanvasAgg):
    """A canvas that is drawn in the host; Agg renders here only when it is asked to."""

    required_interactive_framework = None
    manager_class = FigureManagerQtWindows
    # Widgets and animations draw without blitting then, which the window shows as it
    # shows everything. Who blits by hand is served by `blit`.
    supports_blit = False

    _renderer: LazyRenderer | None = None
    _renderer_key: tuple[int, int, float] | None = None  # its size, px, and dpi
    _fonts: list[object] | None = None  # the settings with which it measures texts
    _drawn: tuple[object, ...] | None = None  # the state that the Agg buffer shows
    _rendering = False
    _copies = False  # the program copies regions, to draw upon them later
    in_draw_event = False  # the program's callbacks of draw_event are running
    our_draw: ClassVar[Any]  # `draw`, also where a program replaces that
    _drawing_own_way = False  # not because the program has called `draw`
    _draw_posted = False  # a drawing for the listeners of draw_event is on its way

    def __init__(self, figure: Any = None) -> None:
        super().__init__(figure)
        self._loops: list[object] = []  # those that wait, the innermost last
        self.layout = Layout(self)

    @property
    def main_queue(self) -> MainQueue:
        """What the main thread runs when it is free."""
        return get_client().main_queue

    def __reduce__(self) -> tuple[Any, ...]:
        # A figure whose artists know their canvas travels with a blank one.
        return FigureCanvasBase, ()

    @property
    def followed(self) -> FollowedFigure | None:
        return getattr(self.manager, "followed", None)

    # -- drawing -----------------------------------------------------------------------

    def draw(self) -> None:
        """Make this state the next one shown."""
        followed = self.followed
        if followed is None:
            super().draw()
            return
        if not self._drawing_own_way and _is_asked_by_program(sys._getframe(1)):
            followed.changes.frames_marked_in = get_client().activity.episode()
        followed.changes.note()
        if followed.ladder.drawn_by_hand or self._copies or has_draw_listeners(self):
            self._render()  # somebody waits for the event, or for the pixels
        else:
            self.layout.place()
        if followed.ladder.drawn_by_hand:
            self._show_pixels(followed)
            return
        # A `draw` of the program's that has called this one is still at its work.
        if has_own_draw(self) or not get_client().taker.take_now(followed):
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
        if not (self._draw_posted or self.in_draw_event):
            self._draw_posted = True
            get_client().main_queue.post(self._draw_now)

    def _draw_now(self) -> None:
        self._draw_posted = False
        followed = self.followed
        if followed is not None and followed.opened:
            if has_own_draw(self):
                self._draw_own_way(followed)
            elif not self._is_drawn():
                self._render()
            if followed.ladder.drawn_by_hand:
                self._show_pixels(followed)

    def _draw_own_way(self, followed: FollowedFigure) -> None:
        """Have the program draw; what that changes asks for no other drawing."""
        self._drawing_own_way = True
        try:
            with followed.held(), followed.changes.own_rendering():
                self.draw()
        finally:
            self._drawing_own_way = False
            get_client().take_soon(followed)

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
            if self._drawn is None:
                self._render()  # there was nothing to draw upon
        followed.changes.note_drawing()
        self._show_pixels(followed)

    def _show_pixels(self, followed: FollowedFigure) -> None:
        width, height = self.get_width_height(physical=True)
        pixels = self.get_renderer().pixels()
        get_client().show_pixels(followed, pixels, width, height)

    # -- the picture in this process ---------------------------------------------------

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
            self._renderer = LazyRenderer(*key, self._render_if_changed)
            self._renderer_key, self._fonts = key, font_settings()
        return self._renderer

    def _forget_other_fonts(self) -> None:
        """Measure texts anew where the program has chosen other fonts."""
        # What the program has drawn upon the picture is nowhere else.
        followed = self.followed
        by_hand = (
            self._copies
            or self.in_draw_event
            or (followed is not None and followed.ladder.drawn_by_hand)
        )
        if self._renderer and not by_hand and self._fonts != font_settings():
            self._renderer = self._drawn = None

    def size_key(self) -> tuple[int, int, float]:
        """Return width and height, px, and the dots per inch."""
        return *self.get_width_height(physical=True), self.figure.dpi

    def copy_from_bbox(self, bbox: Any) -> Any:
        """Return a region of the picture, rendered here if it is out of date."""
        self._copies = True
        self._render_if_changed()
        return super().copy_from_bbox(bbox)

    def buffer_rgba(self) -> memoryview:
        """Return the pixels, rendered here if they are out of date."""
        self._render_if_changed()
        return super().buffer_rgba()

    def _render_if_changed(self) -> None:
        if self.followed is None or self.in_draw_event or self._rendering:
            return
        if not self._is_drawn():
            self._render()

    def state(self) -> tuple[object, ...]:
        """Return what is another one after every change of the figure or its size."""
        followed = self.followed
        return (followed.changes.newest if followed else 0), self.size_key()

    def _is_drawn(self) -> bool:
        return self._drawn == self.state()

    def _render(self) -> None:
        followed = self.followed
        if followed is None:
            super().draw()
            return
        drawn, callbacks, figure = (
            self.state(),
            self.callbacks,
            cast("Any", self.figure),
        )
        stale = figure.stale
        listening = has_draw_listeners(self) and not self.in_draw_event
        self._forget_other_fonts()
        self._rendering = True
        try:
            with (
                watching_limits(figure, followed.request),
                followed.changes.own_rendering(),
                callbacks.blocked(signal="draw_event"),
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

    def present_pixels(self) -> tuple[bytes, int, int]:
        """Return RGBA pixels of the present state, their width and height; main thread.

        Drawn as for a window: by the program's own `draw`, with what it draws upon it.
        """
        if self._draw_posted:
            self._draw_now()
        self._render_if_changed()
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
            and not self._draw_posted
        ):
            self._drawn = None  # for the first of them, as when a window appears
            self.draw_soon()

    def new_timer(self, interval: Any = None, callbacks: Any = None) -> TimerQtWindows:
        """Return a timer of `interval` ms whose callbacks the main thread runs."""
        return TimerQtWindows(interval=interval, callbacks=callbacks)

    def set_cursor(self, cursor: Any) -> None:
        """Give the mouse this shape over the window's canvas."""
        followed = self.followed
        if followed is not None and followed.opened:
            followed.post(ShowCursor(followed.window_id, Cursors(cursor).name))

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

    def flush_events(self) -> None:
        """Run what the window has reported, and have what is drawn leave for it."""
        client = get_client()
        client.main_queue.run_pending()
        client.take_moment()
        client.leaving.let_go()

    @safepoint.parks
    def start_event_loop(self, timeout: float = 0) -> None:
        """Run callbacks for `timeout` seconds (0: until `stop_event_loop`).

        Without a limit, or for clicks, not where nobody can see the window or is there.
        """
        client, loop = get_client(), object()
        self._loops.append(loop)
        end = time.monotonic() + timeout if timeout > 0 else math.inf

        for_user = end == math.inf or asks_for_input()
        in_vain = for_user and is_unattended()

        def is_over() -> bool:
            unseen = for_user and bool(client.unseen)
            return in_vain or unseen or loop not in self._loops

        try:
            prepare_all(end)
            self.main_queue.run_pending()  # however long that has taken
            left = None if end == math.inf else max(0.0, end - time.monotonic())
            self.main_queue.run_until(is_over, left)
        finally:
            with contextlib.suppress(ValueError):  # another thread has stopped it
                self._loops.remove(loop)
        client.take_moment()
        client.leaving.let_go()

    def stop_event_loop(self) -> None:
        """End the innermost `start_event_loop`; any thread."""
        with contextlib.suppress(IndexError):  # it has ended by itself
            self._loops.pop()
            get_client().main_queue.post(lambda: None)

    def stop_event_loops(self) -> None:
        """End all of them: the window is gone; any thread."""
        while self._loops:
            self.stop_event_loop()


def _is_asked_by_program(caller: FrameType) -> bool:
    """Return whether the program draws, and not a widget of Matplotlib's for itself."""
    code = caller.f_code
    matplotlibs = Kind.MATPLOTLIB, Kind.DISPATCHER, Kind.DRAWING
    return kind_of(code.co_filename, code.co_name) not in matplotlibs


FigureCanvasQtWindows.our_draw = FigureCanvasQtWindows.draw
