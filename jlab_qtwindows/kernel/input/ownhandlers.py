"""What Matplotlib connects to every canvas, and windows do themselves. Main thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib import backend_bases

from jlab_qtwindows.protocol.messages import InputEvent

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["is_for_us", "leave_to_window", "taken_events"]

# By the attribute of the manager that holds its id, what Matplotlib connects to every
# canvas: its keys, the back and forward buttons of a mouse, and since 3.11 the wheel.
_HANDLERS = {
    "key_press_handler": "key_press_event",
    "button_press_handler": "button_press_event",
    "scroll_handler": "scroll_event",
}


def is_for_us(event: Any) -> bool:
    """Return whether the window has not done itself what Matplotlib does of an event.

    True of the events of windows with frames, and of those that a program makes.
    """
    message = event.guiEvent
    return not isinstance(message, InputEvent) or message.left_to_kernel


def leave_to_window(manager: Any) -> None:
    """Have Matplotlib's own keys act only where the window has not done it."""
    for name, signal in _HANDLERS.items():
        cid = getattr(manager, f"{name}_id", None)
        if cid is not None:
            manager.canvas.mpl_disconnect(cid)
            guarded = _guarded(getattr(backend_bases, name))
            setattr(manager, f"{name}_id", manager.canvas.mpl_connect(signal, guarded))


def taken_events(manager: Any) -> list[str]:
    """Return the events that are not for Matplotlib's own handlers.

    The program has disconnected them, or a text of a tool manager has the keys.
    """
    connected = manager.canvas.callbacks.callbacks
    taken = [
        signal
        for name, signal in _HANDLERS.items()
        if (cid := getattr(manager, f"{name}_id", None)) is not None
        and cid not in connected.get(signal, {})
    ]
    keys = getattr(getattr(manager, "toolmanager", None), "keypresslock", None)
    return ["key_press_event"] if keys is not None and keys.locked() else taken


def _guarded(handler: Callable[[Any], None]) -> Callable[[Any], None]:
    def handle(event: Any) -> None:
        if is_for_us(event):
            handler(event)

    return handle
