"""What the user does on a canvas, and whose it is; between host and kernel."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from jlab_qtwindows.protocol.message import HOST, KERNEL, Message

__all__ = [
    "INPUT_EVENTS",
    "FigureEdited",
    "InputEvent",
    "InputHandled",
    "LockCanvas",
    "UseKeymap",
    "WantEvents",
]

# The events of `matplotlib.backend_bases` that begin in a window.
INPUT_EVENTS = (
    "button_press_event",
    "button_release_event",
    "figure_enter_event",
    "figure_leave_event",
    "key_press_event",
    "key_release_event",
    "motion_notify_event",
    "scroll_event",
)


class WantEvents(Message, senders=(KERNEL,)):
    """The program listens to these events, by Matplotlib's names; no others are sent.

    Any of `INPUT_EVENTS`. With those of `taken` nothing else shall be done: the program
    has disconnected what Matplotlib does with them.
    """

    window_id: str
    kinds: list[str]
    taken: list[str] = field(default_factory=list)


class UseKeymap(Message, senders=(KERNEL,)):
    """Which keys do what: the settings `keymap.*` of the program, by their names."""

    window_id: str
    keymap: dict[str, list[str]]


class LockCanvas(Message, senders=(KERNEL,)):
    """A selector of the program has the canvas for itself, or no longer."""

    window_id: str
    locked: bool


class InputEvent(Message, senders=(HOST,)):
    """What the user did in a window, for a program that listens.

    `x` and `y` are fractions of the figure's width and height, from the lower left
    corner: kernel and window may differ in size and resolution.
    """

    window_id: str
    kind: str  # one of INPUT_EVENTS
    x: float
    y: float
    button: int = 0  # of a press or a release; Matplotlib's MouseButton, 0: none
    buttons: list[int] = field(default_factory=list)  # those that are down in a motion
    key: str | None = None
    modifiers: list[str] = field(default_factory=list)
    step: float = 0.0
    dblclick: bool = False
    # The window shows frames: what its tools and keys do is left to the kernel.
    left_to_kernel: bool = False
    # Of this window: `InputHandled` names it; 0 where no answer is needed.
    serial: int = 0
    # What the window shows there, which may not be what the program's figure has by
    # now: the place of the Axes among `figure.axes` (-1: none; None: not told), x and y
    # in its data, and of each Axes the limits and angles, or nothing.
    axes: int | None = None
    data: list[float] = field(default_factory=list)
    views: list[dict[str, list[float]]] = field(default_factory=list)


class InputHandled(Message, senders=(KERNEL,)):
    """The program's callbacks have run for all events up to this one.

    Whose the next key is has been said before: in `WantEvents`, `UseKeymap` and
    `LockCanvas`, where it has changed.
    """

    window_id: str
    serial: int  # of an `InputEvent`


class FigureEdited(Message, senders=(HOST,)):
    """The user has changed the figure in its window.

    `edits` are lists of path, property and value, as in `protocol.edits`.
    """

    window_id: str
    serial: int  # of this window: the next state that has these edits says so
    edits: list[list[Any]]
