"""The JSON dict that stands for one window, in the host, the server and the panel."""

from __future__ import annotations

from typing import TypedDict

__all__ = ["IMAGE_TYPES", "MAX_TEXT", "WindowModel", "clip"]

# The formats in which a window's figure can be had, with their media types.
IMAGE_TYPES = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}

MAX_TEXT = 256  # characters of a title or a reason that leave the kernel


class WindowModel(TypedDict):
    """State of one window; sizes in px, times in seconds since the epoch."""

    id: str
    kernel_id: str
    notebook: str
    cell_id: str | None
    figure_num: int | None
    title: str
    state: str  # "live", "idle", "detached" (its kernel has ended) or "failed"
    kernel: str  # "running", "ended" or, where a new process has its place, "restarted"
    transfer: str  # "mirror", "mirror-by-value" or "frames"
    reason: str  # why it cannot be drawn, or travels no better way
    note: str  # what is to be known of its picture, in words
    revision: int
    fps: float
    dropped: int
    overhead: float
    width: int
    height: int
    minimized: bool
    active: bool
    created: float
    behind: bool  # the figure has changed since, and the next state is held back
    frozen: bool  # the user has stopped it from showing new states
    waiting: int  # the new states that have come since


def clip(text: str) -> str:
    """Cut hostile or endless text and make it one printable line."""
    line = "".join(c if c.isprintable() else " " for c in text[: 2 * MAX_TEXT])
    return line if len(line) <= MAX_TEXT else line[: MAX_TEXT - 1] + "…"
