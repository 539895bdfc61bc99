"""What `fig.canvas.manager.window` is here: the native window, seen from afar.

Its methods have Qt's names and return at once; the host does what they say. Any thread.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.messages import WINDOW_METHODS, ControlWindow

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["RemoteWindow"]


class RemoteWindow:
    """A few methods of a QMainWindow; any other name says which there are.

    `activateWindow`, `hide`, `move`, `raise_`, `resize`, `setGeometry`, `show`,
    `showFullScreen`, `showMaximized`, `showMinimized`, `showNormal` are sent to the
    window; sizes and places in px.
    """

    def __init__(self, manager: Any) -> None:
        self._manager = manager

    def setWindowTitle(self, title: str) -> None:  # Qt's name
        """Set the title."""
        self._manager.set_window_title(title)

    def windowTitle(self) -> str:
        """Return the title, without the notebook's name."""
        title: str = self._manager.get_window_title()
        return title

    def isVisible(self) -> bool:
        """Return whether the figure has a window."""
        opened: bool = self._manager.followed.opened
        return opened

    def close(self) -> bool:
        """Close the figure, as the person does who closes the window."""
        from matplotlib._pylab_helpers import Gcf

        Gcf.destroy(self._manager)
        return True

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name not in WINDOW_METHODS:
            raise AttributeError(
                f"the window of a figure has no {name!r} here: it is in another "
                f"process. It has {', '.join(dir(self))}"
            )
        count = WINDOW_METHODS[name]

        def call(*arguments: int) -> None:
            if len(arguments) != count:
                raise TypeError(f"{name}() takes {count} numbers, not {len(arguments)}")
            followed = self._manager.followed
            message = ControlWindow(
                followed.window_id, name, [operator.index(a) for a in arguments]
            )
            followed.post(message, (ControlWindow, name))

        return call

    def __dir__(self) -> list[str]:
        own = [name for name in vars(type(self)) if not name.startswith("_")]
        return sorted([*own, *WINDOW_METHODS])
