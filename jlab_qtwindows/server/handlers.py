"""The REST API: see rest-api.yml beside this file.

Thin: the state is the manager's, the work is the host's. On the server's event loop.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from tornado import web

from jlab_qtwindows.protocol.model import IMAGE_TYPES

from .basehandler import QtWindowsHandler, bad_request, http_errors

if TYPE_CHECKING:
    from .hostclient import HostClient
    from .hostprocess import HostProcess
    from .manager import WindowManager

__all__ = ["handlers"]

THUMBNAIL_WIDTHS = range(16, 1025)  # px
THUMBNAIL_WIDTH = 256
# A zoom by hand changes the picture and not the revision, so the browser asks again
# after a while; where nothing has changed the ETag spares it the download.
THUMBNAIL_MAX_AGE = 60  # s

MIN_DPI, MAX_DPI = 10, 1200


class WindowsHandler(QtWindowsHandler):
    """All windows."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Get the models of all windows."""
        self.finish(json.dumps(self.manager.list_windows()))


class WindowHandler(QtWindowsHandler):
    """One window."""

    @web.authenticated
    @authorized
    async def get(self, window_id: str) -> None:
        """Get the model of a window."""
        with http_errors():
            self.finish(json.dumps(self.manager.get_window(window_id)))

    @web.authenticated
    @authorized
    async def delete(self, window_id: str) -> None:
        """Close a window."""
        with http_errors():
            self.manager.get_window(window_id)
            await self.client.close_window(window_id)
        self.set_status(204)
        self.finish()


class RaiseHandler(QtWindowsHandler):
    """Windows come to the front."""

    @web.authenticated
    @authorized
    async def post(self, window_id: str) -> None:
        """Raise a window and give it the keyboard."""
        with http_errors():
            self.manager.get_window(window_id)
            await self.client.raise_window(window_id)
        self.set_status(204)
        self.finish()


class ThumbnailHandler(QtWindowsHandler):
    """Small pictures for the panel."""

    @web.authenticated
    @authorized
    async def get(self, window_id: str) -> None:
        """Get a PNG of what the window shows."""
        asked = self.number("revision", int)
        width = self.number("width", int)
        width = THUMBNAIL_WIDTH if width is None else int(width)
        if width not in THUMBNAIL_WIDTHS:
            first, last = THUMBNAIL_WIDTHS[0], THUMBNAIL_WIDTHS[-1]
            raise bad_request(f"width must be between {first} and {last}")
        with http_errors():
            self.manager.get_window(window_id)
            thumbnail = await self.client.thumbnail(window_id, width)
        self._current = thumbnail.revision is not None and asked == thumbnail.revision
        self.set_header(
            "Cache-Control",
            f"private, max-age={THUMBNAIL_MAX_AGE}" if self._current else "no-store",
        )
        self.finish(thumbnail.png, set_content_type="image/png")

    def compute_etag(self) -> str | None:
        """Tag only the revision that was asked for."""
        return super().compute_etag() if getattr(self, "_current", False) else None


class ImageHandler(QtWindowsHandler):
    """Figures as files."""

    @web.authenticated
    @authorized
    async def get(self, window_id: str) -> None:
        """Get the figure as `savefig` would write it."""
        image_format = self.get_query_argument("format", "png")
        if image_format not in IMAGE_TYPES:
            raise bad_request(f"format must be one of {', '.join(IMAGE_TYPES)}")
        dpi = self.number("dpi", float)
        if dpi is not None and not MIN_DPI <= dpi <= MAX_DPI:
            raise bad_request(f"dpi must be between {MIN_DPI} and {MAX_DPI}")
        with http_errors():
            window = self.manager.get_window(window_id)
            image = await self.client.export(window_id, image_format, dpi)
        self.set_attachment_header(f"{file_stem(window['title'])}.{image_format}")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")
        if image_format == "svg":  # may hold scripts, and text that others have chosen
            self.set_header("Content-Security-Policy", "sandbox")
        self.finish(image.data, set_content_type=IMAGE_TYPES[image_format])


class HostHandler(QtWindowsHandler):
    """The host process."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Get the host model."""
        self.finish(json.dumps(asdict(self.manager.host)))

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Start the host unless it runs, or restart it."""
        body = self.get_json_body()
        action = body.get("action") if isinstance(body, dict) else None
        if action not in ("start", "restart"):
            raise bad_request('the body must be {"action": "start"} or "restart"')
        with http_errors():
            work = self.process.start if action == "start" else self.process.restart
            await work()
        self.finish(json.dumps(asdict(self.manager.host)))


def file_stem(title: str) -> str:
    """Return a file name without dots at its ends, path separators or control codes."""
    words = re.sub(r"[^\w .()=+-]+", " ", title)
    return re.sub(r"\s+", " ", words).strip(" .")[:80].strip(" .") or "figure"


def handlers(
    manager: WindowManager, client: HostClient | None, process: HostProcess | None
) -> list[tuple[str, type[web.RequestHandler], dict[str, Any]]]:
    """Return the routes of the REST API."""
    arguments = {"manager": manager, "client": client, "process": process}
    window = r"/jlab-qtwindows/windows/([^/]+)"
    return [
        (r"/jlab-qtwindows/windows", WindowsHandler, arguments),
        (window, WindowHandler, arguments),
        (window + r"/raise", RaiseHandler, arguments),
        (window + r"/thumbnail", ThumbnailHandler, arguments),
        (window + r"/image", ImageHandler, arguments),
        (r"/jlab-qtwindows/host", HostHandler, arguments),
    ]
