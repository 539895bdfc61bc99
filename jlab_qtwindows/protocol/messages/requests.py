"""What the server asks of the host, and the answer."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from jlab_qtwindows.protocol.message import HOST, SERVER, Message

__all__ = [
    "ExportImage",
    "GetThumbnail",
    "ListWindows",
    "Reply",
]


class ListWindows(Message, senders=(SERVER,)):
    """Ask for `{"windows": [model, ...]}`."""

    request_id: str


class GetThumbnail(Message, senders=(SERVER,)):
    """Ask for a PNG of the last drawn picture, `width` px wide at most."""

    request_id: str
    window_id: str
    width: int


class ExportImage(Message, senders=(SERVER,)):
    """Ask for the figure as `savefig` would write it at its present size."""

    request_id: str
    window_id: str
    format: str
    dpi: float | None = None


class Reply(Message, senders=(HOST,)):
    """Answer to a request; `error` is empty on success.

    `code`: "" on success, "not-found" (no such window) or "failed".
    """

    request_id: str
    code: str = ""
    error: str = ""
    result: dict[str, Any] = field(default_factory=dict)
