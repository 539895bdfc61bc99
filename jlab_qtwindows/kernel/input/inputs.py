"""What the user does in a window, for the program that listens.

The I/O thread puts it in, the main thread passes it to Matplotlib's callbacks.
"""

from __future__ import annotations

import collections
import inspect
import threading
from typing import Any

from matplotlib.backend_bases import (
    KeyEvent,
    LocationEvent,
    MouseButton,
    MouseEvent,
)

from jlab_qtwindows.protocol.messages import (
    INPUT_EVENTS,
    ButtonPressed,
    InputEvent,
    ToolModeChanged,
    ToolUsed,
    WindowResized,
)

from .callbacks import process
from .shownview import correct, shown_view

__all__ = [
    "Input",
    "InputQueue",
    "has_draw_listeners",
    "has_own_draw",
    "needs_drawing",
    "wanted_events",
]

Input = InputEvent | WindowResized | ToolUsed | ToolModeChanged | ButtonPressed

_MOST_WAITING = 1_000  # events of a kernel that is busy for long; the oldest go first

# What Matplotlib makes of other events, and what it needs to know that a button or key
# is no longer pressed: it says so in the next motion or click.
_MADE_FROM = {
    "axes_enter_event": {"motion_notify_event"},
    "axes_leave_event": {"motion_notify_event"},
    "button_press_event": {"button_release_event"},
    "key_press_event": {"key_release_event"},
    "pick_event": {"button_press_event", "button_release_event", "scroll_event"},
}

# Every figure has callbacks of these: they do what the host does in its own process, or
# serve the events of others.
_MATPLOTLIBS_OWN = frozenset(
    {
        "matplotlib._pylab_helpers",
        "matplotlib.backend_bases",
        "mpl_toolkits.mplot3d.axes3d",
        "jlab_qtwindows.kernel.input.ownhandlers",
        "jlab_qtwindows.kernel.mpl.toolbar",
    }
)

_HAS_BUTTONS = "buttons" in inspect.signature(MouseEvent).parameters  # Matplotlib 3.10


def wanted_events(canvas: Any) -> list[str]:
    """Return the events that the program itself listens to."""
    heard = {
        name
        for name, callbacks in canvas.callbacks.callbacks.copy().items()
        if not all(map(_is_matplotlibs_own, list(callbacks.values())))
    }
    for name in heard & _MADE_FROM.keys():
        heard |= _MADE_FROM[name]
    return sorted(heard & set(INPUT_EVENTS))


def _is_matplotlibs_own(reference: Any) -> bool:
    callback = reference()
    module = getattr(callback, "__module__", None)
    # Not all of that module: `ginput` connects functions of it.
    picks = module == "matplotlib.figure" and callback.__name__ == "pick"
    return picks or module in _MATPLOTLIBS_OWN


def has_draw_listeners(canvas: Any) -> bool:
    """Return whether the program listens to `draw_event`.

    Matplotlib's widgets do so for blitting, which they do not do here.
    """
    connected = canvas.callbacks.callbacks.get("draw_event")
    return bool(connected) and not all(map(_is_a_widgets, list(connected.values())))


def has_own_draw(canvas: Any) -> bool:
    """Return whether the program has put a `draw` of its own in the place of ours.

    Such a one lays the figure out, and may give it another size.
    """
    ours = getattr(type(canvas), "our_draw", None)
    return ours is not None and getattr(canvas.draw, "__func__", None) is not ours


def needs_drawing(canvas: Any) -> bool:
    """Return whether each change is to be drawn in this process."""
    return has_draw_listeners(canvas) or has_own_draw(canvas)


def _is_a_widgets(reference: Any) -> bool:
    owner = getattr(reference(), "__self__", None)
    return type(owner).__module__ == "matplotlib.widgets"


