"""What programs use of a window's status bar and of its screen, seen from afar.

Any thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jlab_qtwindows.protocol.messages import ShowStatus
from jlab_qtwindows.protocol.model import clip

if TYPE_CHECKING:
    from .qtvalues import Rect, Size

__all__ = ["RemoteScreen", "RemoteStatusBar"]

_LONGEST = 2**31 - 1  # ms, the most that Qt knows


class RemoteStatusBar:
    """Some of QStatusBar: the program's text stands where the window's state does."""

    def __init__(self, manager: Any) -> None:
        self._manager = manager
        self._text = ""

    def showMessage(self, message: str, timeout: int = 0) -> None:
        """Show a text, for `timeout` ms; 0: until another one comes."""
        self._text = clip(str(message))
        followed = self._manager.followed
        milliseconds = min(max(int(timeout), 0), _LONGEST)
        shown = ShowStatus(followed.window_id, self._text, milliseconds)
        if milliseconds:
            # A window that takes the place of this one is not to show it any more.
            followed.outbox.withdraw(ShowStatus)
            followed.post(shown)
        else:
            followed.keep_posted(shown)

    def clearMessage(self) -> None:
        """Show the state of the window again."""
        self.showMessage("")

    def currentMessage(self) -> str:
        """Return the program's last text."""
        return self._text

    def isVisible(self) -> bool:
        """Return whether it is shown."""
        return bool(self._manager.bars[1])

    def setVisible(self, visible: bool) -> None:
        """Show it or not."""
        self._manager.show_bars(status=bool(visible))

    def show(self) -> None:
        """Show it."""
        self.setVisible(True)

    def hide(self) -> None:
        """Hide it."""
        self.setVisible(False)


class RemoteScreen(NamedTuple):
    """Some of QScreen."""

    whole: Rect
    available: Rect
    ratio: float

    def geometry(self) -> Rect:
        return self.whole

    def availableGeometry(self) -> Rect:
        """Return the room without the bars of the desktop."""
        return self.available

    def size(self) -> Size:
        return self.whole.size()

    def availableSize(self) -> Size:
        return self.available.size()

    def devicePixelRatio(self) -> float:
        return self.ratio
