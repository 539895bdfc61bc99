"""The program's own buttons in one window's toolbar. GUI thread."""

from __future__ import annotations

import html
import logging
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.host.desktop.windowcalls import icon_from
from jlab_qtwindows.protocol.model import clip
from jlab_qtwindows.protocol.windowing import MOST_BUTTONS

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["OwnButtons"]

logger = logging.getLogger(__name__)


class OwnButtons:
    """Shows what `SetButtons` says; `pressed` hears of an id and whether it is checked.

    Matplotlib's own buttons may be hidden and disabled by the program, and it may want
    to hear of them; what they do is done in here all the same.
    """

    def __init__(self, toolbar: Any, pressed: Callable[[int, bool], None]) -> None:
        self._toolbar = toolbar
        self._pressed = pressed
        self._order: list[Any] = []
        self._actions: dict[int, Any] = {}  # the program's, by id
        self._icons: dict[int, str] = {}
        self._told: dict[str, int] = {}  # Matplotlib's that the program hears of
        self._forbidden: set[str] = set()
        for name, action in toolbar.buttons.items():
            # Later than what Matplotlib does of it, which was connected before.
            action.triggered.connect(lambda on=False, name=name: self._tell(name, on))
            action.changed.connect(lambda name=name: self._keep_disabled(name))

    def reset(self) -> None:
        """Have Matplotlib's buttons alone."""
        self.show([{"name": name, "id": 0} for name in self._toolbar.buttons])

    def show(self, buttons: list[Any]) -> None:
        """Have these buttons, in this order."""
        known = [b for b in buttons if isinstance(b, dict)][: 2 * MOST_BUTTONS]
        own = self._toolbar.buttons
        named = {b["name"]: b for b in known if b.get("name") in own}
        self._told = {n: _id(b) for n, b in named.items() if b.get("told") is True}
        for name, action in own.items():
            state = named.get(name)
            action.setVisible(state is not None and state.get("visible") is not False)
            forbidden = state is not None and state.get("enabled") is False
            if forbidden:
                self._forbidden.add(name)
                action.setEnabled(False)
            elif name in self._forbidden:
                self._forbidden.discard(name)
                action.setEnabled(True)
        self._toolbar.set_history_buttons()
        kept = {_id(b) for b in known if not b.get("name")}
        for number in [n for n in self._actions if n not in kept]:
            self._toolbar.removeAction(self._actions[number])
            self._actions.pop(number).deleteLater()
            self._icons.pop(number, None)
        order = [b.get("name") or _id(b) for b in known]
        moved, self._order = order != self._order, order
        before = None
        for button in reversed(known):
            if button.get("name") in own:
                before = own[button["name"]]
            elif _id(button) and not button.get("name"):
                action = self._put(button)
                if moved:
                    self._toolbar.insertAction(before, action)  # None: at the end
                before = action

    def _put(self, button: dict[str, Any]) -> Any:
        number = _id(button)
        action = self._actions.get(number)
        if action is None:
            if button.get("separator") is True:
                action = self._toolbar.addSeparator()
            else:
                action = self._toolbar.addAction("")
                action.triggered.connect(
                    lambda on=False: self._pressed(number, bool(on))
                )
            self._actions[number] = action
        if button.get("separator") is not True:
            # Doubled, lest a sign become a shortcut of the keyboard.
            action.setText(clip(str(button.get("text", ""))).replace("&", "&&"))
            tip = html.escape(clip(str(button.get("tip", ""))))
            action.setToolTip(f"<qt>{tip}</qt>")
            action.setCheckable(button.get("checkable") is True)
            action.setChecked(button.get("checked") is True)
            self._give_icon(number, action, str(button.get("icon", "")))
        action.setEnabled(button.get("enabled") is not False)
        action.setVisible(button.get("visible") is not False)
        return action

    def _give_icon(self, number: int, action: Any, png: str) -> None:
        if png and self._icons.get(number) != png:
            self._icons[number] = png
            try:
                action.setIcon(icon_from(png))
            except ValueError as error:
                logger.warning("a button's icon: %s", error)

    def _tell(self, name: str, checked: bool) -> None:
        if name in self._told:
            self._pressed(self._told[name], bool(checked))

    def _keep_disabled(self, name: str) -> None:
        action = self._toolbar.buttons[name]
        if name in self._forbidden and action.isEnabled():
            action.setEnabled(False)


def _id(button: dict[str, Any]) -> int:
    number = button.get("id")
    return number if isinstance(number, int) and 0 < number < 2**31 else 0
