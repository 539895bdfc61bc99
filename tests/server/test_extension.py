"""The extension: what it leaves where, and that it never stops the Jupyter server."""

import asyncio
import json
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import zmq
from fakehost import TIMEOUT, FakeHost, until

from jlab_qtwindows.protocol import messages
from jlab_qtwindows.protocol.meeting import launch
from jlab_qtwindows.protocol.meeting.connection import (
    CONNECTION_VARIABLE,
    KEEP_PICTURES_VARIABLE,
    read_connection_file,
)
from jlab_qtwindows.server import doorbell, extension
from jlab_qtwindows.server.extension import QtWindowsExtension


def connection_file():
    return Path(os.environ[CONNECTION_VARIABLE])


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def jp_runtime_dir():
    """Return a runtime directory whose path leaves room for socket addresses."""
    with tempfile.TemporaryDirectory(prefix="qtw-") as path:
        yield Path(path)


@pytest.fixture
def no_host(monkeypatch, tmp_path):
    """Start a program that does nothing in place of the host."""
    (tmp_path / "idle_host.py").write_text("import sys; sys.stdin.read()")
    monkeypatch.setattr(launch, "HOST_MODULE", "idle_host")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))


def test_kernels_inherit_the_connection_file(jp_serverapp, jp_runtime_dir):
    path = connection_file()

    assert path.parent.parent == jp_runtime_dir
    assert read_connection_file(path).doorbell.startswith("ipc://")


def test_directory_and_file_are_private(jp_serverapp):
    assert mode(connection_file().parent) == 0o700
    assert mode(connection_file()) == 0o600


async def test_stopping_leaves_nothing(jp_serverapp, extension):
    directory = connection_file().parent

    await extension.stop_extension()
    await extension.stop_extension()

    assert not directory.exists()
    assert CONNECTION_VARIABLE not in os.environ


async def test_variable_of_another_server_is_left_alone(
    jp_serverapp, extension, monkeypatch
):
    monkeypatch.setenv(CONNECTION_VARIABLE, "/other/connection.json")

    await extension.stop_extension()

    assert os.environ[CONNECTION_VARIABLE] == "/other/connection.json"


async def test_two_servers_do_not_share_a_directory(jp_serverapp, monkeypatch):
    first = connection_file()
    second = QtWindowsExtension()
    second.serverapp = jp_serverapp

    second.initialize_settings()

    assert connection_file().parent != first.parent
    tokens = [read_connection_file(path).token for path in (first, connection_file())]
    assert tokens[0] != tokens[1]
    await second.stop_extension()
    assert first.exists()
    monkeypatch.setenv(CONNECTION_VARIABLE, str(first))


def test_directory_goes_with_a_server_that_ends_early(jp_runtime_dir):
    program = (
        "import os\n"
        "from jupyter_server.serverapp import ServerApp\n"
        "from jlab_qtwindows.server.extension import QtWindowsExtension\n"
        "app = ServerApp()\n"
        "app.init_event_logger(), app.init_ioloop()\n"
        "extension = QtWindowsExtension()\n"
        "extension.serverapp = app\n"
        "extension.initialize_settings()\n"
        f"print(os.path.exists(os.environ[{CONNECTION_VARIABLE!r}]))\n"
        "raise SystemExit('the port is taken')"
    )
    env = {
        **os.environ,
        "JUPYTER_RUNTIME_DIR": str(jp_runtime_dir),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }

    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, timeout=60
    )

    assert done.stdout.strip() == b"True"
    assert b"the port is taken" in done.stderr
    assert list(jp_runtime_dir.glob("qtwindows-*")) == []


# -- settings ----------------------------------------------------------------------


async def test_host_is_started_on_demand(jp_serverapp, extension, no_host):
    info = read_connection_file(connection_file())
    with zmq.Context() as context, context.socket(zmq.PUSH) as visitor:
        visitor.connect(info.doorbell)
        assert extension.manager.host.state == "stopped"

        visitor.send(info.token.encode())

        await until(
            extension.manager, lambda: extension.manager.host.state == "starting"
        )


@pytest.mark.parametrize(
    ("jp_argv", "value"), [([], None), (["--QtWindows.keep_pictures=True"], "1")]
)
async def test_kernels_inherit_whether_pictures_are_kept(
    jp_serverapp, extension, value
):
    assert os.environ.get(KEEP_PICTURES_VARIABLE) == value

    await extension.stop_extension()

    assert KEEP_PICTURES_VARIABLE not in os.environ


