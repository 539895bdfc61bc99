"""A Jupyter server with the extension, and what its parts are made of."""

from __future__ import annotations

import asyncio
import logging
import os
import tempfile
from pathlib import Path

import pytest
import zmq.asyncio
from fakechild import FakeClient, Launcher
from fakehost import TIMEOUT, FakeHost, until, window_model

from jlab_qtwindows.protocol.meeting.connection import (
    CONNECTION_VARIABLE,
    new_connection,
    read_connection_file,
    write_connection_file,
)
from jlab_qtwindows.protocol.meeting.directory import create_directory
from jlab_qtwindows.server.hostprocess import HostProcess
from jlab_qtwindows.server.manager import WindowManager


@pytest.fixture
def log():
    return logging.getLogger("tests.server")


@pytest.fixture
def manager(log):
    return WindowManager(log=log)


@pytest.fixture
def directory():
    """Return a private directory with a path that is short enough for ipc."""
    with tempfile.TemporaryDirectory(prefix="qtw-") as parent:
        yield create_directory(Path(parent))


@pytest.fixture
def info(directory):
    return new_connection(directory, doorbell=True)


@pytest.fixture
def zmq_context(jp_asyncio_loop):
    context = zmq.asyncio.Context()
    yield context
    context.destroy(linger=0)


@pytest.fixture
def fake_host(jp_asyncio_loop, info):
    host = FakeHost(info)
    yield host
    jp_asyncio_loop.run_until_complete(host.end())


@pytest.fixture
def jp_server_config():
    return {
        "ServerApp": {
            "jpserver_extensions": {"jlab_qtwindows": True},
            "allow_unauthenticated_access": False,
        }
    }


@pytest.fixture
def extension(jp_serverapp):
    return jp_serverapp.extension_manager.extension_points["jlab_qtwindows"].app


@pytest.fixture
def connected_host(jp_asyncio_loop, extension):
    """Return a host that the extension is connected to, with one window, "w1"."""
    host = FakeHost(read_connection_file(os.environ[CONNECTION_VARIABLE]))
    host.windows = [window_model("w1")]

    async def connect():
        host.open()
        await asyncio.wait_for(extension.client.connect(), TIMEOUT)
        await until(extension.manager, extension.manager.list_windows)

    jp_asyncio_loop.run_until_complete(connect())
    yield host
    jp_asyncio_loop.run_until_complete(extension.client.close())
    jp_asyncio_loop.run_until_complete(host.end())


# -- a host process that is no host ---------------------------------------------------


@pytest.fixture
def client():
    return FakeClient()


@pytest.fixture
def launcher():
    launcher = Launcher()
    yield launcher
    launcher.close()


@pytest.fixture
def make_process(jp_asyncio_loop, directory, info, manager, client, launcher, log):
    connection_file = write_connection_file(directory, info)
    made = []

    def make(**options):
        options = {"launch": launcher, "start_timeout": TIMEOUT, **options}
        process = HostProcess(connection_file, manager, client, log=log, **options)
        made.append(process)
        return process

    yield make
    for process in made:
        jp_asyncio_loop.run_until_complete(process.stop())
    for child in launcher.processes:
        assert child.wait(TIMEOUT) is not None, "a host was left behind"


@pytest.fixture
def process(make_process):
    return make_process()


@pytest.fixture
def is_state(manager):
    async def wait(state):
        await until(manager, lambda: manager.host.state == state)

    return wait
