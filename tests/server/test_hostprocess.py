"""The supervision of the host, with real child processes."""

import asyncio
import json
import os
import signal
import stat
import subprocess
import sys

import psutil
import pytest
from fakehost import TIMEOUT, until, window_model

from jlab_qtwindows.protocol.connection import write_connection_file
from jlab_qtwindows.protocol.errors import HandshakeRefused
from jlab_qtwindows.protocol.hoststate import HostState, read_host_state
from jlab_qtwindows.protocol.launch import EXIT_NO_QT
from jlab_qtwindows.protocol.messages import Welcome
from jlab_qtwindows.server import hostchild, hostprocess
from jlab_qtwindows.server.hostprocess import HostProcess

WELCOME = Welcome(
    host_id="h1",
    pid=1,
    python="3.11.0",
    matplotlib="3.11.0",
    numpy="2.0.0",
    binding="PyQt5 5.15.11",
    platform="offscreen",
    note="no display",
)

# Like the real host it leaves when its standard input ends.
GOOD = "import sys; sys.stdin.read()"
BROKEN = "print('libfoo.so is missing'); raise SystemExit(1)"
DEAF = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.write(int(sys.argv[1]), b"x")
time.sleep(600)
"""
POLITE = """
import os, signal, sys
signal.signal(signal.SIGUSR1, lambda *args: sys.exit(0))
signal.signal(signal.SIGTERM, lambda *args: sys.exit("terminated"))
os.write(int(sys.argv[1]), b"x")
signal.pause()
"""


class FakeClient:
    """Is welcomed at once, unless the test says otherwise."""

    def __init__(self):
        self.refusal = None
        self.silent = False
        self.on_shutdown = None
        self.connects = 0
        self.is_open = False
        self.is_waiting = False

    async def connect(self):
        self.connects += 1
        self.is_open = True
        if self.silent:
            self.is_waiting = True
            try:
                await asyncio.Event().wait()
            finally:
                self.is_waiting = False
        if self.refusal is not None:
            raise HandshakeRefused(self.refusal)
        return WELCOME

    async def shutdown(self):
        if self.on_shutdown is None:
            return False
        self.on_shutdown()
        return True

    async def close(self):
        self.is_open = False


class Launcher:
    """Starts Python programs in place of the host, and remembers them."""

    def __init__(self):
        self.program = GOOD
        self.processes = []
        self._ready, self._say_ready = os.pipe()

    def __call__(self, connection_file, log):
        process = subprocess.Popen(
            [sys.executable, "-c", self.program, str(self._say_ready)],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            pass_fds=[self._say_ready],
        )
        self.processes.append(process)
        return process

    @property
    def pid(self):
        return self.processes[-1].pid

    async def ready(self):
        """Wait until the program has set its signal handlers."""
        reading = asyncio.to_thread(os.read, self._ready, 1)
        await asyncio.wait_for(reading, TIMEOUT)

    def close(self):
        os.close(self._ready)
        os.close(self._say_ready)


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


# -- start -------------------------------------------------------------------------


async def test_host_runs_when_it_has_welcomed_the_server(
    process, manager, launcher, is_state
):
    await process.start()
    before = manager.host
    await is_state("running")

    assert (before.state, before.pid) == ("starting", launcher.pid)
    host = manager.host
    assert (host.platform, host.binding) == ("offscreen", "PyQt5 5.15.11")
    assert (host.note, host.pid, host.restarts) == ("no display", launcher.pid, 0)


async def test_two_rings_at_once_start_one_host(process, launcher, is_state):
    await asyncio.gather(process.start(), process.start())
    await is_state("running")
    await process.start()

    assert len(launcher.processes) == 1


async def test_state_is_written_for_waiting_kernels(process, directory, is_state):
    await process.start()
    started = read_host_state(directory)
    await is_state("running")

    assert started == HostState("starting")
    assert read_host_state(directory) == HostState("running")
    mode = (directory / "host-state.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


async def test_log_of_the_host_is_private(process, directory):
    await process.start()

    mode = (directory / "host.log").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


async def test_host_that_cannot_be_started_fails(make_process, manager):
    def launch(connection_file, log):
        raise OSError("no more processes")

    await make_process(launch=launch).start()

    assert manager.host.state == "failed"
    assert "no more processes" in manager.host.reason


# -- crashes -----------------------------------------------------------------------


async def test_host_that_dies_is_started_again(process, manager, launcher, is_state):
    await process.start()
    await is_state("running")

    os.kill(launcher.pid, signal.SIGKILL)
    await until(manager, lambda: manager.host.restarts == 1)
    await is_state("running")

    assert len(launcher.processes) == 2
    assert manager.host.pid == launcher.pid


async def test_windows_stay_listed_while_the_host_is_started_again(
    process, manager, launcher, is_state
):
    await process.start()
    await is_state("running")
    manager.put_window(window_model("w1"))

    os.kill(launcher.pid, signal.SIGKILL)
    await until(manager, lambda: manager.host.restarts == 1)
    await is_state("running")

    assert manager.get_window("w1")


async def test_third_crash_gives_the_host_up_and_says_why(
    process, manager, launcher, client, directory, is_state, caplog
):
    launcher.program = BROKEN
    client.silent = True
    manager.put_window(window_model("w1"))

    await process.start()
    await is_state("failed")

    assert len(launcher.processes) == 3
    assert "3 times" in manager.host.reason
    assert "libfoo.so is missing" in manager.host.reason
    assert manager.host.pid is None
    assert manager.list_windows() == []
    assert not client.is_open
    state = read_host_state(directory)
    assert state == HostState("failed", manager.host.reason)
    errors = [r for r in caplog.records if r.levelname == "ERROR"]
    assert len(errors) == 1


async def test_ring_does_nothing_after_the_host_was_given_up(
    process, launcher, client, is_state
):
    launcher.program = BROKEN
    client.silent = True
    await process.start()
    await is_state("failed")

    launcher.program = GOOD
    await process.start()

    assert len(launcher.processes) == 3


async def test_restart_by_hand_forgets_the_failures(
    process, manager, launcher, client, is_state
):
    launcher.program = BROKEN
    client.silent = True
    await process.start()
    await is_state("failed")

    launcher.program = GOOD
    client.silent = False
    await process.restart()
    await is_state("running")
    os.kill(launcher.pid, signal.SIGKILL)
    await until(manager, lambda: manager.host.restarts == 1)

    assert manager.host.state != "failed"
    assert manager.host.reason == ""


async def test_crashes_of_long_ago_are_forgotten(
    make_process, manager, launcher, client
):
    launcher.program = BROKEN
    client.silent = True

    await make_process(restart_window=0.0).start()

    await until(manager, lambda: manager.host.restarts == 5)


async def test_host_without_qt_fails_at_once(
    process, manager, launcher, client, is_state
):
    launcher.program = f"raise SystemExit({EXIT_NO_QT})"
    client.silent = True

    await process.start()
    await is_state("failed")

    assert len(launcher.processes) == 1
    assert "pip install PyQt5" in manager.host.reason
    assert not manager.host.worked


async def test_a_failure_tells_whether_the_host_has_ever_worked(
    make_process, manager, launcher, client, is_state
):
    process = make_process(restart_limit=1)
    await process.start()
    await is_state("running")
    os.kill(launcher.pid, signal.SIGKILL)
    await is_state("failed")
    worked = manager.host.worked

    client.silent = True
    launcher.program = f"raise SystemExit({EXIT_NO_QT})"
    await process.restart()
    await is_state("failed")

    assert worked
    assert not manager.host.worked  # since it was last started by hand


async def test_refused_server_fails_at_once(
    process, manager, launcher, client, is_state
):
    client.refusal = "protocol 2 is spoken here"

    await process.start()
    await is_state("failed")

    assert len(launcher.processes) == 1
    assert "protocol 2" in manager.host.reason
    assert launcher.processes[0].poll() is not None


async def test_host_that_does_not_answer_is_ended(
    make_process, manager, launcher, client, is_state
):
    client.silent = True

    await make_process(start_timeout=0.05, restart_limit=1).start()
    await is_state("failed")

    assert "did not answer" in manager.host.reason
    assert launcher.processes[0].poll() is not None


# -- end ---------------------------------------------------------------------------


async def test_stop_lets_the_host_close_its_windows_first(
    process, launcher, client, is_state
):
    launcher.program = POLITE
    loop = asyncio.get_running_loop()
    await process.start()
    await is_state("running")
    await launcher.ready()
    child = launcher.processes[0]
    client.on_shutdown = lambda: loop.call_later(
        0.05, child.send_signal, signal.SIGUSR1
    )

    await process.stop()

    assert launcher.processes[0].returncode == 0


async def test_host_that_ignores_the_goodbye_gets_a_signal(
    process, launcher, client, is_state, monkeypatch
):
    monkeypatch.setattr(hostprocess, "GOODBYE_TIMEOUT", 0.05)
    launcher.program = POLITE
    client.on_shutdown = lambda: None
    await process.start()
    await is_state("running")
    await launcher.ready()

    await process.stop()

    assert launcher.processes[0].returncode == 1  # of its SIGTERM handler


async def test_host_that_ignores_everything_is_killed(
    process, launcher, is_state, monkeypatch
):
    monkeypatch.setattr(hostchild, "TERMINATE_TIMEOUT", 0.05)
    launcher.program = DEAF
    await process.start()
    await is_state("running")
    await launcher.ready()

    await process.stop()

    assert launcher.processes[0].returncode == -signal.SIGKILL


async def test_stop_during_the_start_leaves_nothing(process, manager, launcher, client):
    client.silent = True
    await process.start()

    await process.stop()

    assert launcher.processes[0].returncode is not None
    assert manager.host.state == "stopped"
    assert not client.is_open
    assert not client.is_waiting


async def test_stopped_host_is_not_started_again(process, manager, launcher):
    await process.start()
    manager.put_window(window_model("w1"))
    await process.stop()

    await process.stop()
    await process.start()
    await process.restart()

    assert len(launcher.processes) == 1
    assert manager.host.state == "stopped"
    assert manager.list_windows() == []


async def test_restart_replaces_the_running_host(process, launcher, client, is_state):
    await process.start()
    await is_state("running")

    await process.restart()
    await is_state("running")

    first, second = launcher.processes
    assert first.returncode is not None
    assert second.poll() is None
    assert client.is_open
    assert client.connects == 2


async def test_ring_during_a_restart_starts_no_second_host(
    process, launcher, client, is_state
):
    client.on_shutdown = lambda: None
    await process.start()
    await is_state("running")

    restarting = asyncio.ensure_future(process.restart())
    await asyncio.sleep(0)
    launcher.processes[0].stdin.close()
    await asyncio.gather(restarting, process.start())

    assert len(launcher.processes) == 2


async def test_host_ends_when_the_server_is_killed(tmp_path):
    server = f"""
