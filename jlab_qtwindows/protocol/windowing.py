"""What a program may ask of its native window, by Qt's names and numbers.

Any thread, any process.
"""

from __future__ import annotations

__all__ = [
    "FULL_SCREEN",
    "LASTING_METHODS",
    "MAXIMIZED",
    "MINIMIZED",
    "MOST_BUTTONS",
    "MOST_ICON_BYTES",
    "MOST_ICON_SIZE",
    "SIZING_METHODS",
    "STATES",
    "WINDOW",
    "WINDOW_METHODS",
    "allowed_flags",
]

# The methods, and how many numbers each takes: px, flags, or percent of opacity.
WINDOW_METHODS = {
    "activateWindow": 0,
    "hide": 0,
    "lower": 0,
    "move": 2,
    "raise_": 0,
    "resize": 2,
    "setFixedSize": 2,
    "setGeometry": 4,
    "setMaximumSize": 2,
    "setMinimumSize": 2,
    "setWindowFlags": 1,
    "setWindowOpacity": 1,
    "setWindowState": 1,
    "show": 0,
    "showFullScreen": 0,
    "showMaximized": 0,
    "showMinimized": 0,
    "showNormal": 0,
}

# Those that give the window another size, and those that hold for as long as it is
# there: a window that takes its place is told them again.
SIZING_METHODS = (
    "resize",
    "setFixedSize",
    "setGeometry",
    "setMaximumSize",
    "setMinimumSize",
    "setWindowState",
    "showFullScreen",
    "showMaximized",
    "showNormal",
)
LASTING_METHODS = (
    "setFixedSize",
    "setMaximumSize",
    "setMinimumSize",
    "setWindowFlags",
    "setWindowOpacity",
)

# Qt::WindowState
MINIMIZED, MAXIMIZED, FULL_SCREEN = 1, 2, 4
STATES = MINIMIZED | MAXIMIZED | FULL_SCREEN

# Qt::WindowType: a window, a dialog, a tool window; and what may be added to it: no
# frame, which buttons the title has, on top, at the bottom, no keyboard. Nothing that
# takes the mouse from other programs, or the window from its manager.
WINDOW, _DIALOG, _TOOL = 0x1, 0x3, 0xB
_TYPE, _HINTS = 0xFF, 0x8E27_F800

MOST_BUTTONS = 64  # of the program's own in one toolbar
MOST_ICON_BYTES = 100_000  # of one picture, as PNG
MOST_ICON_SIZE = 256  # px


def allowed_flags(flags: int) -> int:
    """Return as much of these flags as a window of a figure may have."""
    kind = flags & _TYPE
    return (kind if kind in (_DIALOG, _TOOL) else WINDOW) | flags & _HINTS
