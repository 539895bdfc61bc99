"""The toolbar of a window, and the tool in hand; between kernel and host."""

from __future__ import annotations

from typing import Any

from jlab_qtwindows.protocol.message import HOST, KERNEL, Message

__all__ = [
    "TOOLBAR_ACTIONS",
    "TOOLBAR_MODES",
    "WINDOW_ACTIONS",
    "WINDOW_DIALOGS",
    "ButtonPressed",
    "SetButtons",
    "SetHistoryButtons",
    "SetToolbarMode",
    "ToolModeChanged",
    "ToolUsed",
    "UseTool",
]

# What the buttons of a window's toolbar do, by the names of Matplotlib's methods: those
# that act on the figure, and those that a program may ask of the window.
TOOLBAR_ACTIONS = ("home", "back", "forward", "pan", "zoom")
WINDOW_DIALOGS = ("save_figure", "edit_parameters")
WINDOW_ACTIONS = ("home", "back", "forward", *WINDOW_DIALOGS)

# What `toolbar.mode` may be.
TOOLBAR_MODES = ("", "pan/zoom", "zoom rect")


class UseTool(Message, senders=(KERNEL,)):
    """Do what this button of the window's toolbar does: one of `WINDOW_ACTIONS`."""

    window_id: str
    action: str


class SetToolbarMode(Message, senders=(KERNEL,)):
    """Have this one of `TOOLBAR_MODES`; of a figure that travels as frames, show it."""

    window_id: str
    mode: str


class SetButtons(Message, senders=(KERNEL,)):
    """Have these buttons in the toolbar, in this order; all of them, each time.

    Each has an `id`. Of Matplotlib's own there is also the `name` of its method, and
    whether the program wants to be `told` of it; of the program's `text`, `tip`, `icon`
    (PNG in base64), `separator`, `checkable`, `checked`. All are `enabled`, `visible`.
    """

    window_id: str
    buttons: list[dict[str, Any]]


class SetHistoryButtons(Message, senders=(KERNEL,)):
    """Of a figure that travels as frames: whether there is a view to go to."""

    window_id: str
    back: bool
    forward: bool


class ToolUsed(Message, senders=(HOST,)):
    """The user has pressed a button of the toolbar of a window that shows frames."""

    window_id: str
    action: str  # one of TOOLBAR_ACTIONS


class ButtonPressed(Message, senders=(HOST,)):
    """The user has pressed a button that the program wants to hear of."""

    window_id: str
    button: int  # its `id` in `SetButtons`
    checked: bool


class ToolModeChanged(Message, senders=(HOST,)):
    """The window's own toolbar has this one of `TOOLBAR_MODES` now."""

    window_id: str
    mode: str
