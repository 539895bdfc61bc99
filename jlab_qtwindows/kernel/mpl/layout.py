"""What drawing a figure computes, for a figure that is drawn in another process.

Matplotlib finds limits, places, boxes of legends and texts, projections in 3D and what
a mouse can pick only when it draws. Before a program is told of an event all of it is
that of the present state (`settle`), as a GUI has drawn before it reads the mouse; what
programs read after `draw`, `pause` and `show` is set at once where that is cheap
(`place`), and the rest when the program asks for the renderer that it needs to read it.

Called by the thread that plots, and on the main thread while the kernel is idle.
"""

from __future__ import annotations

import contextlib
import logging
import math
import time
from typing import TYPE_CHECKING, Any, cast

from matplotlib.backends.backend_agg import RendererAgg

from jlab_qtwindows.kernel.process.figurelist import Gcf
from jlab_qtwindows.kernel.snapshot.fonts import font_settings
from jlab_qtwindows.kernel.snapshot.snapshot import Rung

from .artistplaces import CAN_PLACE, execute_engine, place_artists
from .axisticks import ticks_left_as_they_are
from .limitlisteners import watching_limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.kernel.follow.followed import FollowedFigure
    from jlab_qtwindows.kernel.snapshot.snapshot import Snapshot

    from .canvas import FigureCanvasQtWindows

__all__ = ["Layout", "prepare_all"]

logger = logging.getLogger(__name__)

IDLE = 0.1  # s without a change, after which an idle kernel lays a figure out
_TOO_LONG = 1.0  # s; a figure that takes longer waits until somebody asks


