"""A figure's window, seen from the program. Called from any thread that plots."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backend_bases import (
    CloseEvent,
    FigureManagerBase,
    ResizeEvent,
)
from matplotlib.backend_tools import add_tools_to_container

from jlab_qtwindows.kernel.follow.followed import FollowedFigure
from jlab_qtwindows.kernel.input.callbacks import process
from jlab_qtwindows.kernel.input.ownhandlers import leave_to_window
from jlab_qtwindows.kernel.input.registry import unwatch
from jlab_qtwindows.kernel.link.client import get_client
from jlab_qtwindows.kernel.process import identity
from jlab_qtwindows.protocol.messages import (
    ResizeWindow,
    SetTitle,
    ShowBars,
    ToggleFullScreen,
)
from jlab_qtwindows.protocol.model import clip

from .closedcanvas import give_plain_canvas
from .place import Place, WindowPlace
from .remotewindow import RemoteWindow
from .showing import is_pausing, let_go, open_all, show_all_soon, wait_for_windows
from .toolbar import KernelToolbar
from .toolcontainer import ToolContainer, leave_keys_to_window

if TYPE_CHECKING:
    from .canvas import FigureCanvasQtWindows

__all__ = ["FigureManagerQtWindows"]


class FigureManagerQtWindows(FigureManagerBase):
    """The figure's window, seen from the program."""

    _toolbar2_class = KernelToolbar
    _toolmanager_toolbar_class = ToolContainer

    def __init__(self, canvas: FigureCanvasQtWindows, num: int) -> None:
        self._size = canvas.get_width_height()  # px, the last of which was told
        client = self._client = get_client()
        self.followed = FollowedFigure(
            canvas.figure, num, client.wake, client.wake_for_change
        )
        self.place = WindowPlace(*self._size)
        self.bars = True, True  # whether toolbar and status bar are to be seen
        self._window = RemoteWindow(self)
        super().__init__(canvas, num)
        self._make_toolbar()
        leave_to_window(self)
        leave_keys_to_window(self.toolmanager, canvas)
        figure: Any = canvas.figure
        figure.stale_callback = self.followed.on_stale
        # Outside IPython pyplot puts a callback of its own over ours, after this. The
        # first Axes comes later still.
        figure.add_axobserver(self._keep_stale_callback)
        canvas.watch()
        has_toolbar = self.toolbar is not None
        # Only now: the wishes of a half one are none.
        self.followed.window.manage(self, has_toolbar=has_toolbar)
        self.followed.wishes.tell()
        self.bars = has_toolbar, True
        client.add(self.followed)
        self._raised_in: int | None = None  # the cell that has last shown it anew
        if mpl.is_interactive():
            self.open_window()

    def _make_toolbar(self) -> None:
        """Make what Matplotlib would have made by the private names of the classes."""
        if self.toolbar is not None:
            return
        if self.toolmanager is not None:
            self.toolbar = ToolContainer(self.toolmanager)
            add_tools_to_container(self.toolbar)
        elif mpl.rcParams["toolbar"] == "toolbar2":
            self.toolbar = KernelToolbar(self.canvas)

    def __reduce__(self) -> tuple[Any, ...]:
        # A figure that knows its manager travels without it.
        return type(None), ()

    def _keep_stale_callback(self, figure: Any) -> None:
        if not self.followed.closed:
            figure.stale_callback = self.followed.on_stale

    def show(self) -> None:
        """Open the window, or raise it as `figure.raise_window` says.

        The keyboard stays where it is. A cell raises a window once: the user may put
        another above it while a loop goes on to show it.
        """
        newly = not self.followed.opened
        self.open_window()
        cell = identity.cell_number()
        if newly or not mpl.rcParams["figure.raise_window"]:
            return
        if not cell or cell != self._raised_in:
            self._raised_in = cell
            self.followed.raise_window(keyboard=False)

    def open_window(self) -> None:
        """Open the window if there is none, and show the present state."""
        followed = self.followed
        newly = not followed.opened
        self._client.open(followed)
        if newly:
            followed.changes.note_drawing()
        if newly or followed.changes.newest != followed.changes.taken:
            followed.canvas.show_soon()

    def destroy(self, *args: Any) -> None:
        """Close the window."""
        if self.followed.closed:
            return
        self._client.close(self.followed)
        self.canvas.figure.stale_callback = None
        self.followed.canvas.stop_event_loops()
        closed: Any = CloseEvent("close_event", self.canvas)
        process(closed)
        unwatch(self.canvas.callbacks)
        super().destroy()
        give_plain_canvas(self.canvas.figure)

    @property
    def window(self) -> RemoteWindow:
        """The native window, with the methods that programs use most."""
        return self._window

    def known_place(self) -> Place:
        """Return where the window is; wait, once, for one that is about to open."""
        if self.followed.opened and not self._client.unavailable:
            self.place.wait()
        return self.place.now

    def show_bars(
        self, *, toolbar: bool | None = None, status: bool | None = None
    ) -> None:
        """Show these bars of the window or do not; None leaves one as it is."""
        shown = (
            self.bars[0] if toolbar is None else toolbar,
            self.bars[1] if status is None else status,
        )
        if shown != self.bars:
            self.bars = shown
            self.followed.keep_posted(ShowBars(self.followed.window_id, *shown))

    def full_screen_toggle(self) -> None:
        """Fill the screen, or no longer."""
        self.followed.toggle(ToggleFullScreen(self.followed.window_id))

    def resize(self, w: float, h: float) -> None:
        """Set the size of the canvas in the window, and so of the figure, px."""
        self.followed.post(ResizeWindow(self.followed.window_id, int(w), int(h)))
        self.place.grow(int(w) - self._size[0], int(h) - self._size[1])
        self.adopt_size(int(w), int(h))

    def adopt_size(self, width: int, height: int) -> None:
        """Give the figure the size of its window, px, and tell who listens."""
        figure: Any = self.canvas.figure
        now = figure.bbox.size  # which may be no whole px
        if abs(now[0] - width) >= 1 or abs(now[1] - height) >= 1:
            figure.set_size_inches(
                width / figure.dpi, height / figure.dpi, forward=False
            )
        if (width, height) != self._size:
            self._size = width, height
            if threading.current_thread() is threading.main_thread():
                self._tell_resized()
            else:
                self._client.main_queue.post(self._tell_resized)

    def _tell_resized(self) -> None:
        process(ResizeEvent("resize_event", self.canvas))

    def get_window_title(self) -> str:
        """Return the title, without the notebook's name."""
        return self.followed.title

    def set_window_title(self, title: str) -> None:
        """Set the title of the window."""
        self.followed.window.rename(clip(str(title)))
        self.followed.post(SetTitle(self.followed.window_id, self.followed.title))

    def raise_window(self) -> None:
        """Show the window on top, with the keyboard."""
        self.open_window()
        self.followed.raise_window(keyboard=True)

    @classmethod
    def pyplot_show(cls, *, block: bool | None = None) -> None:
        """Show all figures; in a Jupyter kernel without blocking unless asked to."""
        if is_pausing():
            open_all()
            return
        explicit = block is not False
        if block is None and getattr(identity.ipython(), "kernel", None) is not None:
            block = False
        if explicit:
            show_all_soon()
        super().pyplot_show(block=block)
        let_go()

    @classmethod
    def start_main_loop(cls) -> None:
        """Wait until all windows are closed; an interrupt ends it."""
        wait_for_windows()
