"""The X screen as a user sees it: windows, stacking, focus, pixels, mouse."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from Xlib import X, display, error

STATUS_BAR = 26  # px at the lower end of a window of ours


@dataclass(frozen=True)
class Otherwise:
    """What is seen in the place of what a test waits for; false."""

    seen: str

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True)
class XWindow:
    """A window that the window manager lists; geometry in px of the screen."""

    id: int
    title: str
    mapped: bool
    left: int
    top: int
    width: int
    height: int


class Screen:
    """One X display; `Screen.of(name)` opens it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._display = display.Display(name)
        self._root = self._display.screen().root

    @classmethod
    @contextlib.contextmanager
    def of(cls, name: str) -> Iterator[Screen]:
        """Open the display for the `with` block."""
        screen = cls(name)
        try:
            yield screen
        finally:
            screen._display.close()

    def windows(self, title: str = "") -> list[XWindow]:
        """Return the windows whose title begins with `title`, bottom to top."""
        found = []
        for window_id in self._root_property("_NET_CLIENT_LIST_STACKING"):
            with contextlib.suppress(error.BadWindow, error.BadDrawable):
                window = self._describe(window_id)
                if window.title.startswith(title):
                    found.append(window)
        return found

    def window(self, title: str) -> XWindow | None:
        """Return the one window of this title, or None."""
        found = self.windows(title)
        return found[0] if len(found) == 1 else None

    def active(self) -> str:
        """Return the title of the window that has the keyboard, "" if none has."""
        with contextlib.suppress(error.BadWindow, error.BadDrawable):
            if window_id := self.active_id():
                return self._describe(window_id).title
        return ""

    def active_id(self) -> int:
        """Return the number of the window that has the keyboard, 0 if none has."""
        ids = self._root_property("_NET_ACTIVE_WINDOW")
        return ids[0] if ids else 0

    def grab(self, window: XWindow) -> np.ndarray[Any, Any]:
        """Return the window's pixels, height x width x 3 (RGB), as they are shown."""
        raw = self._root.get_image(
            *(window.left, window.top, window.width, window.height),
            *(X.ZPixmap, 0xFFFFFFFF),
        )
        pixels = np.frombuffer(raw.data, np.uint8)
        return pixels.reshape(window.height, window.width, 4)[..., 2::-1]

    def pixel(self, x: int, y: int) -> bytes:
        """Return one pixel of the screen."""
        return bytes(self._root.get_image(x, y, 1, 1, X.ZPixmap, 0xFFFFFFFF).data)

    def xdotool(self, *arguments: object) -> None:
        """Move the mouse, click, type, as a user does."""
        subprocess.run(
            ["xdotool", *map(str, arguments)],
            env={"DISPLAY": self.name, "PATH": "/usr/bin:/bin"},
            check=True,
            timeout=20,
        )

    def close(self, window: XWindow) -> None:
        """Ask the window manager to close it, as its close button does."""
        from Xlib.protocol import event

        message = event.ClientMessage(
            window=self._display.create_resource_object("window", window.id),
            client_type=self._display.intern_atom("_NET_CLOSE_WINDOW"),
            data=(32, [0, 2, 0, 0, 0]),
        )
        mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
        self._root.send_event(message, event_mask=mask)
        self._display.flush()

    def _describe(self, window_id: int) -> XWindow:
        window = self._display.create_resource_object("window", window_id)
        name = window.get_full_property(
            self._display.intern_atom("_NET_WM_NAME"), X.AnyPropertyType
        )
        title = name.value.decode() if name is not None else ""
        size = window.get_geometry()
        place = self._root.translate_coords(window, 0, 0)
        mapped = window.get_attributes().map_state == X.IsViewable
        return XWindow(
            window_id, title, mapped, place.x, place.y, size.width, size.height
        )

    def _root_property(self, name: str) -> list[int]:
        atom = self._display.intern_atom(name)
        found = self._root.get_full_property(atom, X.AnyPropertyType)
        return list(found.value) if found is not None else []
