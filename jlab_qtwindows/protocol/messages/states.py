"""The states of a figure on their way to its window; between kernel and host."""

from __future__ import annotations

from jlab_qtwindows.protocol.message import HOST, KERNEL, Message

__all__ = [
    "FigureBehind",
    "FigureRejected",
    "FigureShown",
    "SendFull",
    "UpdateFigure",
    "UpdateTaken",
]


class UpdateFigure(Message, senders=(KERNEL,)):
    """A state of a figure, in the binary parts.

    kind "mirror": a pickle of `{"figure", "style"}` and its out-of-band buffers.
    kind "frame": one part of height x width x 4 bytes, RGBA, straight alpha.
    """

    window_id: str
    revision: int
    kind: str
    transfer: str  # "mirror", "mirror-by-value" or "frames": the rung of the ladder
    reason: str = ""  # why this rung and no better one
    width: int = 0
    height: int = 0
    cell_id: str | None = None
    overhead: float = 0.0  # share of the kernel's time spent for all figures
    dropped: int = 0  # states replaced by newer ones before they were sent
    edits: int = 0  # the newest `FigureEdited` that this state has
    # What the dialog for a file begins with; empty: the window's own.
    save_in: str = ""  # folder
    save_as: str = ""  # name
    save_format: str = ""


class FigureBehind(Message, senders=(KERNEL,)):
    """The figure has changed since its last state; the next one is held back."""

    window_id: str


class UpdateTaken(Message, senders=(HOST,)):
    """The host begins to draw this revision: the next one may be sent."""

    window_id: str
    revision: int


class FigureShown(Message, senders=(HOST,)):
    """This revision is drawn, or will be as soon as its window can be seen.

    `draw_seconds` is what the last drawing took.
    """

    window_id: str
    revision: int
    draw_seconds: float
    fps: float


class FigureRejected(Message, senders=(HOST,)):
    """This revision cannot be loaded or drawn in the host.

    stage "load": another rung of the ladder may carry it. stage "draw": the figure's
    own drawing code fails, the window keeps its last good picture.
    """

    window_id: str
    revision: int
    stage: str
    reason: str


class SendFull(Message, senders=(HOST,)):
    """The host does not know this window: open it again and send all of it."""

    window_id: str
