"""A host of this process alone, with a process that the test decides about."""

from __future__ import annotations

import stat
import subprocess
import sys

import pytest
from handhost import LIMIT

from jlab_qtwindows.kernel.link import ownhost as module
from jlab_qtwindows.kernel.link.ownhost import RESTART_LIMIT, OwnHost
from jlab_qtwindows.protocol.errors import HostUnavailable
from jlab_qtwindows.protocol.meeting.launch import EXIT_NO_QT


@pytest.fixture
def programs(monkeypatch):
    """Return the list of programs that are run instead of hosts, the next one first."""
    programs = []

    def launch(connection_file, log):
        program = programs.pop(0) if programs else "import sys; sys.stdin.read()"
        return subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
        )

    monkeypatch.setattr(module, "launch_host", launch)
    return programs


@pytest.fixture
def own_host(programs):
    host = OwnHost()
    yield host
    host.stop()


@pytest.fixture
def crash(own_host, programs):
    """Return a function that runs a program in place of a host, to its end."""

    def run(program):
        programs.append(program)
        own_host.ensure_running()
        own_host._process.wait(LIMIT)
        own_host._process.stdin.close()

    return run


def test_its_files_are_private_and_go_with_it(own_host):
    own_host.ensure_running()
    directory = own_host.connection_file.parent
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()
    }

    own_host.stop()

    assert modes == {"connection.json": 0o600, "host.log": 0o600}
    assert not directory.exists()


def test_words_of_an_earlier_host_are_no_reason_for_the_end_of_the_next(
    own_host, crash
):
    crash("raise SystemExit('the first has said this')")
    assert "the first has said this" in own_host.failure()

    crash("import os; os._exit(1)")

    assert "the first" not in own_host.failure()


def test_a_host_that_runs_is_not_started_again(own_host):
    own_host.ensure_running()
    first = own_host._process.pid

    own_host.ensure_running()

    assert own_host._process.pid == first
    assert own_host.failure() == ""


def test_a_host_that_crashed_is_started_again(own_host, crash):
    crash("raise SystemExit(1)")
    first = own_host._process.pid

    own_host.ensure_running()

    assert own_host._process.pid != first
    assert own_host.failure() == ""


def test_the_reason_of_a_crash_is_in_the_hosts_log(own_host, crash):
    crash("import sys; sys.exit('qt.qpa.plugin: no platform')")

    assert own_host.failure().endswith("qt.qpa.plugin: no platform")


def test_a_host_that_keeps_crashing_is_given_up(own_host, crash):
    for _ in range(RESTART_LIMIT):
        crash("import sys; sys.exit('it crashed')")

    with pytest.raises(HostUnavailable, match="it crashed"):
        own_host.ensure_running()


def test_a_host_without_qt_is_given_up_at_once(own_host, crash):
    crash(f"raise SystemExit({EXIT_NO_QT})")

    with pytest.raises(HostUnavailable, match="pip install PyQt5"):
        own_host.ensure_running()


def test_a_host_that_does_not_leave_is_killed(own_host, programs, monkeypatch):
    monkeypatch.setattr(module, "_STOP_TIMEOUT", 0.1)
    programs.append("import time\nwhile True: time.sleep(1)")
    own_host.ensure_running()
    process = own_host._process

    own_host.stop()
    own_host.stop()

    assert process.returncode is not None


class Unkillable:
    """A process in the middle of a system call that does not return."""

    stdin = None
    returncode = None

    def __init__(self):
        self.kills = 0

    def poll(self):
        return None

    def terminate(self):
        pass

    def kill(self):
        self.kills += 1

    def wait(self, timeout):
        raise subprocess.TimeoutExpired("host", timeout)


def test_a_host_that_cannot_be_killed_is_waited_for_no_longer(own_host, monkeypatch):
    process = Unkillable()
    monkeypatch.setattr(module, "launch_host", lambda *arguments: process)
    own_host.ensure_running()

    own_host.stop()

    assert process.kills == 1
    assert not own_host.connection_file.parent.exists()


def test_where_ipc_is_missing_the_endpoint_is_tcp_with_keys(monkeypatch):
    monkeypatch.setattr(module.zmq, "has", lambda feature: False)

    host = OwnHost()

    try:
        assert host.info.endpoint.startswith("tcp://127.0.0.1:")
        keys = host.info.curve
        assert len(set(vars(keys).values())) == 4
        assert all(len(key) == 40 for key in vars(keys).values())
    finally:
        host.stop()
