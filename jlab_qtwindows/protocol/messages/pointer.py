"""What a window shows where the mouse is; between kernel and host."""

from __future__ import annotations

from jlab_qtwindows.protocol.message import HOST, KERNEL, Message

__all__ = [
    "WINDOW_CURSORS",
    "AskCoordinates",
    "CoordinatesWritten",
    "ShowCoordinates",
    "ShowCursor",
    "ShowRubberBand",
]

# The cursor shapes of `matplotlib.backend_tools.Cursors`.
WINDOW_CURSORS = (
    "HAND",
    "MOVE",
    "POINTER",
    "RESIZE_HORIZONTAL",
    "RESIZE_VERTICAL",
    "SELECT_REGION",
    "WAIT",
)


class ShowCursor(Message, senders=(KERNEL,)):
    """Give the mouse this one of `WINDOW_CURSORS` over the canvas."""

    window_id: str
    cursor: str


class ShowRubberBand(Message, senders=(KERNEL,)):
    """Draw the rectangle of a zoom; without corners, remove it.

    `corners` are x0, y0, x1, y1 in fractions of the figure, as in `InputEvent`.
    """

    window_id: str
    corners: list[float]


class ShowCoordinates(Message, senders=(KERNEL,)):
    """Show what is under the mouse, where the window shows coordinates."""

    window_id: str
    text: str


class AskCoordinates(Message, senders=(HOST,)):
    """Have the program's own functions write this place of an Axes, in data units.

    `axes` is its number in the figure.
    """

    window_id: str
    serial: int
    axes: int
    x: float
    y: float


class CoordinatesWritten(Message, senders=(KERNEL,)):
    """The answer to `AskCoordinates`; no text: none could be written."""

    window_id: str
    serial: int
    text: str
