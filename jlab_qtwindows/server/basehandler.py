"""What the handlers of the REST API share: collaborators, parameters, errors in words.

This file alone knows which of our exceptions is which HTTP code. On the server's event
loop.
"""

from __future__ import annotations

import contextlib
import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from jupyter_server.base.handlers import APIHandler
from tornado import web

from jlab_qtwindows.protocol.errors import (
    ExportFailed,
    HostUnavailable,
    WindowNotFound,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .hostclient import HostClient
    from .hostprocess import HostProcess
    from .manager import WindowManager

__all__ = ["AUTH_RESOURCE", "QtWindowsHandler", "bad_request", "http_errors"]

AUTH_RESOURCE = "qtwindows"


class QtWindowsHandler(APIHandler):
    """Base of the handlers: collaborators, parameters, errors in words."""

    auth_resource = AUTH_RESOURCE

    def initialize(
        self,
        manager: WindowManager,
        client: HostClient | None,
        process: HostProcess | None,
    ) -> None:
        """Take what the route carries; without a client the extension is off."""
        self.manager = manager
        self._client = client
        self._process = process

    @property
    def client(self) -> HostClient:
        """The connection to the host."""
        if self._client is None or self.manager.host.state == "failed":
            raise HostUnavailable(self.manager.host.reason)
        return self._client

    @property
    def process(self) -> HostProcess:
        """The host process."""
        if self._process is None:
            raise HostUnavailable(self.manager.host.reason)
        return self._process

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say in JSON what went wrong."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        words = HTTPStatus(status_code).phrase
        if isinstance(error, web.HTTPError) and error.log_message:
            words = error.log_message % error.args if error.args else error.log_message
        self.finish(json.dumps({"message": words}))

    def number(self, name: str, kind: type[int] | type[float]) -> float | None:
        """Return a query parameter as a number, None where it is not given."""
        text = self.get_query_argument(name, None)
        if not text:
            return None
        try:
            return kind(text)
        except ValueError:
            raise bad_request(f"{name} must be a number") from None


def bad_request(words: str) -> web.HTTPError:
    """Return the error for a request that cannot be understood."""
    return web.HTTPError(400, "%s", words)


@contextlib.contextmanager
def http_errors() -> Iterator[None]:
    """Turn our exceptions into HTTP codes."""
    try:
        yield
    except WindowNotFound as error:
        raise web.HTTPError(404, "%s", error) from error
    except ExportFailed as error:
        raise web.HTTPError(422, "%s", error) from error
    except HostUnavailable as error:
        raise web.HTTPError(503, "%s", error) from error
    except TimeoutError as error:
        raise web.HTTPError(504, "%s", error) from error
