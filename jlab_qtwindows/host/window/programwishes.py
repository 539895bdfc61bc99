"""What the program asks of one window itself: place, bars, buttons. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jlab_qtwindows.host.tools.ownbuttons import OwnButtons
from jlab_qtwindows.protocol.messages import (
    ControlWindow,
    RaiseWindow,
    ResizeWindow,
    SetButtons,
    SetWindowIcon,
    ShowBars,
    ShowStatus,
    ToggleFullScreen,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.host.desktop.presence import Presence

    from .manager import HostManager

__all__ = ["PROGRAM_WISHES", "ProgramWishes"]

PROGRAM_WISHES = (
    ControlWindow,
    RaiseWindow,
    ResizeWindow,
    SetButtons,
    SetWindowIcon,
    ShowBars,
    ShowStatus,
    ToggleFullScreen,
)


class ProgramWishes:
    """Does what one of the `PROGRAM_WISHES` says; `changed` hears of it."""

    def __init__(
        self,
        manager: HostManager,
        presence: Presence,
        *,
        pressed: Callable[[int, bool], None],  # one of the program's buttons
        changed: Callable[[], None],
    ) -> None:
        self._manager = manager
        self._presence = presence
        self._changed = changed
        self._buttons = OwnButtons(manager.toolbar, pressed)

    def reset(self) -> None:
        """Another figure comes: have Matplotlib's buttons alone, and no text."""
        self._buttons.reset()
        self._manager.status.show_message("", 0)
        self._manager.window.statusBar().show()

    def obey(self, message: Any) -> None:
        """Do what the message says."""
        manager, presence = self._manager, self._presence
        match message:
            case ResizeWindow():
                presence.resize(message.width, message.height)
            case RaiseWindow():
                presence.raise_(keyboard=message.keyboard)
            case ControlWindow():
                presence.control(message.method, message.arguments, message.serial)
            case ToggleFullScreen():
                presence.toggle_full_screen(manager.full_screen_toggle)
            case SetButtons():
                self._buttons.show(message.buttons)
            case SetWindowIcon():
                presence.calls.set_icon(message.png)
            case ShowStatus():
                manager.status.show_message(message.text, message.milliseconds)
            case ShowBars():
                presence.show_bar(manager.toolbar, message.toolbar)
                presence.show_bar(manager.window.statusBar(), message.status)
        self._changed()
