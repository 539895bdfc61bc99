"""What the user does in one window, for a program that listens. GUI thread.

The canvas makes Matplotlib's events of it, for its own tools too; the kernel gets those
that it wants. While it has not answered a click, a key or a turn of the wheel it gets
all that follows: its callbacks may come to want that.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.host.figure.shownaxes import shown_under
from jlab_qtwindows.host.qt import single_shot
from jlab_qtwindows.protocol.messages import INPUT_EVENTS, InputEvent

from .pending import PendingActions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jlab_qtwindows.host.window.canvas import MirrorCanvas

__all__ = ["Inputs"]

_MOTION = "motion_notify_event"
_MOTION_MS = 15  # ms, the least time between two motions; a screen shows no more
_MOUSE = frozenset({"button_press_event", "button_release_event", _MOTION})
# What may change whose the next key is. The callbacks of motions hardly do, and there
# are many; if they do, the window is told.
_DECIDING = frozenset(INPUT_EVENTS) - {
    _MOTION,
    "figure_enter_event",
    "figure_leave_event",
}


class Inputs:
    """Forwards a canvas's events: of motions the newest, of all others each one."""

    def __init__(
        self, canvas: MirrorCanvas, send: Callable[[InputEvent], None]
    ) -> None:
        self._canvas = canvas
        self._send = send
        self._window_id = ""
        self._wanted: frozenset[str] = frozenset()
        self._left_to_kernel = False
        self._position = 0.0, 0.0  # the last one known, in fractions of the canvas
        self._motion: InputEvent | None = None  # the newest, while it waits
        self._pending = PendingActions(canvas)
        self._before = 0  # serial of what the program had got before the present event
        self._timer = single_shot(canvas, _MOTION_MS, self._on_time)
        for kind in INPUT_EVENTS:
            canvas.keep_connected(kind, self._on_event)

    def attach(self, window_id: str) -> None:
        """Forward for this figure; another one than before wants nothing yet."""
        if window_id != self._window_id:
            self.stop()
            self._window_id = window_id

    def want(self, kinds: Iterable[str]) -> None:
        """Forward these of `INPUT_EVENTS` from now on, and no others."""
        self._wanted = frozenset(kinds)

    def leave_to_kernel(self, leaves: bool) -> None:
        """Forward all: the kernel does what the window's own tools did with it."""
        self._left_to_kernel = leaves

    def stop(self) -> None:
        """Forward nothing more, not even what waits."""
        self._wanted = frozenset()
        self._left_to_kernel = False
        self._motion = None
        self._timer.stop()
        self._pending.forget()

    def when_known(self, action: Callable[[bool], bool]) -> None:
        """Run what the window itself does with the present event, now or soon.

        The program may have to answer earlier events first. The action is told whether
        it has, and returns whether it is done; one that is not runs again after it.
        """
        self._pending.run(action, self._before)

    def on_answer(self, serial: int) -> None:
        """Note that the program has handled the events up to this one."""
        self._pending.answer(serial)

    def expect_no_answer(self) -> bool:
        """Let the window act on its own: the kernel is gone, or does all of it.

        Returns whether a key was dropped that may have been meant for the program.
        """
        return self._pending.give_up()

    def wants_drags(self) -> bool:
        """Whether the program may answer a drag of the mouse."""
        return not self._wanted.isdisjoint(_MOUSE)

    def _on_event(self, event: Any) -> None:
        self._before = self._pending.sent
        self._position = self._position_of(event)
        if event.name != _MOTION:
            self._send_motion()  # it came first
        if not self._goes(event.name):
            return
        message = self._message(event)
        if event.name != _MOTION:
            if event.name in _DECIDING and not self._left_to_kernel:
                message = replace(message, serial=self._pending.next_serial())
            self._send(message)
            return
        self._motion = message
        if not self._timer.isActive():  # the mouse has rested: at once
            self._on_time()

    def _on_time(self) -> None:
        if self._motion is not None:
            self._send_motion()
            self._timer.start()

    def _send_motion(self) -> None:
        motion, self._motion = self._motion, None
        self._timer.stop()
        if motion is not None and self._goes(_MOTION):
            self._send(motion)

    def _goes(self, kind: str) -> bool:
        return self._left_to_kernel or kind in self._wanted or self._pending.unanswered

    def _position_of(self, event: Any) -> tuple[float, float]:
        if event.x is None or event.y is None:
            return self._position
        # Both in physical px.
        width, height = self._canvas.figure.bbox.size
        return float(event.x / max(width, 1)), float(event.y / max(height, 1))

    def _message(self, event: Any) -> InputEvent:
        return InputEvent(
            self._window_id,
            event.name,
            *self._position,
            button=_button(event),
            buttons=_buttons(event),
            key=getattr(event, "key", None),
            modifiers=sorted(event.modifiers),
            step=float(getattr(event, "step", 0)),
            dblclick=bool(getattr(event, "dblclick", False)),
            left_to_kernel=self._left_to_kernel,
            **({} if self._left_to_kernel else shown_under(event, self._canvas.figure)),
        )


def _button(event: Any) -> int:
    # Of a scroll event it is "up" or "down", which its step says too.
    button = getattr(event, "button", None)
    return int(button) if isinstance(button, int) else 0


def _buttons(event: Any) -> list[int]:
    if event.name != _MOTION:
        return []
    held = getattr(event, "buttons", None)
    if held is None:  # Matplotlib below 3.10, which knows of one only
        held = {_button(event)} - {0}
    return sorted(map(int, held))
