"""What Matplotlib's tool manager adds its tools to; any thread.

With `rcParams["toolbar"] = "toolmanager"` a program may add tools of its own: they are
buttons in the window's toolbar. Matplotlib's own tools are the window's: it acts on
them as always, whatever the kernel does.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from matplotlib import backend_tools
from matplotlib.backend_bases import ToolContainerBase

from jlab_qtwindows.kernel.input.ownhandlers import is_for_us
from jlab_qtwindows.protocol.messages import (
    ButtonPressed,
    SetToolbarMode,
    ToolModeChanged,
    ToolUsed,
    UseTool,
)

from .actions import Action
from .buttons import Buttons
from .toolbarwidget import ToolbarWidget

if TYPE_CHECKING:
    from jlab_qtwindows.kernel.follow.followed import FollowedFigure

__all__ = ["ToolContainer", "leave_keys_to_window", "register_tools"]

# Matplotlib's tools that the window's own toolbar has, and its methods for them.
_WINDOWS_OWN = {
    "home": "home",
    "back": "back",
    "forward": "forward",
    "pan": "pan",
    "zoom": "zoom",
    "subplots": "configure_subplots",
    "save": "save_figure",
}
# Those that it does of their keys alone.
_KEYS = {"grid", "grid_minor", "xscale", "yscale", "fullscreen", "copy", "quit"}
_OWN_TOOLS = _KEYS | _WINDOWS_OWN.keys()
_MODES = {"pan": "pan/zoom", "zoom": "zoom rect"}


def leave_keys_to_window(toolmanager: Any, canvas: Any) -> None:
    """Have a tool manager act on no key on which the window has acted already."""
    press = getattr(toolmanager, "_key_press", None)
    cid = getattr(toolmanager, "_key_press_handler_id", None)
    if toolmanager is None:
        return
    if press is None or cid is None:
        # Private names: without them its own tools have no keys, not even for frames.
        for name in _OWN_TOOLS & toolmanager.tools.keys():
            toolmanager.update_keymap(name, ())
        return

    def on_key(event: Any) -> None:
        if is_for_us(event) or not any(
            event.key in toolmanager.get_tool_keymap(name)
            for name in _OWN_TOOLS
            if _is_windows_own(toolmanager, name)
        ):
            press(event)

    canvas.mpl_disconnect(cid)
    toolmanager._key_press_handler_id = canvas.mpl_connect("key_press_event", on_key)


def _is_windows_own(toolmanager: Any, name: str) -> bool:
    """Return whether a tool is Matplotlib's, and none of the program in its place."""
    tool = toolmanager.tools.get(name)
    return (
        name in _OWN_TOOLS
        and tool is not None
        and type(tool).__module__ in (backend_tools.__name__, __name__)
    )


