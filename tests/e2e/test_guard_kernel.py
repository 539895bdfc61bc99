"""No cell is lost or refused where the guard is on, in kernels that do both without it.

Each fault is first seen without the guard: else the test would prove nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from desktop import Desktop
from pinned import LIMIT, PAUSE, SILENCE, PinnedKernel, pinned_kernel

pytestmark = pytest.mark.e2e

BURST = [f"x = {i}" for i in range(8)]
ROUNDS = 10


@pytest.fixture(params=["6.27.1", "7.4.0"])
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def kernel(version: str, desktop: Desktop) -> Iterator[PinnedKernel]:
    """A kernel without the guard and without a loop."""
    with pinned_kernel(version, desktop) as found:
        yield found


@pytest.mark.parametrize("toolkit", ["qt", "tk"])
@pytest.mark.parametrize("version", ["7.4.0"], indirect=True)
def test_a_burst_of_cells_is_answered_to_the_last(
    kernel: PinnedKernel, toolkit: str
) -> None:
    if toolkit == "tk" and kernel.run("import tkinter") != ["ok"]:
        pytest.skip("this Python has no tkinter")
    kernel.prepare(f"%gui {toolkit}")
    assert any(
        "unanswered" in kernel.statuses(kernel.send(*BURST), SILENCE)
        for _ in range(ROUNDS)
    )

    kernel.prepare("import jlab_qtwindows as qtw; qtw.guard()")
    for _ in range(ROUNDS):
        assert kernel.statuses(kernel.send(*BURST)) == ["ok"] * len(BURST)


@pytest.mark.parametrize("version", ["6.27.1"], indirect=True)
def test_the_cell_after_an_error_is_run(kernel: PinnedKernel) -> None:
    kernel.prepare("%gui qt")
    cells = ("1 / 0", "x = 2", "x = 3")
    assert any("aborted" in kernel.run(*cells, limit=SILENCE) for _ in range(ROUNDS))

    kernel.prepare("import jlab_qtwindows as qtw; qtw.guard()")
    for _ in range(ROUNDS):
        assert kernel.run("1 / 0", "x = 2") == ["error", "ok"]


# A request comes while the kernel looks for one: here each look takes that long.
SLOW_LOOK = """
import time, zmq
from ipykernel import eventloops
get = getattr(eventloops, "get_shell_stream", lambda kernel: kernel.shell_stream)
class SlowLook(zmq.Poller):
    def poll(self, timeout=None):
        found = super().poll(timeout)
        time.sleep(0 if found else 0.2)
        return found
