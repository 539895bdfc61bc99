"""The doctor over REST: see rest-api.yml beside this file.

On the server's event loop.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from jupyter_server.auth.decorator import authorized
from tornado import web

from .basehandler import QtWindowsHandler

if TYPE_CHECKING:
    from .doctor import Doctor

__all__ = ["DoctorHandler"]

MOST_LOOPS = 100  # names of kernels that a command line takes


class DoctorHandler(QtWindowsHandler):
    """The doctor; needs no window host."""

    def initialize(self, doctor: Doctor) -> None:  # type: ignore[override]
        """Take what the route carries."""
        self.doctor = doctor

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Get the doctor model."""
        self.finish(json.dumps(asdict(self.doctor.status)))

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Run the doctor, unless it runs already."""
        body = self.get_json_body()
        if body is None:
            body = {}
        loops = body.get("gui_loops", []) if isinstance(body, dict) else None
        if not isinstance(loops, list) or not all(
            isinstance(name, str) for name in loops
        ):
            raise web.HTTPError(400, "gui_loops must be a list of names of kernels")
        self.doctor.start(loops[:MOST_LOOPS])
        self.set_status(202)
        self.finish(json.dumps(asdict(self.doctor.status)))