class Layout:
    """The layout of one figure: of which state it is, and how to bring it up to date.

    A state is what `canvas.state()` returns. None of the methods raises: what the
    figure's own code raises is shown by the window.
    """

    def __init__(self, canvas: FigureCanvasQtWindows) -> None:
        self._canvas = canvas
        self._settled: object = None  # the state whose layout is complete
        self._ticked: object = None  # the state whose ticks are there too
        self._placed: object = None  # the state whose places are set
        self._due: object = None  # the state that the program wants to be drawn
        self._seconds = 0.0  # what the last complete layout took
        self._engine_seconds = 0.0  # what the last run of the layout engine took
        self._running = False
        self._idle_posted = False
        self._renderer: Any = None

    # -- the thread that plots ---------------------------------------------------------

    def settle(self, *, ticks: bool = False) -> None:
        """Compute all that drawing the present state computes, if it has changed.

        With the ticks that drawing makes, which only picking looks at: they would make
        the states of a live figure a third dearer.
        """
        state = self._canvas.state()
        known = self._ticked if ticks else self._settled
        if known == state or not self._may_run():
            return
        started = time.perf_counter()
        figure: Any = self._canvas.figure

        def draw(renderer: Any) -> None:
            kept = contextlib.nullcontext() if ticks else ticks_left_as_they_are(figure)
            with kept:
                figure.draw(renderer)

        self._compute(draw)
        self._seconds = time.perf_counter() - started
        self._settled = self._placed = state
        if ticks:
            self._ticked = state

    def settle_anew(self) -> None:
        """Do so although it is known: the view is not the program's for a while."""
        self._settled = self._ticked = None
        self.settle(ticks=True)

    def settle_if_due(self) -> None:
        """Do so if the program has asked for this state to be drawn."""
        if self._due is not None and self._due == self._canvas.state():
            self.settle()

    def place(self, spare: float = math.inf) -> None:
        """Set what programs read without a renderer: places, limits, projections.

        A layout engine, which costs as much as drawing, runs if it takes no longer than
        `spare` seconds.
        """
        state = self._due = self._canvas.state()
        if not CAN_PLACE:
            self.settle()
            return
        if state in (self._settled, self._placed) or not self._may_run():
            return

        def place(renderer: Any) -> None:
            if self._engine_seconds <= spare:
                started = time.perf_counter()
                execute_engine(self._canvas.figure)
                self._engine_seconds = time.perf_counter() - started
            place_artists(self._canvas.figure, renderer)

        self._compute(place)
        self._placed = state

    def prepare(self, spare: float) -> None:
        """Do what fits into `spare` seconds that the program waits anyway."""
        self._due = self._canvas.state()
        # Twice the time: what the program waits for comes in between.
        if 2 * self._seconds <= spare and self._seconds < _TOO_LONG:
            self.settle()
        else:
            self.place(spare)

    def note_drawn(self, state: object) -> None:
        """Note that this state has been drawn in this process, at its own size."""
        self._settled = self._placed = self._ticked = state

    def restore(self) -> None:
        """Bring back what a drawing in another size or of another view has changed."""
        self._settled = self._placed = self._ticked = None
        self.place()

    def _may_run(self) -> bool:
        return not self._running and self._canvas.followed is not None

    def _compute(self, work: Callable[[Any], None]) -> None:
        """Call `work` with a renderer that draws nothing; what it changes is no change.

        Unless a callback of the program's for limits has been called by it.
        """
        canvas, followed = self._canvas, cast("FollowedFigure", self._canvas.followed)
        figure: Any = canvas.figure
        stale = figure.stale
        self._running = True
        try:
            renderer = self._blank_renderer()
            with (
                watching_limits(figure, followed.request),
                followed.changes.own_rendering(),
                canvas.callbacks.blocked(signal="draw_event"),
                _drawing_nothing(renderer),
            ):
                try:
                    work(renderer)
                finally:
                    # Drawing makes it fresh, but nobody has seen it yet.
                    figure.stale = stale
        except Exception:  # of any artist, layout engine, locator
            logger.debug("a figure cannot be laid out", exc_info=True)
        finally:
            self._running = False

    def _blank_renderer(self) -> Any:
        """Return a renderer of our own: that of the canvas keeps its picture."""
        size, fonts = self._canvas.size_key(), font_settings()
        if self._renderer is None or self._renderer[:2] != (size, fonts):
            agg: Any = RendererAgg
            self._renderer = size, fonts, agg(*size)
        return self._renderer[2]

    # -- any thread --------------------------------------------------------------------

    def on_taken(self, snapshot: Snapshot, change: int) -> None:
        """Follow the window, which is going to show the state of this change."""
        state = change, self._canvas.size_key()
        if snapshot.rung is Rung.FRAMES and state[1][:2] == (
            snapshot.width,
            snapshot.height,
        ):
            self.note_drawn(state)
        else:
            self.settle_when_idle()

    def settle_when_idle(self) -> None:
        """Have the main thread settle once kernel and figure rest."""
        if not self._idle_posted:
            self._idle_posted = True  # first: the main thread takes it back
            later = self._canvas.main_queue.post_later
            if not later(IDLE, self._settle_idle, self._canvas.state()):
                self._idle_posted = False

    def _settle_idle(self, state: object) -> None:
        self._idle_posted = False
        followed = self._canvas.followed
        if followed is None or followed.closed or self._seconds > _TOO_LONG:
            return
        if self._canvas.state() != state:
            self.settle_when_idle()
        else:
            self._due = state
            self.settle()


def _drawing_nothing(renderer: Any) -> contextlib.AbstractContextManager[object]:
    """Keep a renderer from drawing; without the private name it draws in vain."""
    disabled: Any = getattr(renderer, "_draw_disabled", contextlib.nullcontext)
    return disabled()  # type: ignore[no-any-return]


def prepare_all(end: float) -> None:
    """Lay the figures out that the program shows while it waits; s, monotonic."""
    for manager in Gcf.get_all_fig_managers():
        layout = getattr(manager.canvas, "layout", None)
        if isinstance(layout, Layout):
            layout.prepare(end - time.monotonic())