get(get_ipython().kernel).poller = SlowLook()
"""


@pytest.mark.parametrize("toolkit", ["qt", "tk"])
def test_a_request_that_comes_during_a_look_for_one_is_run(
    kernel: PinnedKernel, toolkit: str
) -> None:
    if toolkit == "tk" and kernel.run("import tkinter") != ["ok"]:
        pytest.skip("this Python has no tkinter")
    kernel.prepare("import jlab_qtwindows as qtw; qtw.guard()", f"%gui {toolkit}")
    kernel.prepare(SLOW_LOOK)
    for _ in range(ROUNDS):
        time.sleep(PAUSE)  # it is in the GUI's loop again, and in the middle of a look
        assert kernel.run("x = 1", limit=LIMIT / 3) == ["ok"]


def test_cells_queued_behind_an_error_are_refused_and_the_next_is_run(
    kernel: PinnedKernel,
) -> None:
    kernel.prepare("import jlab_qtwindows as qtw; qtw.guard()", "%gui qt")
    for _ in range(ROUNDS):
        burst = kernel.send("x = 1", "import time; time.sleep(0.3); 1 / 0", *BURST)
        refused = ["aborted"] * len(BURST)
        assert kernel.statuses(burst) == ["ok", "error", *refused]
        time.sleep(PAUSE)
        assert kernel.run("x = 2") == ["ok"]


def test_a_cell_that_awaits_goes_on(kernel: PinnedKernel) -> None:
    kernel.prepare("import asyncio, jlab_qtwindows as qtw")
    kernel.prepare("%gui qt")
    cell = kernel.send("await asyncio.sleep(0.2)")
    assert kernel.statuses(cell, SILENCE) == ["unanswered"]

    kernel.prepare("qtw.guard()")
    assert kernel.run("await asyncio.sleep(0.2)", "x = 1") == ["ok", "ok"]


def test_an_interrupt_ends_a_cell_and_not_the_guard(kernel: PinnedKernel) -> None:
    kernel.prepare("import asyncio, time, jlab_qtwindows as qtw")
    kernel.prepare("qtw.guard()", "%gui qt")
    for wait in ("await asyncio.sleep(600)", "time.sleep(600)"):
        (request,) = kernel.send(f"print('begun'); {wait}")
        while True:
            message = kernel.client.get_iopub_msg(timeout=LIMIT)
            if message["content"].get("text", "").startswith("begun"):
                break
        kernel.manager.interrupt_kernel()
        assert kernel.statuses([request]) == ["error"]
        time.sleep(PAUSE)
        kernel.manager.interrupt_kernel()  # while the loop runs
        assert kernel.statuses(kernel.send(*BURST)) == ["ok"] * len(BURST)


def test_survives_a_change_of_the_loop_and_its_end(kernel: PinnedKernel) -> None:
    kernel.prepare("%load_ext jlab_qtwindows")
    for change in ("%gui qt", "%gui", "%gui tk", "%gui", "%gui qt"):
        assert kernel.run(change, "%load_ext jlab_qtwindows") == ["ok", "ok"]
        assert kernel.statuses(kernel.send(*BURST)) == ["ok"] * len(BURST)
        assert kernel.run("1 / 0", "x = 2") == ["error", "ok"]

    assert kernel.run("%gui", "%matplotlib inline") == ["ok", "ok"]
    assert kernel.statuses(kernel.send(*BURST)) == ["ok"] * len(BURST)


def test_off_gives_every_function_of_the_kernel_back(kernel: PinnedKernel) -> None:
    kernel.prepare("""
        from ipykernel import eventloops
        kernel, before = get_ipython().kernel, dict(eventloops.loop_map)
        get = getattr(eventloops, "get_shell_stream", lambda k: k.shell_stream)
        receive = get(kernel)._recv_callback
        unchanged = lambda: (eventloops.loop_map == before,
                             get(kernel)._recv_callback is receive)
    """)
    kernel.prepare("%load_ext jlab_qtwindows", "%gui qt", "x = 1")
    assert kernel.text("print(unchanged())") == "(False, False)"

    off = "%unload_ext jlab_qtwindows\nprint(unchanged(), kernel.eventloop.__name__)"
    assert kernel.text(off) == "(True, True) loop_qt"


def test_the_loops_exit_hook_is_called_at_the_kernels_end(
    kernel: PinnedKernel, tmp_path: Path
) -> None:
    kernel.prepare("import jlab_qtwindows as qtw; qtw.guard()", "%gui qt")
    mark = tmp_path / "called"
    kernel.prepare(f"""
        from ipykernel.eventloops import loop_qt
        hook = loop_qt.exit_hook
        def called(kernel):
            open({str(mark)!r}, "w").close()
            hook(kernel)
        loop_qt.exit_hook = called
    """)
    kernel.client.shutdown()
    kernel.manager.finish_shutdown(waittime=LIMIT)

    assert mark.exists()


@pytest.mark.parametrize("version", ["7.4.0"], indirect=True)
def test_it_comes_with_the_backend_and_costs_nothing_without_a_loop(
    kernel: PinnedKernel,
) -> None:
    kernel.prepare("import jlab_qtwindows as qtw")
    kernel.prepare("from ipykernel.eventloops import get_shell_stream, loop_map")
    kernel.prepare("own = get_shell_stream(get_ipython().kernel)._recv_callback")
    assert kernel.run("import jlab_qtwindows.kernel.backend") == ["ok"]

    unchanged = "get_shell_stream(get_ipython().kernel)._recv_callback is own"
    assert kernel.text(f"print({unchanged}, loop_map['qt'])").startswith(
        "True <guarded"
    )
    kernel.prepare("%gui qt")
    for _ in range(ROUNDS):
        assert kernel.statuses(kernel.send(*BURST)) == ["ok"] * len(BURST)
