"""What programs use of a toolbar as a QToolBar, seen from afar; any thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .actions import Action

if TYPE_CHECKING:
    from jlab_qtwindows.kernel.follow.followed import FollowedFigure
    from jlab_qtwindows.protocol.messages import ButtonPressed

    from .buttons import Buttons

__all__ = ["ToolbarWidget"]


class ToolbarWidget:
    """Buttons of the program's own, and whether the toolbar is shown."""

    _followed: FollowedFigure
    _buttons: Buttons

    def addAction(self, *arguments: Any) -> Action:
        """Add a button: a text, perhaps an icon before it, a callback behind it."""
        return self._buttons.add(*arguments)

    def insertAction(self, before: Action | None, action: Any) -> None:
        """Put a button before another one."""
        self._buttons.add(action, before=before)

    def addSeparator(self) -> Action:
        """Add a line between buttons."""
        return self._buttons.add(Action(separator=True))

    def insertSeparator(self, before: Action | None) -> Action:
        """Put a line before a button."""
        return self._buttons.add(Action(separator=True), before=before)

    def removeAction(self, action: Action) -> None:
        """Take a button away, Matplotlib's own too."""
        self._buttons.remove(action)

    def clear(self) -> None:
        """Take all buttons away."""
        self._buttons.clear()

    def actions(self) -> list[Action]:
        """Return the buttons, Matplotlib's own first."""
        return list(self._buttons.list)

    def isVisible(self) -> bool:
        """Return whether the window shows the toolbar."""
        return bool(self._followed.manager.bars[0])

    def isHidden(self) -> bool:
        """Return whether the window does not show the toolbar."""
        return not self.isVisible()

    def setVisible(self, visible: bool) -> None:
        """Show the toolbar, or do not."""
        self._followed.manager.show_bars(toolbar=bool(visible))

    def setHidden(self, hidden: bool) -> None:
        """Do not show the toolbar, or do."""
        self.setVisible(not hidden)

    def show(self) -> None:
        """Show the toolbar."""
        self.setVisible(True)

    def hide(self) -> None:
        """Do not show the toolbar."""
        self.setVisible(False)

    def press(self, message: ButtonPressed) -> None:
        """Run what is connected to a button; main thread."""
        self._buttons.press(message)
