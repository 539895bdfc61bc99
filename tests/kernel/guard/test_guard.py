"""The guard exchanges ipykernel's loop functions, and gives every one of them back."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from types import SimpleNamespace

import ipykernel
import pytest
from ipykernel import eventloops
from lonekernel import LIMIT, Loop, lone_kernel, until

import jlab_qtwindows as qtw
from jlab_qtwindows.kernel.guard import cellguard as guard_module
from jlab_qtwindows.kernel.guard.guardedloop import GuardedLoop

NEEDY = "7.4.0"  # a version that needs the guard


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """Begin without a guard, in a process without IPython; restore the functions."""
    monkeypatch.setattr(guard_module, "_guard", None)
    monkeypatch.setattr(guard_module, "_switched_by_user", False)
    monkeypatch.setattr(ipykernel, "__version__", NEEDY)
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    monkeypatch.setattr(eventloops, "loop_map", dict(eventloops.loop_map))


@pytest.fixture
def in_kernel(monkeypatch):
    """Return a function that runs a coroutine function in a kernel."""

    def run(function):
        async def with_kernel():
            async with lone_kernel() as peer:
                shell = SimpleNamespace(kernel=peer.kernel)
                ipython = SimpleNamespace(get_ipython=lambda: shell)
                monkeypatch.setitem(sys.modules, "IPython", ipython)
                await function(peer)

        asyncio.run(with_kernel())

    return run


class TestSwitching:
    def test_a_loop_activated_later_is_guarded(self, in_kernel):
        async def check(peer):
            assert qtw.guard().on
            eventloops.enable_gui("tk", peer.kernel)
            found = peer.kernel.eventloop
            peer.kernel.eventloop = None  # before it is entered

            assert isinstance(found, GuardedLoop)
            assert found.loop is eventloops.loop_tk

        in_kernel(check)

    def test_the_loop_that_runs_is_guarded_from_its_next_turn(self, in_kernel):
        async def check(peer):
            loop = Loop()
            peer.kernel.eventloop = loop
            await until(lambda: loop.entered_after)
            qtw.guard()
            peer.send("wait")
            await until(peer.kernel.executing.is_set)
            before = len(loop.entered_after)
            await asyncio.sleep(0.05)

            assert len(loop.entered_after) == before

            peer.kernel.gate.set()
            await until(lambda: loop.entered_after[-1] == ["wait"])

        in_kernel(check)

    def test_the_same_loop_may_be_activated_again(self, in_kernel):
        async def check(peer):
            qtw.guard()
            peer.kernel.eventloop = eventloops.loop_map["qt"]
            # ipykernel refuses any other than the one that runs.
            assert eventloops.loop_map["qt5"] is peer.kernel.eventloop
            assert eventloops.loop_map["qt6"] is peer.kernel.eventloop
            qtw.guard()
            assert eventloops.loop_map["qt"] is peer.kernel.eventloop
            peer.kernel.eventloop = None

        in_kernel(check)

    def test_off_gives_every_function_back(self, in_kernel):
        before = dict(eventloops.loop_map)

        async def check(peer):
            loop = Loop()
            own = peer.kernel.shell_stream._recv_callback
            peer.kernel.eventloop = loop
            qtw.guard()
            assert eventloops.loop_map["qt"] is not before["qt"]
            await until(lambda: peer.kernel.shell_stream._recv_callback is not own)

            state = qtw.guard(False)

            assert not state.on
            assert peer.kernel.eventloop is loop
            assert peer.kernel.shell_stream._recv_callback is own
            assert eventloops.loop_map == before
            await until(lambda: loop.entered_after)

        in_kernel(check)

    def test_off_without_on_and_on_twice_change_nothing(self, in_kernel):
        before = dict(eventloops.loop_map)

        async def check(peer):
            qtw.guard(False)
            assert eventloops.loop_map == before

            qtw.guard()
            once = dict(eventloops.loop_map)
            qtw.guard()
            assert eventloops.loop_map == once

        in_kernel(check)

    def test_another_thread_has_the_main_thread_do_it(self, in_kernel):
        async def check(peer):
            loop = Loop()
            peer.kernel.eventloop = loop
            thread = threading.Thread(target=qtw.guard)
            thread.start()
            thread.join(LIMIT)
            assert peer.kernel.eventloop is loop

            await until(lambda: isinstance(peer.kernel.eventloop, GuardedLoop))

        in_kernel(check)

    def test_only_toolkits_have_their_function_exchanged(self, in_kernel):
        async def check(peer):
            qtw.guard()

            assert eventloops.loop_map["asyncio"] is eventloops.loop_asyncio
            assert eventloops.loop_map["inline"] is None

        in_kernel(check)


class TestWithTheBackend:
    def test_on_with_it(self, in_kernel):
        async def check(peer):
            guard_module.guard_later_loops()

            assert isinstance(eventloops.loop_map["qt"], GuardedLoop)

        in_kernel(check)

    def test_not_when_the_user_has_switched_it_off(self, in_kernel):
        async def check(peer):
            qtw.guard(False)
            guard_module.guard_later_loops()

            assert eventloops.loop_map["qt"] is eventloops.loop_qt

        in_kernel(check)

    def test_costs_the_requests_nothing_while_no_loop_runs(self, in_kernel):
        async def check(peer):
            own = peer.kernel.shell_stream._recv_callback
            guard_module.guard_later_loops()
            peer.send("x = 1")
            assert await peer.statuses(1) == ["ok"]

            assert peer.kernel.shell_stream._recv_callback is own

        in_kernel(check)

    def test_a_failure_does_not_keep_anybody_from_plotting(self, monkeypatch, caplog):
        broken = SimpleNamespace(get_ipython=lambda: 1 / 0)
        monkeypatch.setitem(sys.modules, "IPython", broken)
        guard_module.guard_later_loops()

        assert "could not be switched on" in caplog.text


class TestWhereItDoesNothing:
    @pytest.mark.parametrize(
        ("version", "note"),
        [
            ("5.5.6", "too old"),
            ("7.0.0a1", "issue 1454"),
            ("7.0.1", "%matplotlib qtwindows"),
        ],
    )
    def test_a_version_that_it_does_not_fit(
        self, in_kernel, monkeypatch, version, note
    ):
        before = dict(eventloops.loop_map)
        monkeypatch.setattr(ipykernel, "__version__", version)

        async def check(peer):
            state = qtw.guard()

            assert not state.on
            assert version in repr(state)
            assert note in repr(state)
            assert eventloops.loop_map == before

        in_kernel(check)

    @pytest.mark.parametrize(
        "version", ["6.20.2", "6.29.2", "6.29.3", "6.31.0", "7.1.0", "7.4.0", "8.0"]
    )
    def test_not_so_a_version_that_needs_it(self, in_kernel, monkeypatch, version):
        monkeypatch.setattr(ipykernel, "__version__", version)

        async def check(peer):
            assert qtw.guard().on

        in_kernel(check)

    def test_a_script(self):
        assert "no Jupyter kernel" in repr(qtw.guard())
        assert "no Jupyter kernel" in repr(qtw.guard(False))

    def test_ipython_in_a_terminal(self, tmp_path):
        text = "%load_ext jlab_qtwindows\n%unload_ext jlab_qtwindows\nprint('alive')\n"
        (tmp_path / "cells.ipy").write_text(text)
        result = subprocess.run(
            [sys.executable, "-m", "IPython", "--colors=NoColor", "cells.ipy"],
            cwd=tmp_path,
            env={"IPYTHONDIR": str(tmp_path), "PATH": "", "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
        )

        assert result.returncode == 0, result.stderr
        assert "IPython in a terminal needs none" in result.stdout
        assert "alive" in result.stdout

    def test_a_kernel_of_another_making(self, monkeypatch):
        shell = SimpleNamespace(kernel=SimpleNamespace())
        ipython = SimpleNamespace(get_ipython=lambda: shell)
        monkeypatch.setitem(sys.modules, "IPython", ipython)

        assert "not one that ipykernel runs" in repr(qtw.guard())