class InputQueue:
    """The events of one figure that wait for the main thread, oldest first."""

    def __init__(self) -> None:
        self._guard = threading.Lock()  # guards `_waiting`
        self._waiting: collections.deque[Input] = collections.deque(
            maxlen=_MOST_WAITING
        )
        self._closed = False
        self._held: set[tuple[str, int]] = set()  # what the program knows as pressed
        self.handled = 0  # serial of the newest event that is passed on, or dropped

    def close(self) -> None:
        """Drop what waits, and what still comes: the figure is closed; any thread."""
        with self._guard:
            self._closed = True
            self._waiting.clear()

    def put(self, message: Input) -> bool:
        """Add an event; return whether `run_next` must be called once more. I/O thread.

        Of motions and sizes that follow each other only the newest is kept.
        """
        with self._guard:
            if self._closed:
                return False
            waiting = len(self._waiting)
            if waiting and _replaces(message, self._waiting[-1]):
                self._waiting[-1] = message
            else:
                self._waiting.append(message)
            return len(self._waiting) > waiting

    def run_next(self, manager: Any) -> None:
        """Pass on the oldest event to this figure's callbacks; main thread."""
        with self._guard:
            if not self._waiting:
                return
            message = self._waiting.popleft()
            self._note_handled(message)
            self._note_held(message)
        if isinstance(message, InputEvent):
            _process(manager.canvas, message)
        elif isinstance(message, WindowResized):
            _resize(manager, message)
        elif manager.toolbar is not None:
            manager.toolbar.handle(message)

    def drop_events(self) -> None:
        """Drop what the user has done in vain; what was pressed is yet released."""
        with self._guard:
            waiting = list(self._waiting)
            self._waiting.clear()
            held = self._held.copy()
            for message in waiting:
                if isinstance(message, InputEvent):
                    release = message.kind.endswith("_release_event")
                    if not release or _switch(message) not in held:
                        self._note_handled(message)
                        continue
                    held.discard(_switch(message))
                self._waiting.append(message)

    def _note_handled(self, message: Input) -> None:
        if isinstance(message, InputEvent) and message.serial:
            self.handled = message.serial

    def _note_held(self, message: Input) -> None:
        if not isinstance(message, InputEvent):
            return
        if message.kind.endswith("_press_event"):
            self._held.add(_switch(message))
        elif message.kind.endswith("_release_event"):
            self._held.discard(_switch(message))

    def __len__(self) -> int:
        return len(self._waiting)


def _switch(message: InputEvent) -> tuple[str, int]:
    """Return the button, or that it is a key; Matplotlib remembers one key only."""
    return message.kind.partition("_")[0], message.button


def _replaces(new: Input, old: Input) -> bool:
    if isinstance(new, InputEvent) and isinstance(old, InputEvent):
        return new.kind == old.kind == "motion_notify_event"
    return type(new) is type(old) and isinstance(new, WindowResized | ToolModeChanged)


def _process(canvas: Any, message: InputEvent) -> None:
    canvas.settle()  # limits and places are those of a figure that is drawn
    with shown_view(canvas, message):
        event = _event_of(canvas, message)
        correct(event, message)
        process(event)


def _event_of(canvas: Any, message: InputEvent) -> Any:
    width, height = canvas.figure.bbox.size
    # Rounded, since Matplotlib cuts off what follows the point: 122.99999 is px 123.
    x, y = round(message.x * width, 6), round(message.y * height, 6)
    kind = message.kind
    if kind.startswith("key_"):
        return KeyEvent(kind, canvas, message.key, x, y, guiEvent=message)
    if kind.startswith("figure_"):
        return LocationEvent(
            kind, canvas, x, y, guiEvent=message, modifiers=message.modifiers
        )
    options: dict[str, Any] = {
        "key": message.key,
        "step": message.step,
        "dblclick": message.dblclick,
        "modifiers": message.modifiers,
        "guiEvent": message,
    }
    if _HAS_BUTTONS and kind == "motion_notify_event":
        options["buttons"] = [MouseButton(button) for button in message.buttons]
    button = MouseButton(message.button) if message.button else None
    return MouseEvent(kind, canvas, x, y, button, **options)


def _resize(manager: Any, message: WindowResized) -> None:
    """Give the figure the size of its window, as the user has set it."""
    manager.adopt_size(message.width, message.height)
    if manager.followed.delivery.shows_frames:
        manager.canvas.draw_idle()  # a picture of the old size would stay, in `ioff`