import asyncio, json, logging, subprocess, sys
from pathlib import Path
sys.path[:0] = {sys.path!r}
from test_hostprocess import FakeClient, Launcher
from jlab_qtwindows.server.hostprocess import HostProcess
from jlab_qtwindows.server.manager import WindowManager

async def main():
    log = logging.getLogger()
    launcher = Launcher()
    process = HostProcess(Path({str(tmp_path / "connection.json")!r}),
        WindowManager(log=log), FakeClient(), log=log, launch=launcher)
    await process.start()
    print(launcher.pid, flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", server, stdout=subprocess.PIPE
    )
    line = await asyncio.wait_for(parent.stdout.readline(), TIMEOUT)
    host = psutil.Process(json.loads(line))

    parent.kill()
    await asyncio.wait_for(parent.wait(), TIMEOUT)

    await asyncio.to_thread(psutil.wait_procs, [host], TIMEOUT)
    assert not host.is_running()


async def test_server_that_forgets_to_stop_the_host_still_ends(tmp_path):
    server = f"""
import asyncio, logging, sys
from pathlib import Path
sys.path[:0] = {sys.path!r}
from test_hostprocess import FakeClient, Launcher
from jlab_qtwindows.server.hostprocess import HostProcess
from jlab_qtwindows.server.manager import WindowManager

async def main():
    log = logging.getLogger()
    process = HostProcess(Path({str(tmp_path / "connection.json")!r}),
        WindowManager(log=log), FakeClient(), log=log, launch=Launcher())
    await process.start()

asyncio.run(main())
"""
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", server)

    assert await asyncio.wait_for(parent.wait(), TIMEOUT) == 0
