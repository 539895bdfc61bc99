"""What the server asks of the host, and the host's events on their way to the manager.

Runs on the server's event loop.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol import messages
from jlab_qtwindows.protocol.errors import (
    ExportFailed,
    HostUnavailable,
    MalformedMessage,
    WindowNotFound,
)

from .hostconnection import Answer, HostConnection

if TYPE_CHECKING:
    import logging

    import zmq.asyncio

    from jlab_qtwindows.protocol.meeting.connection import ConnectionInfo

    from .manager import WindowManager

__all__ = ["HostClient", "Image", "Thumbnail"]

LIST_TIMEOUT = 10.0  # s
THUMBNAIL_TIMEOUT = 10.0
EXPORT_TIMEOUT = 120.0  # a figure of 300 inches, or of a million points, takes its time

# Kernels open their windows again within about 1 s of a new host's `Welcome`.
RETURN_DELAY = 5.0


@dataclass(frozen=True)
class Thumbnail:
    """A PNG of the last drawn picture."""

    revision: int | None
    png: bytes


@dataclass(frozen=True)
class Image:
    """A figure as `savefig` would write it."""

    content_type: str
    data: bytes


class HostClient:
    """Asks the host, and keeps the manager's windows the host's windows."""

    def __init__(
        self,
        info: ConnectionInfo,
        manager: WindowManager,
        *,
        context: zmq.asyncio.Context,
        log: logging.Logger,
        return_delay: float = RETURN_DELAY,
    ) -> None:
        self._connection = HostConnection(
            info, context=context, on_message=self._handle, log=log
        )
        self._manager = manager
        self._log = log
        self._return_delay = return_delay
        self._host_id = ""
        self._listing: asyncio.Task[None] | None = None
        self._returning: asyncio.TimerHandle | None = None

    async def connect(self) -> messages.Welcome:
        """Wait for the welcome of a host, which may still be starting.

        Raises
        ------
        HandshakeRefused
            The host turned the server away; the text says why.
        """
        return await self._connection.open()

    async def close(self) -> None:
        """Drop the connection; may be called twice."""
        await self._connection.close()
        if self._listing is not None:
            self._listing.cancel()
            await asyncio.gather(self._listing, return_exceptions=True)
            self._listing = None
        if self._returning is not None:
            self._returning.cancel()
            self._returning = None

    async def raise_window(self, window_id: str) -> None:
        """Show a window on top."""
        await self._connection.send(messages.RaiseWindow(window_id))

    async def close_window(self, window_id: str) -> None:
        """Close a window; `WindowClosed` comes when it is done."""
        await self._connection.send(messages.CloseWindow(window_id))

    async def kernel_gone(self, kernel_id: str, restarted: bool) -> None:
        """Tell the host, where there is one, that a kernel has ended or restarted."""
        if self._connection.is_open:
            await self._connection.send(messages.KernelGone(kernel_id, restarted))

    async def name_kernel(
        self, kernel_id: str, notebook: str, renamed_from: str
    ) -> bool:
        """Tell to what a kernel belongs; False where there is no host to hear it."""
        if not self._connection.is_open:
            return False
        message = messages.NameKernel(kernel_id, notebook, renamed_from)
        await self._connection.send(message)
        return True

    async def shutdown(self) -> bool:
        """Ask the host to end; False where nobody was there to hear it."""
        try:
            await self._connection.send(messages.Shutdown())
        except (HostUnavailable, TimeoutError):
            return False
        return True

    async def thumbnail(self, window_id: str, width: int) -> Thumbnail:
        """Return the picture of a window, `width` px wide at most.

        Raises
        ------
        HostUnavailable, TimeoutError, WindowNotFound, ExportFailed
        """
        request_id = self._connection.new_request_id()
        reply, parts = await self._ask(
            messages.GetThumbnail(request_id, window_id, width), THUMBNAIL_TIMEOUT
        )
        revision = reply.result.get("revision")
        if not isinstance(revision, int):
            revision = None
        return Thumbnail(revision, bytes(parts[0]))

    async def export(
        self, window_id: str, image_format: str, dpi: float | None
    ) -> Image:
        """Return a figure as a file of this format.

        Raises
        ------
        HostUnavailable, TimeoutError, WindowNotFound, ExportFailed
        """
        request_id = self._connection.new_request_id()
        reply, parts = await self._ask(
            messages.ExportImage(request_id, window_id, image_format, dpi),
            EXPORT_TIMEOUT,
        )
        return Image(str(reply.result.get("content_type", "")), bytes(parts[0]))

    async def _ask(
        self, message: messages.GetThumbnail | messages.ExportImage, timeout: float
    ) -> Answer:
        answer = await self._connection.request(message, timeout)
        if answer.reply.code == "not-found":
            raise WindowNotFound
        if answer.reply.code:
            raise ExportFailed(answer.reply.error)
        if not answer.parts:
            raise ExportFailed("the window process sent no picture")
        return answer

    def _handle(self, message: messages.Message) -> None:
        match message:
            case messages.WindowOpened() | messages.WindowChanged():
                self._manager.put_window(_model(message.window))
            case messages.WindowClosed():
                self._manager.remove_window(message.window_id)
            case messages.Welcome():
                is_new_host = message.host_id != self._host_id
                self._host_id = message.host_id
                if self._listing is not None:
                    self._listing.cancel()
                self._listing = asyncio.get_running_loop().create_task(
                    self._list_windows(is_new_host=is_new_host)
                )
            case _:
                raise MalformedMessage(f"{message.type} is not for the server")

    async def _list_windows(self, *, is_new_host: bool) -> None:
        """Take over the host's list; a new host learns of its windows in a moment."""
        request = messages.ListWindows(self._connection.new_request_id())
        try:
            answer = await self._connection.request(request, LIST_TIMEOUT)
            models = [_model(window) for window in answer.reply.result["windows"]]
        except (HostUnavailable, TimeoutError) as error:
            self._log.warning("The window process does not list its windows: %s", error)
            return
        except (MalformedMessage, KeyError, TypeError) as error:
            self._log.warning("The window process lists what is no window: %s", error)
            return
        self._manager.replace_windows(models, keep_missing=is_new_host)
        if is_new_host:
            self._returning = asyncio.get_running_loop().call_later(
                self._return_delay, self._manager.remove_unconfirmed
            )


def _model(window: Any) -> Any:
    """Return the model, if it is one."""
    if not isinstance(window, dict) or not isinstance(window.get("id"), str):
        raise MalformedMessage("a window model without an id")
    return window
