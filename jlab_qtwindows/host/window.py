"""One native window with one figure. GUI thread."""

from __future__ import annotations

import collections
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backend_bases import key_press_handler
from matplotlib.figure import Figure

from jlab_qtwindows.protocol.messages import WindowResized
from jlab_qtwindows.protocol.model import WindowModel, clip

from .canvas import MirrorCanvas
from .inputs import Inputs
from .qt import FigureManagerQT, QtCore
from .size import CanvasSize
from .toolbar import MirrorToolbar

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.protocol.messages import Message, OpenFigure, UpdateFigure

    from .channel import Peer, Update

__all__ = ["HostWindow"]

_FPS_SPAN = 2.0  # s over which frames are counted
_LIVE_MS = 1500  # ms without a frame after which a window is idle
_CHANGES_MS = 400  # ms, the least time between two reports of a window's model


class _Manager(FigureManagerQT):
    """Matplotlib's window; closing and the quit keys do not go through pyplot."""

    _toolbar2_class = MirrorToolbar

    def __init__(
        self, canvas: MirrorCanvas, num: int, closed: Callable[[], None]
    ) -> None:
        super().__init__(canvas, num)
        self._closed = closed
        canvas.mpl_disconnect(self.key_press_handler_id)
        for signal, function in (
            ("button_press_event", self.toolbar._zoom_pan_handler),
            ("button_release_event", self.toolbar._zoom_pan_handler),
            ("motion_notify_event", self.toolbar.mouse_move),
        ):
            canvas._connections.append((signal, function))
        canvas.keep_connected("key_press_event", self._on_key)

    def _on_key(self, event: Any) -> None:
        if event.key in mpl.rcParams["keymap.quit"]:
            self.window.close()
        else:
            key_press_handler(event, self.canvas, self.toolbar)

    def _widgetclosed(self) -> None:
        if not self.window._destroying:
            self.window._destroying = True
            self._closed()


