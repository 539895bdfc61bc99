"""Three buttons after Matplotlib's own: hold the view, follow, freeze. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jlab_qtwindows.host.qt import QtGui

from .icons import PaintedIcon, paint_follow, paint_freeze, paint_hold
from .labels import Labels

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ViewButtons"]

_HOLD = (
    "Hold view: keeps these limits, whatever limits the program sets. "
    "Press again, or Follow, to let go"
)
_HOLD_NOTHING = (
    "Hold view: not for a figure that is shown as pictures, which has no limits here"
)
_FOLLOW = (
    "Follow: shows the limits and pictures of the program again. "
    "Zoom, pan, Hold view or Freeze to leave them"
)
_FREEZE = (
    "Freeze: keeps this picture while the program goes on. "
    "Press again, or Follow, to see the newest one"
)


class ViewButtons:
    """Puts the buttons on a toolbar, and tells what the user wants.

    They are labelled where the toolbar has room for words.
    """

    def __init__(
        self,
        toolbar: Any,
        *,
        on_hold: Callable[[bool], None],
        on_follow: Callable[[], None],
        on_freeze: Callable[[bool], None],
    ) -> None:
        self._toolbar = toolbar
        self._badge = 0
        toolbar.addSeparator()
        self.hold = self._add("Hold view", _HOLD, paint_hold)
        self.follow = self._add("Follow", _FOLLOW, paint_follow)
        self.freeze = self._add("Freeze", _FREEZE, paint_freeze)
        self.hold.setCheckable(True)
        self.freeze.setCheckable(True)
        self.hold.toggled.connect(on_hold)
        self.freeze.toggled.connect(on_freeze)
        # A lambda: the signal would hand over whether the action is checked.
        self.follow.triggered.connect(lambda *_: on_follow())
        self._labels = Labels(toolbar, [self.hold, self.follow, self.freeze])

    def release(self) -> None:
        """Let go of view and picture."""
        self.hold.setChecked(False)
        self.freeze.setChecked(False)

    def show_frames(self, shows: bool) -> None:
        """Hold no limits where there are none: the window has pixels."""
        if shows:
            self.hold.setChecked(False)
        self.hold.setEnabled(not shows)
        self.hold.setToolTip(_HOLD_NOTHING if shows else _HOLD)

    def show_waiting(self, count: int) -> None:
        """Show on the button how many states wait for the release; 0 shows nothing."""
        if count != self._badge:
            self._badge = count
            self.freeze.setIcon(self._icon(paint_freeze, count))

    def _add(self, name: str, tip: str, picture: Callable[[Any], None]) -> Any:
        action = self._toolbar.addAction(self._icon(picture), name)
        action.setToolTip(tip)
        return action

    def _icon(self, picture: Callable[[Any], None], badge: int = 0) -> Any:
        return QtGui.QIcon(PaintedIcon(picture, self._toolbar, badge))
