"""Answers to what the server asks about windows. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.errors import ExportFailed
from jlab_qtwindows.protocol.messages import (
    ExportImage,
    GetThumbnail,
    ListWindows,
    Reply,
)
from jlab_qtwindows.protocol.model import IMAGE_TYPES

from .pictures import export, thumbnail

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jlab_qtwindows.host.wire.peers import Peer

    from .window import HostWindow

__all__ = ["Answers"]


class Answers:
    """Looks at windows and replies; changes none of them."""

    def __init__(
        self,
        windows: Mapping[str, HostWindow],
        reply: Callable[..., None],  # of a peer, the reply and its binary parts
    ) -> None:
        self._windows = windows
        self._reply = reply
        self.handlers: dict[type[Any], Callable[[Peer, Any], None]] = {
            ListWindows: self._on_list,
            GetThumbnail: self._on_thumbnail,
            ExportImage: self._on_export,
        }

    def _on_list(self, peer: Peer, message: ListWindows) -> None:
        models = [dict(window.model()) for window in self._windows.values()]
        self._reply(peer, Reply(message.request_id, result={"windows": models}))

    def _on_thumbnail(self, peer: Peer, message: GetThumbnail) -> None:
        window = self._find(peer, message)
        if window is not None:
            png, width, height = thumbnail(window.canvas, message.width)
            size = {
                "revision": window.content.revision,
                "width": width,
                "height": height,
            }
            self._reply(peer, Reply(message.request_id, result=size), png)

    def _on_export(self, peer: Peer, message: ExportImage) -> None:
        window = self._find(peer, message)
        if window is None:
            return
        try:
            data = export(window.canvas, message.format, message.dpi)
        except ExportFailed as error:
            self._reply(peer, Reply(message.request_id, "failed", str(error)))
            return
        result = {"content_type": IMAGE_TYPES[message.format]}
        self._reply(peer, Reply(message.request_id, result=result), data)

    def _find(
        self, peer: Peer, message: GetThumbnail | ExportImage
    ) -> HostWindow | None:
        window = self._windows.get(message.window_id)
        if window is None:
            self._reply(peer, Reply(message.request_id, "not-found", "no such window"))
        return window
