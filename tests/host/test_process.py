"""The host as a process: how it starts, why it refuses, when it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys

import pytest
from peer import LIMIT

from jlab_qtwindows.protocol.meeting.connection import write_connection_file
from jlab_qtwindows.protocol.meeting.launch import (
    EXIT_BAD_CONNECTION,
    EXIT_ENDPOINT_TAKEN,
    EXIT_NO_QT,
)
from jlab_qtwindows.protocol.messages import (
    ExportImage,
    FigureShown,
    Reply,
    Shutdown,
    UpdateFigure,
)

pytestmark = pytest.mark.e2e

NO_QT = """
import sys

for name in ("PyQt5", "PyQt6", "PySide2", "PySide6"):
    sys.modules[name] = None
"""


@pytest.fixture
def directory(info):
    from pathlib import Path

    return Path(info.endpoint.removeprefix("ipc://")).parent


@pytest.fixture
def transport():
    return "ipc"


@pytest.fixture
def connection_file(directory, info):
    return write_connection_file(directory, info)


@pytest.fixture
def start(connection_file, tmp_path):
    """Return a function that starts a host process."""
    processes = []

    def run(path=connection_file, **environ):
        process = subprocess.Popen(
            [sys.executable, "-m", "jlab_qtwindows.host", "--connection-file", path],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environ},
        )
        processes.append(process)
        return process

    yield run
    for process in processes:
        process.kill()
        process.wait(LIMIT)
        process.stdin.close()
        process.stderr.close()


@pytest.fixture
def host(start, connect):
    """Return a host process that answers, and a server's connection to it."""
    process = start()
    server = connect()
    server.join("server")
    return process, server


def ending(process):
    """Wait for the end; return the exit code and what was said."""
    code = process.wait(LIMIT)
    return code, process.stderr.read()


def test_it_says_what_it_is(start, connect):
    process = start()

    welcome = connect().join()

    assert welcome.pid == process.pid
    assert re.match(r"(PyQt5|PyQt6|PySide6) \d+\.", welcome.binding)
    assert welcome.platform == "offscreen"
    assert "windows are drawn but not visible" in welcome.note


@pytest.mark.parametrize("chosen", ["offscreen", "minimal", "xcb;offscreen"])
def test_windows_that_the_environment_hides_are_told_as_hidden(start, connect, chosen):
    start(QT_QPA_PLATFORM=chosen, DISPLAY="")

    welcome = connect().join()

    assert welcome.hidden
    assert f"QT_QPA_PLATFORM={chosen}" in welcome.note


@pytest.mark.e2e
def test_windows_on_a_display_are_not_told_as_hidden(start, connect, desktop):
    start(QT_QPA_PLATFORM="", DISPLAY=desktop.name)

    welcome = connect().join()

    assert (welcome.hidden, welcome.note) == (False, "")


def test_every_host_has_an_id_of_its_own(start, connect):
    first = start()
    id_of_first = connect().join().host_id
    first.kill()
    first.wait(LIMIT)

    start()

    assert connect().join().host_id != id_of_first


def test_without_a_display_it_draws_unseen(start, connect, make_figure, opened):
    from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot

    start(QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    peer = connect()
    welcome = peer.join()

    peer.send(opened())
    peer.send(
        UpdateFigure("w1", 1, "mirror", "mirror"),
        *take_snapshot(make_figure(), Rung.MIRROR).parts,
    )

    assert welcome.platform == "offscreen"
    assert "DISPLAY is not set" in welcome.note
    assert peer.receive(FigureShown)


def test_a_second_host_leaves_the_first_one_alone(host, start):
    _, server = host

    code, _ = ending(start())

    assert code == EXIT_ENDPOINT_TAKEN
    server.send(ExportImage("r1", "w9", "png"))
    assert server.receive(Reply)[0].code == "not-found"


def test_a_connection_file_open_to_others_is_refused(start, connection_file):
    connection_file.chmod(0o644)

    code, said = ending(start())

    assert code == EXIT_BAD_CONNECTION
    assert "other users may read" in said


def test_a_missing_connection_file_is_named(start, tmp_path):
    code, said = ending(start(tmp_path / "missing.json"))

    assert code == EXIT_BAD_CONNECTION
    assert "missing.json cannot be read" in said


def test_without_any_qt_it_says_so(start, tmp_path):
    sites = tmp_path / "sites"
    sites.mkdir()
    (sites / "sitecustomize.py").write_text(NO_QT)
    paths = [str(sites), os.environ.get("PYTHONPATH", "")]

    code, said = ending(start(PYTHONPATH=os.pathsep.join(filter(None, paths))))

    assert code == EXIT_NO_QT
    assert "no Qt for Python" in said
    assert "Traceback" not in said


def test_it_ends_with_its_parent(host):
    process, _ = host

    process.stdin.close()

    assert process.wait(LIMIT) == 0


def test_it_ends_when_the_server_asks_for_it(host):
    process, server = host

    server.send(Shutdown())

    assert process.wait(LIMIT) == 0


def test_an_interrupt_is_the_notebooks_and_not_the_hosts(host):
    process, server = host

    process.send_signal(signal.SIGINT)

    server.send(ExportImage("r1", "w9", "png"))
    assert server.receive(Reply)
    assert process.poll() is None


def test_the_endpoint_of_a_host_that_was_killed_can_be_used_again(host, start, connect):
    process, _ = host
    process.kill()
    process.wait(LIMIT)

    second = start()

    assert connect().join().pid == second.pid
