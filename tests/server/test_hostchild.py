"""The host process is ended in good order, and none is left behind."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys

import psutil
from fakechild import DEAF, POLITE
from fakehost import TIMEOUT, window_model

from jlab_qtwindows.server import hostchild, hostprocess


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
from fakechild import FakeClient, Launcher
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
from fakechild import FakeClient, Launcher
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
