"""Where a figure's window is and how it is shown, as far as this process knows.

The host tells each change (I/O thread); what the program asks for counts at once, until
the host has done it and tells what came of it. Any thread reads.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jlab_qtwindows.kernel.process.waits import wait_for
from jlab_qtwindows.protocol.windowing import (
    FULL_SCREEN,
    MAXIMIZED,
    MINIMIZED,
    STATES,
    WINDOW,
    allowed_flags,
)

from .qtvalues import Rect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jlab_qtwindows.protocol.messages import WindowPlaced

__all__ = ["Place", "WindowPlace"]

logger = logging.getLogger(__name__)

# s that a question waits for the first word of a window that opens: a host that is
# started for it takes some.
_FIRST_WORD = 5.0


@dataclass(frozen=True)
class Place:
    """One window at one moment; px as Qt counts them."""

    inner: Rect  # without the frame of the window manager
    frame: Rect
    screen: Rect
    available: Rect  # of the screen, without bars of the desktop
    state: int = 0
    flags: int = WINDOW
    visible: bool = True
    active: bool = False
    ratio: float = 1.0

    def at(self, inner: Rect) -> Place:
        """Return the window at another place, in the same frame."""
        grown = Rect(
            inner.x0 + self.frame.x0 - self.inner.x0,
            inner.y0 + self.frame.y0 - self.inner.y0,
            inner.wide + self.frame.wide - self.inner.wide,
            inner.high + self.frame.high - self.inner.high,
        )
        return replace(self, inner=inner, frame=grown)


class WindowPlace:
    """The newest that is known of one window."""

    def __init__(self, width: int, height: int) -> None:
        here, nowhere = Rect(0, 0, width, height), Rect(0, 0, 0, 0)
        self.now = Place(here, here, nowhere, nowhere)
        self.serial = 0  # of the program's calls
        self._guard = threading.Lock()  # guards `now` and `serial` together
        self._heard = threading.Event()  # a window on the screen was told of

    def note(self, told: WindowPlaced) -> None:
        """Know what the host tells, unless the program has asked for more since."""
        try:
            inner, frame, screen, available = (
                Rect(*map(int, four))
                for four in (told.inner, told.frame, told.screen, told.available)
            )
        except (TypeError, ValueError):
            logger.warning("no window is at %.80r", told.inner)
            return
        with self._guard:
            if told.serial >= self.serial:
                self.now = Place(
                    inner,
                    frame,
                    screen,
                    available,
                    told.state,
                    told.flags,
                    told.visible,
                    told.active,
                    told.ratio,
                )
        if told.visible:
            self._heard.set()

    def expect(self, method: str, arguments: Sequence[int]) -> int:
        """Know what a call of the program will do; return the call's number."""
        with self._guard:
            self.serial += 1
            self.now = _after(self.now, method, arguments)
            if not self.now.visible:
                self._heard.set()
            return self.serial

    def grow(self, dx: int, dy: int) -> None:
        """Know that the canvas is to be so much larger, and the window with it."""
        with self._guard:
            x, y, width, height = self.now.inner
            self.now = self.now.at(Rect(x, y, width + dx, height + dy))

    def wait(self) -> None:
        """Wait, once, for the first word of a window that is about to open."""
        wait_for(self._heard, _FIRST_WORD)
        self._heard.set()


def _after(now: Place, method: str, arguments: Sequence[int]) -> Place:
    """Return what a window is after a call of one of the `WINDOW_METHODS`."""
    if method == "move":
        dx, dy = arguments[0] - now.frame.x0, arguments[1] - now.frame.y0
        return now.at(now.inner.translated(dx, dy))
    if method in ("resize", "setFixedSize"):
        return now.at(Rect(now.inner.x0, now.inner.y0, *arguments))
    if method == "setGeometry":
        return now.at(Rect(*arguments))
    if method == "setWindowFlags":
        return replace(now, flags=allowed_flags(arguments[0]))
    if method == "setWindowState":
        return replace(now, state=arguments[0] & STATES)
    if method in ("hide", "show"):
        return replace(now, visible=method == "show")
    shown = {
        "showFullScreen": FULL_SCREEN,
        "showMaximized": MAXIMIZED,
        "showMinimized": now.state | MINIMIZED,
        "showNormal": 0,
    }
    if method in shown:
        return replace(now, visible=True, state=shown[method])
    return now
