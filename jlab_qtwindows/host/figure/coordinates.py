"""Coordinates that only the kernel can write, where the program has its own way.

GUI thread. The window shows Matplotlib's own at once, and the program's when the kernel
answers; while that is busy nothing waits for it. One question is on its way at most,
and the next is about where the mouse is then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.messages import AskCoordinates, CoordinatesWritten

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.host.tools.toolbar import HostToolbar
    from jlab_qtwindows.host.window.canvas import MirrorCanvas

__all__ = ["Coordinates"]


class Coordinates:
    """Asks the kernel of one window what is under the mouse."""

    def __init__(
        self,
        canvas: MirrorCanvas,
        toolbar: HostToolbar,
        ask: Callable[[AskCoordinates], None],
    ) -> None:
        self._canvas = canvas
        self._toolbar = toolbar
        self._ask = ask
        self._serial = 0
        self.attach("")
        # After the toolbar, which shows what it would write itself.
        canvas.keep_connected("motion_notify_event", self._on_motion)
        canvas.keep_connected("figure_leave_event", self._on_motion)

    def attach(self, window_id: str) -> None:
        """Ask for this figure; what an earlier kernel was asked has no answer."""
        self._window_id = window_id
        self._asked: int | None = None  # the question that has no answer yet
        self._next: AskCoordinates | None = None  # where the mouse is now
        self._data = ""  # what stands behind the coordinates: an image's value

    def show(self, answer: CoordinatesWritten) -> None:
        """Show an answer, unless the mouse has left that place; ask the next."""
        if answer.serial != self._asked:
            return
        self._asked = None
        question, shows_frames = self._next, self._toolbar.shows_frames
        if question is None or shows_frames:
            return
        if question.serial == answer.serial:
            self._next = None
            if answer.text:
                self._toolbar.set_message(f"{answer.text.rstrip()}{self._data}")
        else:
            self._send(question)

    def _on_motion(self, event: Any) -> None:
        self._next = None
        axes = getattr(event, "inaxes", None)
        by_kernel = getattr(axes, "_coordinates_by_kernel", False)
        figure = self._canvas.figure
        if not by_kernel or event.name == "figure_leave_event":
            return
        if axes not in figure.axes:  # an inset: the kernel could not be told which
            return
        own = axes.format_coord(event.xdata, event.ydata).rstrip()
        write = getattr(self._toolbar, "_mouse_event_to_message", None)
        shown = write(event) if write is not None else own
        self._data = shown[len(own) :] if shown.startswith(own) else ""
        self._serial += 1
        place = figure.axes.index(axes), float(event.xdata), float(event.ydata)
        self._next = AskCoordinates(self._window_id, self._serial, *place)
        if self._asked is None:
            self._send(self._next)

    def _send(self, question: AskCoordinates) -> None:
        self._asked = question.serial
        self._ask(question)
