"""The buttons of a window's toolbar, Matplotlib's and the program's; any thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jlab_qtwindows.kernel.process.words import say_once
from jlab_qtwindows.protocol.messages import SetButtons
from jlab_qtwindows.protocol.windowing import MOST_BUTTONS

from .actions import Action

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.kernel.follow.followed import FollowedFigure
    from jlab_qtwindows.protocol.messages import ButtonPressed

__all__ = ["Buttons"]

# Matplotlib's own under Qt, in their order: the text, and the toolbar's method. The
# lines between them are here to be counted, by programs that take the sixth button.
_LINE = "", "line"
_OWN = (
    ("Home", "home"),
    ("Back", "back"),
    ("Forward", "forward"),
    _LINE,
    ("Pan", "pan"),
    ("Zoom", "zoom"),
    ("Subplots", "configure_subplots"),
    ("Customize", "edit_parameters"),
    _LINE,
    ("Save", "save_figure"),
)


class Buttons:
    """Keeps the buttons, and tells the window of each change."""

    def __init__(self, followed: FollowedFigure, toolbar: Any) -> None:
        self._followed = followed
        self.list: list[Action] = []
        for text, name in _OWN:
            action = Action(text, name=name, separator=not text)
            act = getattr(toolbar, name, None)
            if act is not None:
                action.act = act
            self._own(action)
            self.list.append(action)

    def named(self, name: str) -> Action | None:
        """Return the button of Matplotlib that calls this method, if it is there."""
        return next((action for action in self.list if action.name == name), None)

    def add(self, *arguments: Any, before: Action | None = None) -> Action:
        """Put a button there: an icon, a text and a callback, or one made elsewhere."""
        action = self._made_of(arguments)
        if action not in self.list and len(self.list) >= MOST_BUTTONS:
            say_once(
                f"a toolbar has {MOST_BUTTONS} buttons at most; others are not shown"
            )
            return action
        self.remove(action, tell=False)
        place = self.list.index(before) if before in self.list else len(self.list)
        self.list.insert(place, action)
        self._own(action)
        self._tell()
        return action

    def remove(self, action: Action, *, tell: bool = True) -> None:
        """Take a button away."""
        if action in self.list:
            self.list.remove(action)
            if tell:
                self._tell()

    def clear(self) -> None:
        """Take all away."""
        self.list.clear()
        self._tell()

    def press(self, message: ButtonPressed) -> None:
        """Run what is connected to a button; main thread."""
        for action in list(self.list):
            if action.id == message.button:
                action.press(message.checked)

    def _own(self, action: Action) -> None:
        action.changed = self._tell

    def _tell(self) -> None:
        followed = self._followed
        buttons = [action.message() for action in list(self.list)]
        followed.keep_posted(SetButtons(followed.window_id, buttons))

    @staticmethod
    def _made_of(arguments: tuple[Any, ...]) -> Action:
        """Return the button that `addAction(...)` means, by Qt's several ways."""
        if len(arguments) == 1 and isinstance(arguments[0], Action):
            return arguments[0]
        if len(arguments) == 1 and hasattr(arguments[0], "trigger"):
            return _copy_of(arguments[0])
        icon = None
        rest = list(arguments)
        if rest and not isinstance(rest[0], str):
            icon = rest.pop(0)
        if not rest or not isinstance(rest[0], str) or len(rest) > 2:
            raise TypeError(
                "addAction() takes an icon, a text and a callback, or a text"
            )
        action = Action(rest[0])
        if icon is not None:
            action.setIcon(icon)
        if len(rest) == 2:
            callback: Callable[..., Any] = rest[1]
            action.triggered.connect(callback)
        return action


def _copy_of(foreign: Any) -> Action:
    """Return a button that does what a QAction of this process does."""
    action = Action(str(foreign.text()))
    action.setToolTip(str(foreign.toolTip()))
    action.triggered.connect(lambda: foreign.trigger())
    return action
