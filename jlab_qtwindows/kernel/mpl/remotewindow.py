"""What `fig.canvas.manager.window` is here: the native window, seen from afar.

Its methods have Qt's names and return at once: the host does what they say, and what
they answer is what the host has told last. Any thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jlab_qtwindows.kernel.process.figurelist import Gcf
from jlab_qtwindows.protocol.messages import ControlWindow, SetWindowIcon
from jlab_qtwindows.protocol.model import clip
from jlab_qtwindows.protocol.windowing import (
    FULL_SCREEN,
    LASTING_METHODS,
    MAXIMIZED,
    MINIMIZED,
    WINDOW_METHODS,
)

from .pictures import encode_icon
from .qtvalues import Flags, Point, Rect, Size, numbers, to_int
from .statusbar import RemoteScreen, RemoteStatusBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from .place import Place

__all__ = ["RemoteWindow"]


class RemoteWindow:
    """What programs use of a QMainWindow; any other name says what there is.

    Sizes and places are in px, as numbers or as what Qt has for them; flags are numbers
    or the enums of any Qt binding.
    """

    def __init__(self, manager: Any) -> None:
        self._manager = manager
        self._icon: Any = None
        self._status = RemoteStatusBar(manager)

    # -- title, icon, what is in it ----------------------------------------------------

    def setWindowTitle(self, title: str) -> None:  # Qt's name
        """Set the title."""
        self._manager.set_window_title(title)

    def windowTitle(self) -> str:
        """Return the title, without the notebook's name."""
        title: str = self._manager.get_window_title()
        return title

    def setWindowIcon(self, icon: Any) -> None:
        """Set the icon: a file's path, its bytes, an RGB(A) array, a QIcon, a QImage.

        What cannot be sent is said once, and the icon stays.
        """
        png = encode_icon(icon)
        if png:
            self._icon = icon
            followed = self._manager.followed
            followed.keep_posted(SetWindowIcon(followed.window_id, png))

    def windowIcon(self) -> Any:
        """Return what the program has set, or None."""
        return self._icon

    def statusBar(self) -> RemoteStatusBar:
        """Return the line below the canvas."""
        return self._status

    def centralWidget(self) -> Any:
        """Return the canvas."""
        return self._manager.canvas

    # -- where it is -------------------------------------------------------------------

    def geometry(self) -> Rect:
        """Return where it is, without the frame of the window manager."""
        return self._now().inner

    def frameGeometry(self) -> Rect:
        """Return where it is, with the frame of the window manager."""
        return self._now().frame

    def pos(self) -> Point:
        """Return the upper left corner of the frame, which `move` sets."""
        return self._now().frame.topLeft()

    def x(self) -> int:
        """Return the left end of the frame."""
        return self._now().frame.x()

    def y(self) -> int:
        """Return the upper end of the frame."""
        return self._now().frame.y()

    def size(self) -> Size:
        """Return the size without the frame, which `resize` sets."""
        return self._now().inner.size()

    def frameSize(self) -> Size:
        """Return the size with the frame."""
        return self._now().frame.size()

    def rect(self) -> Rect:
        """Return the size as a rectangle at 0, 0."""
        return Rect(0, 0, *self.size())

    def width(self) -> int:
        """Return the width without the frame."""
        return self._now().inner.width()

    def height(self) -> int:
        """Return the height without the frame."""
        return self._now().inner.height()

    def screen(self) -> RemoteScreen:
        """Return the screen on which it is."""
        now = self._now()
        return RemoteScreen(now.screen, now.available, now.ratio)

    def devicePixelRatio(self) -> float:
        """Return how many px of the screen are one of these px."""
        return self._now().ratio

    devicePixelRatioF = devicePixelRatio

    # -- how it is shown ---------------------------------------------------------------

    def isVisible(self) -> bool:
        """Return whether the figure has a window that is shown."""
        return bool(self._manager.followed.opened and self._manager.place.now.visible)

    def isHidden(self) -> bool:
        """Return whether it is not shown."""
        return not self.isVisible()

    def setVisible(self, visible: bool) -> None:
        """Show it, or hide it."""
        self._call("show" if visible else "hide")

    def setHidden(self, hidden: bool) -> None:
        """Hide it, or show it."""
        self.setVisible(not hidden)

    def windowState(self) -> Flags:
        """Return which it is of minimized (1), maximized (2) and full screen (4)."""
        return Flags(self._now().state)

    def isMinimized(self) -> bool:
        """Return whether it is minimized."""
        return bool(self._now().state & MINIMIZED)

    def isMaximized(self) -> bool:
        """Return whether it is maximized."""
        return bool(self._now().state & MAXIMIZED)

    def isFullScreen(self) -> bool:
        """Return whether it fills the screen."""
        return bool(self._now().state & FULL_SCREEN)

    def isActiveWindow(self) -> bool:
        """Return whether it has the keyboard."""
        return self._now().active

    def windowFlags(self) -> Flags:
        """Return Qt's flags, `WindowStaysOnTopHint` and the like."""
        return Flags(self._now().flags)

    def setWindowFlag(self, flag: Any, on: bool = True) -> None:
        """Set or clear one of Qt's flags."""
        flags, bit = self.windowFlags(), to_int(flag)
        self._call("setWindowFlags", flags | bit if on else flags & ~bit)

    def setWindowOpacity(self, level: float) -> None:
        """Let what is behind shine through: 0 is all of it, 1 nothing."""
        self._call("setWindowOpacity", round(100 * min(max(float(level), 0.0), 1.0)))

    def close(self) -> bool:
        """Close the figure, as the user does who closes the window."""
        Gcf.destroy(self._manager)
        return True

    # ----------------------------------------------------------------------------------

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name not in WINDOW_METHODS:
            raise AttributeError(
                f"the window of a figure has no {clip(name)!r} here: it is in another "
                f"process. It has {', '.join(dir(self))}"
            )
        return lambda *arguments: self._call(name, *arguments)

    def __dir__(self) -> list[str]:
        own = [name for name in vars(type(self)) if not name.startswith("_")]
        return sorted({*own, *WINDOW_METHODS})

    def _now(self) -> Place:
        return self._manager.known_place()  # type: ignore[no-any-return]

    def _call(self, method: str, *arguments: Any) -> None:
        given, count = numbers(arguments), WINDOW_METHODS[method]
        if len(given) != count:
            raise TypeError(f"{method}() takes {count} numbers, not {len(given)}")
        followed = self._manager.followed
        serial = self._manager.place.expect(method, given)
        message = ControlWindow(followed.window_id, method, given, serial)
        kind = ControlWindow, method
        if method in LASTING_METHODS:
            followed.keep_posted(message, kind)
        else:
            followed.post(message, kind)
