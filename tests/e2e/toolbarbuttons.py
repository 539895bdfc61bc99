"""Where the buttons of a window's toolbar are, found by their pictures."""

from __future__ import annotations

import numpy as np
from screen import STATUS_BAR, Screen, XWindow

_INK = 60  # the darkest part of a light window are the pictures on its buttons
_GAP = 10  # px, less than between two buttons and more than within one, with its word
_HEIGHT = 480  # px of the canvas, in these tests
# From the right end; those to the left of `pan` are grey while they do nothing.
_FROM_RIGHT = ("freeze", "follow", "hold", "save", "options", "subplots", "zoom", "pan")
_AFTER_HOME = ("back", "forward")


def place_of(screen: Screen, window: XWindow, name: str) -> tuple[int, int] | None:
    """Return the place of a button in a window with room for all of them.

    None while they are not drawn, or covered by something.
    """
    bottom = window.height - _HEIGHT - STATUS_BAR
    toolbar = screen.grab(window)[2 : bottom - 3]
    columns = np.flatnonzero((toolbar.max(axis=2) < _INK).any(axis=0))
    pictures = np.split(columns, np.flatnonzero(np.diff(columns) > _GAP) + 1)
    if len(pictures) <= len(_FROM_RIGHT):
        return None
    places = [int(picture[0] + picture[-1]) // 2 for picture in pictures]
    if name == "home":
        x = places[0]
    elif name in _AFTER_HOME:
        pitch = places[-_FROM_RIGHT.index("zoom") - 1] - places[-len(_FROM_RIGHT)]
        x = places[0] + pitch * (_AFTER_HOME.index(name) + 1)
    else:
        x = places[-_FROM_RIGHT.index(name) - 1]
    return window.left + x, window.top + bottom // 2
