"""Matplotlib's window, around figures that come and go. GUI thread."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib import backend_bases

from jlab_qtwindows.host.qt import FigureManagerQT, QtCore
from jlab_qtwindows.host.tools.arbiter import Arbiter
from jlab_qtwindows.host.tools.toolbar import HostToolbar

from .statusline import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.host.tools.inputs import Inputs
    from jlab_qtwindows.protocol.messages import Message

    from .canvas import MirrorCanvas

__all__ = ["HostManager"]


class HostManager(FigureManagerQT):
    """Closing and the quit keys do not go through pyplot; callbacks outlive figures."""

    _toolbar2_class = HostToolbar

    def __init__(
        self,
        canvas: MirrorCanvas,
        num: int,
        inputs: Inputs,
        *,
        tell: Callable[[Message], None],
        closed: Callable[[], None],
    ) -> None:
        super().__init__(canvas, num)
        self.toolbar: Any
        if not isinstance(self.toolbar, HostToolbar):
            # A private name says of which class it is to be.
            if self.toolbar is not None:
                self.window.removeToolBar(self.toolbar)
                self.toolbar.deleteLater()
            self.toolbar = HostToolbar(canvas, self.window)
            self.window.addToolBar(self.toolbar)
        self.arbiter = Arbiter(canvas, self.toolbar, inputs, tell)
        self.status = StatusLine.below(self.window)
        self.toolbar.message_set.connect(self.status.show_coordinates)
        self.toolbar.notice_given.connect(self.status.show_notice)
        self.is_closing = False  # and nobody is to be told
        self._closed = closed
        # Matplotlib's own would have pyplot close it.
        with contextlib.suppress(TypeError, RuntimeError):  # nothing is connected
            self.window.closing.disconnect()
        self.window.closing.connect(self._on_closing)
        canvas.mpl_disconnect(self.key_press_handler_id)
        for signal, function in (
            ("button_press_event", self.toolbar.drag),
            ("button_release_event", self.toolbar.drag),
            ("motion_notify_event", self.toolbar.mouse_move),
            # Matplotlib's own have been connected to the first figure only.
            ("button_press_event", self._handled_by("button_press_handler")),
            ("scroll_event", self._handled_by("scroll_handler")),
        ):
            canvas._connections.append((signal, function))
        canvas.keep_connected(
            "key_press_event", lambda event: self.arbiter.act(event, self._handle_key)
        )

    def _handled_by(self, name: str) -> Callable[[Any], None]:
        """Return a callback that leaves an event to a function of Matplotlib."""
        # The wheel zooms since Matplotlib 3.11.
        handler = getattr(backend_bases, name, lambda event, canvas, toolbar: None)

        def handle(event: Any, known: bool) -> bool:
            handler(event, self.canvas, self.toolbar)
            return True

        return lambda event: self.arbiter.act(event, handle)

    def _handle_key(self, event: Any, known: bool) -> bool:
        """Do what the keymap says; return False where only the program can say."""
        keymap = mpl.rcParams
        if event.key in keymap["keymap.quit"]:
            if not known and self.arbiter.listens:
                # It is gone for good with its figure: better late than by mistake.
                self.toolbar.notice_given.emit(
                    f"key {event.key}: closes the window when the program has answered"
                )
                return False
            self.window.close()
        elif event.guiEvent is None and event.key in keymap["keymap.save"]:
            # Not in here, where the kernels' messages are handled in their order.
            QtCore.QTimer.singleShot(0, self.toolbar.save_figure)
        else:
            backend_bases.key_press_handler(event, self.canvas, self.toolbar)
        return True

    def get_window_title(self) -> str:
        return str(self.canvas.title)  # which names the file that is saved

    def full_screen_toggle(self) -> None:
        # Matplotlib's would bring a maximized window back in its normal size.
        full_screen = QtCore.Qt.WindowState.WindowFullScreen
        self.window.setWindowState(self.window.windowState() ^ full_screen)

    def _on_closing(self) -> None:
        if not self.is_closing:
            self.is_closing = True
            self._closed()