class HostWindow:
    """A window, its model, and the kernel it belongs to."""

    def __init__(
        self,
        peer: Peer,
        opened: OpenFigure,
        *,
        on_changed: Callable[[HostWindow], None],
        on_closed: Callable[[HostWindow], None],
        tell_kernel: Callable[[HostWindow, Message], None],
    ) -> None:
        self._on_changed = on_changed
        self.canvas = MirrorCanvas(Figure())
        self.canvas.on_draw_error = lambda error: self._changed()
        # Before the manager: the quit key is told, and then that the window is closed.
        self.inputs = Inputs(self.canvas, lambda event: tell_kernel(self, event))
        # A state may have waited for the end of the drag, and the kernel with it.
        self.canvas.keep_connected(
            "button_release_event", lambda event: self._changed()
        )
        self.manager = _Manager(
            self.canvas, opened.num or 0, closed=lambda: on_closed(self)
        )
        self.window = self.manager.window
        self._size = CanvasSize(
            self.canvas,
            lambda w, h: tell_kernel(self, WindowResized(self.window_id, w, h)),
        )
        # A new window shows on top, but the keyboard stays where the person types.
        self.window.setAttribute(QtCore.Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._hidden = False  # by the program: new states do not show it
        self.revision = 0
        self._shown: collections.deque[float] = collections.deque(maxlen=64)
        self._last: UpdateFigure | None = None
        self._idle_timer = self._single_shot(_LIVE_MS)
        self._change_timer = self._single_shot(_CHANGES_MS)
        self._reported_at = 0.0
        self.adopt(peer, opened)
        self.resize(opened.width, opened.height)

    def adopt(self, peer: Peer, opened: OpenFigure) -> None:
        """Belong to this kernel and figure from now on."""
        if getattr(self, "window_id", opened.window_id) != opened.window_id:
            # Another figure: nothing the person did to the old one is meant for it.
            self.canvas.forget_view()
            self.resize(opened.width, opened.height)
        self.window_id = opened.window_id
        self.inputs.serve(opened.window_id)
        self.peer = peer
        self.attached = True
        self.num = opened.num
        self.created = opened.created
        self.revision = 0
        self.set_title(opened.title)

    def reattach(self, peer: Peer) -> None:
        """The kernel is back after a lost connection."""
        self.peer, self.attached = peer, True
        self._changed()

    def detach(self) -> None:
        """The kernel is gone; the window stays and works."""
        self.attached = False
        self._changed()

    # -- content -----------------------------------------------------------------------

    def show_update(self, update: Update) -> None:
        """Put the new state on the screen."""
        self._last = update.message
        self.revision = update.message.revision
        self.canvas.show_state(update.mirror)
        if not (self.window.isVisible() or self._hidden):
            self._show()
            self.window.raise_()
        self.canvas.draw_when_visible()
        self._shown.append(time.monotonic())
        self._idle_timer.start()
        self._changed()

    def is_held(self) -> bool:
        """Whether a drag is in progress that a new state would break.

        A program that listens shows the drag itself, in new states.
        """
        return self.canvas.is_dragging() and (
            self.canvas.is_navigating() or not self.inputs.wants_drags()
        )

    def fps(self) -> float:
        """Return the frames shown per second, lately."""
        now = time.monotonic()
        recent = [t for t in self._shown if now - t <= _FPS_SPAN]
        if len(recent) < 2:
            return 0.0
        return (len(recent) - 1) / (recent[-1] - recent[0])

    # -- window ------------------------------------------------------------------------

    def set_title(self, title: str) -> None:
        """Set the title; the notebook's name is added to it."""
        self.title = clip(title)
        notebook = clip(Path(self.peer.notebook).stem) if self.peer.notebook else ""
        full = f"{self.title} — {notebook}" if notebook else self.title
        self.window.setWindowTitle(full)
        self._changed()

    def resize(self, width: int, height: int) -> None:
        """Give the canvas this size, px, or as much of it as fits the screen."""
        self._size.set(width, height)
        self._changed()

    def raise_window(self) -> None:
        """Show on top, with the keyboard; the person asked for it."""
        window = self.window
        self._hidden = False
        if window.isMinimized():
            window.showNormal()
        else:
            self._show()
        window.raise_()
        window.activateWindow()
        self._changed()

    def control(self, method: str, arguments: list[int]) -> None:
        """Call one of the `WINDOW_METHODS`; the program asked for it."""
        self._size.settle()
        getattr(self.window, method)(*arguments)
        self._hidden = method == "hide" or (self._hidden and self.window.isHidden())
        self._changed()

    def _show(self) -> None:
        if not self.window.isVisible():
            self._size.settle()
        # Matplotlib's show() would activate the window, if the settings say so.
        self.window.show()

    def close(self) -> None:
        """Close without telling anybody."""
        self.window._destroying = True
        self._idle_timer.stop()
        self._change_timer.stop()
        self.inputs.stop()
        self._size.stop()
        self.window.close()
        self.window.deleteLater()

    # -- model -------------------------------------------------------------------------

    def model(self) -> WindowModel:
        """Return the JSON dict that stands for this window."""
        last = self._last
        size = self.canvas.size()
        return WindowModel(
            id=self.window_id,
            kernel_id=self.peer.kernel_id,
            notebook=self.peer.notebook,
            cell_id=last.cell_id if last else None,
            figure_num=self.num,
            title=self.title,
            state=self._state(),
            transfer=last.transfer if last else "mirror",
            reason=clip(
                self.canvas.draw_error
                or (last.reason if last else "")
                or self._size.note
            ),
            revision=self.revision,
            fps=round(self.fps(), 1),
            dropped=last.dropped if last else 0,
            overhead=last.overhead if last else 0.0,
            width=size.width(),
            height=size.height(),
            minimized=self.window.isMinimized(),
            active=self.window.isActiveWindow(),
            created=self.created,
        )

    def _state(self) -> str:
        if self.canvas.draw_error:
            return "failed"
        if not self.attached:
            return "detached"
        return "live" if self._idle_timer.isActive() else "idle"

    def _changed(self) -> None:
        """Report the model now, or soon if it was reported just before."""
        if self._change_timer.isActive():
            return
        elapsed = (time.monotonic() - self._reported_at) * 1000
        self._change_timer.start(max(0, int(_CHANGES_MS - elapsed)))

    def _report(self) -> None:
        self._reported_at = time.monotonic()
        self._on_changed(self)

    def _single_shot(self, milliseconds: int) -> Any:
        timer = QtCore.QTimer(self.window)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(
            self._report if milliseconds == _CHANGES_MS else self._changed
        )
        return timer