class ToolContainer(ToolContainerBase, ToolbarWidget):
    """Shows the program's tools as buttons of the window's toolbar."""

    def __init__(self, toolmanager: Any) -> None:
        self._followed: FollowedFigure = toolmanager.canvas.followed
        self._buttons = Buttons(self._followed, None)
        self._tools: dict[str, list[Action]] = {}
        self._groups: dict[str, list[Action]] = {}
        self._adopting = False  # what the window has told is done in here
        super().__init__(toolmanager)
        for name, method in _WINDOWS_OWN.items():
            action = self._buttons.named(method)
            if action is not None:
                action.act = functools.partial(self.trigger_tool, name)

    def add_toolitem(
        self,
        name: str,
        group: str,
        position: int,
        image: str | None,
        description: str | None,
        toggle: bool,
    ) -> None:
        """Show a tool: as a button, unless it is one of the window's own."""
        if _is_windows_own(self.toolmanager, name):
            own = self._buttons.named(_WINDOWS_OWN.get(name, ""))
            if own is not None:
                self._tools.setdefault(name, []).append(own)
                self._groups.setdefault(group, []).append(own)
            return
        if type(self.toolmanager.get_tool(name)) is backend_tools.ToolHelpBase:
            return  # it does nothing here
        action = Action(name)
        action.setToolTip(description or name)
        action.setCheckable(toggle)
        if image:
            action.setIcon(image)
        action.triggered.connect(lambda: self.trigger_tool(name))
        members = self._groups.setdefault(group, [])
        before = members[position] if 0 <= position < len(members) else None
        if not members:
            members.append(self.addSeparator())
        self._buttons.add(action, before=before or self._behind(members[-1]))
        members.insert(members.index(before) if before else len(members), action)
        self._tools.setdefault(name, []).append(action)

    def _behind(self, last: Action) -> Action | None:
        """Return the button before which a new last one of a group comes."""
        found = self.actions()
        place = found.index(last) + 1 if last in found else len(found)
        return found[place] if place < len(found) else None

    def toggle_toolitem(self, name: str, toggled: bool) -> None:
        """Show whether a tool is in use."""
        for action in self._tools.get(name, []):
            action.show_checked(toggled)

    def remove_toolitem(self, name: str) -> None:
        """Take a tool's button away."""
        for action in self._tools.pop(name, []):
            self.removeAction(action)
            for members in self._groups.values():
                if action in members:
                    members.remove(action)

    def set_message(self, s: str) -> None:
        """Take the coordinates, which the window shows itself."""

    def handle(self, message: ToolUsed | ToolModeChanged | ButtonPressed) -> None:
        """Do what the user did with the window's toolbar; main thread."""
        if isinstance(message, ButtonPressed):
            self.press(message)
        elif isinstance(message, ToolModeChanged):
            self._adopt_mode(message.mode)
        elif message.action in _WINDOWS_OWN:
            self.trigger_tool(message.action)

    def tell_mode(self, mode: str) -> None:
        """Have the window take this tool in hand, unless it has told so itself."""
        told = SetToolbarMode(self._followed.window_id, mode)
        if self._adopting:
            self._followed.outbox.stand(told)
        else:
            self._followed.keep_posted(told)

    def _adopt_mode(self, mode: str) -> None:
        """Have the tool in hand that the window has."""
        in_hand = self.toolmanager.active_toggle.get("default")
        wanted = next((name for name, word in _MODES.items() if word == mode), None)
        if in_hand in (None, *_MODES) and wanted != in_hand:
            self._adopting = True
            try:
                self.trigger_tool(wanted or str(in_hand))
            finally:
                self._adopting = False


class _Step:
    """A tool that is one act, of the window where that has the figure."""

    figure: Any
    _action = "home"

    def trigger(self, *args: Any) -> None:
        followed = self.figure.canvas.followed
        if followed.delivery.shows_frames:
            super().trigger(*args)  # type: ignore[misc]
        else:
            followed.post(UseTool(followed.window_id, self._action))


class _Mode:
    """A tool that stays in hand, the window's where that has the figure.

    It has the canvas's `widgetlock` then, so that selectors ignore its drags.
    """

    figure: Any
    _mode = ""
    _in_window = False

    def enable(self, event: Any = None) -> None:
        canvas = self.figure.canvas
        self._in_window = not canvas.followed.delivery.shows_frames
        if self._in_window:
            canvas.widgetlock(self)
            canvas.manager.toolbar.tell_mode(self._mode)
        else:
            super().enable(event)  # type: ignore[misc]

    def disable(self, event: Any = None) -> None:
        canvas = self.figure.canvas
        if self._in_window:
            canvas.widgetlock.release(self)
            canvas.manager.toolbar.tell_mode("")
        else:
            super().disable(event)  # type: ignore[misc]


class WindowHome(_Step, backend_tools.ToolHome):
    """Shows the first view in the window."""


class WindowBack(_Step, backend_tools.ToolBack):
    """Shows the view before this one in the window."""

    _action = "back"


class WindowForward(_Step, backend_tools.ToolForward):
    """Shows the view after this one in the window."""

    _action = "forward"


class WindowSave(_Step, backend_tools.SaveFigureBase):
    """Has the window ask for a file's name."""

    _action = "save_figure"


class WindowPan(_Mode, backend_tools.ToolPan):
    """Pans in the window."""

    _mode = "pan/zoom"


class WindowZoom(_Mode, backend_tools.ToolZoom):
    """Zooms in the window."""

    _mode = "zoom rect"


def register_tools(canvas_class: type) -> None:
    """Have a tool manager use the tools above for this canvas."""
    register = getattr(backend_tools, "_register_tool_class", None)
    if register is not None:  # else Matplotlib's own act on the kernel's figure
        for tool in (
            *(WindowHome, WindowBack, WindowForward),
            *(WindowSave, WindowPan, WindowZoom),
        ):
            register(canvas_class, tool)