@pytest.mark.parametrize("jp_argv", [["--QtWindows.start=eager"]])
async def test_eager_host_is_started_with_the_server(jp_serverapp, extension, no_host):
    await until(extension.manager, lambda: extension.manager.host.state == "starting")


@pytest.mark.parametrize("jp_argv", [["--QtWindows.transport=tcp"]])
async def test_tcp_endpoints_have_keys(jp_serverapp, extension):
    info = read_connection_file(connection_file())
    host = FakeHost(info)
    host.open()

    await asyncio.wait_for(extension.client.connect(), TIMEOUT)

    assert info.endpoint.startswith("tcp://127.0.0.1:")
    assert all(vars(info.curve).values())
    await host.end()


def test_tcp_is_taken_where_ipc_is_missing(monkeypatch):
    monkeypatch.setattr(zmq, "has", lambda feature: feature != "ipc")

    assert extension._keys("auto") is not None
    assert extension._keys("ipc") is None


# -- failure -----------------------------------------------------------------------


@pytest.fixture
def no_directory(monkeypatch):
    def fail(parent):
        raise OSError("the disk is full")

    monkeypatch.setattr(extension, "create_directory", fail)


@pytest.fixture
def no_doorbell(monkeypatch, jp_runtime_dir):
    def fail(self):
        raise zmq.ZMQError(msg="the doorbell cannot be bound")

    monkeypatch.setattr(doorbell.Doorbell, "bind", fail)


@pytest.mark.parametrize(
    "jp_argv", [["--ServerApp.reraise_server_extension_failures=True"]]
)
async def test_server_starts_without_a_directory(no_directory, jp_serverapp, jp_fetch):
    response = await jp_fetch("jlab-qtwindows", "host")

    host = json.loads(response.body)
    assert (host["state"], host["reason"]) == ("failed", "the disk is full")
    assert CONNECTION_VARIABLE not in os.environ


async def test_server_starts_without_a_doorbell(
    no_doorbell, jp_serverapp, jp_fetch, jp_runtime_dir
):
    response = await jp_fetch("jlab-qtwindows", "windows")

    assert json.loads(response.body) == []
    assert CONNECTION_VARIABLE not in os.environ
    assert list(jp_runtime_dir.glob("qtwindows-*")) == []


def test_failure_is_logged_once(no_directory, jp_serverapp, caplog):
    app = QtWindowsExtension()
    app.serverapp = jp_serverapp
    app.log.addHandler(caplog.handler)

    app.initialize_settings()
    app.log.removeHandler(caplog.handler)

    errors = [r.getMessage() for r in caplog.records if r.levelname == "ERROR"]
    assert errors == ["There will be no native Matplotlib windows: the disk is full"]


# -- kernels -----------------------------------------------------------------------


async def test_host_is_told_of_a_kernel_that_was_shut_down(
    connected_host, jp_serverapp
):
    kernels = jp_serverapp.kernel_manager
    kernel_id = await kernels.start_kernel(kernel_name="echo")

    await kernels.shutdown_kernel(kernel_id, now=True)

    gone = await connected_host.hear(messages.KernelGone)
    assert gone == messages.KernelGone(kernel_id)


async def test_host_is_told_of_a_kernel_that_was_restarted(
    connected_host, jp_serverapp
):
    kernels = jp_serverapp.kernel_manager
    kernel_id = await kernels.start_kernel(kernel_name="echo")

    await kernels.get_kernel(kernel_id).restart_kernel(now=True)

    gone = await connected_host.hear(messages.KernelGone)
    assert gone == messages.KernelGone(kernel_id, restarted=True)
    await kernels.shutdown_kernel(kernel_id, now=True)


async def test_kernel_that_is_shut_down_without_a_host_is_no_error(
    jp_serverapp, extension, caplog
):
    kernels = jp_serverapp.kernel_manager
    kernel_id = await kernels.start_kernel(kernel_name="echo")

    await kernels.shutdown_kernel(kernel_id, now=True)
    await jp_serverapp.event_logger.gather_listeners()

    assert "Event listener" not in caplog.text
