"""The host is started, and started again when it dies; with real child processes."""

from __future__ import annotations

import asyncio
import os
import signal
import stat

from fakechild import BROKEN, GOOD
from fakehost import until, window_model

from jlab_qtwindows.protocol.meeting.hoststate import HostState, read_host_state
from jlab_qtwindows.protocol.meeting.launch import EXIT_NO_QT


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


# -- crashes ------------------------------------------------------------------------


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


async def test_how_often_it_crashed_is_said_before_what_to_do(
    make_process, manager, launcher, is_state
):
    process = make_process(restart_limit=1)
    await process.start()
    await is_state("running")

    os.kill(launcher.pid, signal.SIGKILL)
    await is_state("failed")

    times = "(1 times within 300 s); remedy: see how much memory is free"
    assert manager.host.reason.endswith(times)


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
