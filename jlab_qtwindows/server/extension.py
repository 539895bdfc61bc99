"""Puts the server's parts together.

`initialize` runs before the event loop and before any kernel; `_run` is its first turn
on the loop. Whatever goes wrong here leaves the Jupyter server as it would be without
us.
"""

from __future__ import annotations

import os
import weakref
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import zmq
import zmq.asyncio
from jupyter_core.paths import jupyter_runtime_dir
from jupyter_server.extension.application import ExtensionApp

from jlab_qtwindows.protocol.meeting.connection import (
    CONNECTION_VARIABLE,
    KEEP_PICTURES_VARIABLE,
    CurveKeys,
    new_connection,
    write_connection_file,
)
from jlab_qtwindows.protocol.meeting.directory import create_directory, remove_directory

from .doctor import Doctor
from .doctorhandler import DoctorHandler
from .doorbell import Doorbell
from .handlers import handlers
from .hostclient import HostClient
from .hostprocess import HostProcess
from .kernelwatch import KernelWatch
from .manager import HostStatus, WindowManager
from .sessionwatch import SessionWatch
from .settings import QtWindows
from .websocket import EventsWebSocket

if TYPE_CHECKING:
    from jupyter_events.logger import EventLogger
    from jupyter_server.serverapp import ServerApp

__all__ = ["QtWindowsExtension"]


class QtWindowsExtension(ExtensionApp):
    """Native Matplotlib windows for the kernels of this server."""

    name = "jlab_qtwindows"
    classes = [QtWindows]  # noqa: RUF012 - traitlets' own way

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.manager = WindowManager(log=self.log)
        self.client: HostClient | None = None
        self.process: HostProcess | None = None
        self.doctor = Doctor(log=self.log)
        self._doorbell: Doorbell | None = None
        self._watch: KernelWatch | None = None
        self._sessions: SessionWatch | None = None
        self._cleanup = ExitStack()

    def initialize_settings(self) -> None:
        """Make the connection file, before any kernel starts."""
        try:
            self._build(QtWindows(parent=self))
        except Exception as error:  # the server must start, whatever it is
            self.log.exception("There will be no native Matplotlib windows: %s", error)
            self.manager.host = HostStatus(state="failed", reason=str(error))
            self.client = self.process = self._doorbell = self._watch = None
            self._cleanup.close()

    def initialize_handlers(self) -> None:
        """Add the routes."""
        self.handlers.extend(handlers(self.manager, self.client, self.process))
        self.handlers.append(
            (r"/jlab-qtwindows/events", EventsWebSocket, {"manager": self.manager})
        )
        # Also where the extension itself is off: the doctor may tell why.
        self.handlers.append(
            (r"/jlab-qtwindows/doctor", DoctorHandler, {"doctor": self.doctor})
        )

    def _build(self, settings: QtWindows) -> None:
        serverapp = cast("ServerApp", self.serverapp)
        directory = create_directory(Path(jupyter_runtime_dir()))
        # A finalizer runs also where the server ends before it is told to stop us.
        remove = weakref.finalize(self, remove_directory, directory)
        self._cleanup.callback(remove)
        info = new_connection(directory, doorbell=True, curve=_keys(settings.transport))
        connection_file = write_connection_file(directory, info)
        context = zmq.asyncio.Context()
        self._cleanup.callback(context.destroy, linger=0)
        self.client = HostClient(info, self.manager, context=context, log=self.log)
        self.process = HostProcess(
            connection_file,
            self.manager,
            self.client,
            log=self.log,
            restart_limit=settings.restart_limit,
            restart_window=settings.restart_window,
            start_timeout=settings.start_timeout,
        )
        self._doorbell = Doorbell(
            info, context=context, on_ring=self.process.start, log=self.log
        )
        self._doorbell.bind()
        self._watch = KernelWatch(
            cast("EventLogger", serverapp.event_logger), on_gone=self.client.kernel_gone
        )
        os.environ[CONNECTION_VARIABLE] = str(connection_file)
        self._cleanup.callback(_forget, CONNECTION_VARIABLE, str(connection_file))
        if settings.keep_pictures:
            os.environ[KEEP_PICTURES_VARIABLE] = "1"
            self._cleanup.callback(_forget, KEEP_PICTURES_VARIABLE, "1")
        serverapp.io_loop.add_callback(self._run, eager=settings.start == "eager")

    async def _run(self, *, eager: bool) -> None:
        """Begin to work, on the event loop."""
        if not (self._doorbell and self._watch and self.process and self.client):
            return  # stopped before it began
        self._doorbell.start()
        self._watch.start()
        serverapp = cast("ServerApp", self.serverapp)
        self._sessions = SessionWatch(
            serverapp.session_manager,
            serverapp.kernel_manager.cwd_for_path,
            self.manager,
            self.client.name_kernel,
            events=cast("EventLogger", serverapp.event_logger),
            log=self.log,
        )
        self._sessions.start()
        if eager:
            await self.process.start()

    async def stop_extension(self) -> None:
        """End the host and leave nothing behind; may be called twice."""
        doorbell, self._doorbell = self._doorbell, None
        try:
            await self.doctor.close()
            if self._watch is not None:
                self._watch.stop()
            if self._sessions is not None:
                await self._sessions.stop()
            if doorbell is not None:
                await doorbell.close()
            if self.process is not None:
                await self.process.stop()
        finally:
            self._cleanup.close()


def _keys(transport: str) -> CurveKeys | None:
    """Return new keys if the endpoints are tcp ports, which all users can reach."""
    if transport == "ipc" or (transport == "auto" and zmq.has("ipc")):
        return None
    return CurveKeys.made_by(zmq.curve_keypair)


def _forget(variable: str, value: str) -> None:
    if os.environ.get(variable) == value:
        del os.environ[variable]
