"""What the counts of cells mean, and what real kernels without a GUI loop give."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest
from desktop import virtual_desktop

from jlab_qtwindows.doctor import cellrunning
from jlab_qtwindows.doctor.cellrunning import (
    _GUARD,
    Counts,
    _judge,
    _magic,
    check_cell_running,
    provoke,
)
from jlab_qtwindows.doctor.environments import Environment, look_into
from jlab_qtwindows.doctor.kernelsession import KernelFailed, started_kernel
from jlab_qtwindows.doctor.kernelspecs import Kernel

CLEAN = Counts(12, 0, 1, 0)
STUCK = Counts(12, 3, 1, 0)
ABORTED = Counts(12, 0, 1, 1)
ARGUMENTS = ("-m", "ipykernel_launcher", "-f", "{connection_file}")
GUARD_BEFORE_LOOP = """
assert "guard()" in In[1]
assert In[2].startswith(("%gui", "get_ipython().run_line_magic('gui'")), In[2]
assert type(get_ipython().kernel.eventloop).__name__ == "GuardedLoop"
"""
NOT_TO_BE_HELPED = "ipykernel.__version__ = '7.0.1'\n"
# A kernel that answers nothing for longer than the doctor waits for it, once.
SWALLOWING = """
import time
def wait():
    if len(In) == 4:
        time.sleep(3)
get_ipython().events.register("pre_execute", wait)
"""
# A kernel that comes too late to its shell's port, the first time.
LATE = """
import json, pathlib, socket, sys
met, connection = map(pathlib.Path, sys.argv[1:])
if not met.exists():
    met.touch()
    other = socket.create_server(
        ("127.0.0.1", json.loads(connection.read_text())["shell_port"])
    )
from ipykernel.kernelapp import launch_new_instance
launch_new_instance(["-f", str(connection)])
"""
DEAD = Counts(12, 0, 1, 0, "the kernel answers nothing any more")


@pytest.mark.parametrize(
    ("bare", "guarded", "level", "words"),
    [
        (CLEAN, CLEAN, "ok", "all of 12 cells run"),
        (CLEAN, "guard not installed there", "ok", "all of 12 cells run"),
        (STUCK, CLEAN, "warning", "with the guard: all of 12 cells run"),
        (ABORTED, CLEAN, "warning", "1 of 1 aborted after an error"),
        (STUCK, "guard not installed there", "warning", "guard not installed there"),
        (DEAD, CLEAN, "warning", "then the kernel answers nothing any more"),
        (STUCK, STUCK, "fault", "with the guard: 3 of 12 cells stuck"),
        (CLEAN, ABORTED, "fault", "with the guard: 0 of 12 cells stuck, 1 of 1"),
        (DEAD, DEAD, "fault", "nothing any more"),
    ],
)
def test_only_what_the_guard_does_not_heal_is_a_fault(bare, guarded, level, words):
    line = _judge("kernel k", "%matplotlib qt", bare, guarded)

    assert line.level == level
    assert words in line.finding
    assert bool(line.remedy) == (level != "ok")


@pytest.mark.e2e
def test_a_kernel_without_a_loop_runs_every_cell(kernels):
    with started_kernel(Kernel("python3", None)) as session:
        counts = provoke(session, rounds=2)

    assert counts == Counts(cells=24, stuck=0, errors=2, aborted=0)


@pytest.mark.e2e
def test_a_round_in_which_a_cell_is_stuck_is_the_last_one(kernels):
    with started_kernel(Kernel("python3", None)) as session:
        assert session.run(SWALLOWING) == ("ok", "")
        counts = provoke(session)

    assert counts.stuck >= 1
    assert counts.cells == 12


@pytest.mark.e2e
def test_a_kernel_that_stays_busy_is_not_waited_for(kernels):
    with started_kernel(Kernel("python3", None)) as session:
        busy = session.send("import time; time.sleep(600)")

        with pytest.raises(KernelFailed, match="answers nothing any more"):
            session.statuses([busy], silence=0.3)


@pytest.mark.e2e
def test_a_kernel_that_aborts_is_told_with_its_last_words(kernels):
    with (
        started_kernel(Kernel("python3", None)) as session,
        pytest.raises(KernelFailed, match="has ended by signal 6: last words"),
    ):
        session.run("import os\nos.write(2, b'last words\\n'); os.abort()")


@pytest.mark.e2e
def test_a_kernel_that_does_not_start_is_told_with_its_last_words(kernels, add_kernel):
    add_kernel("broken", sys.executable, "-c", "raise SystemExit('no kernel here')")

    with (
        pytest.raises(KernelFailed, match="no kernel here"),
        started_kernel(Kernel("broken", None)),
    ):
        pass


@pytest.mark.e2e
def test_a_kernel_whose_port_was_taken_meanwhile_is_started_again(
    kernels, add_kernel, tmp_path
):
    met = tmp_path / "met"
    add_kernel("late", sys.executable, "-c", LATE, str(met), "{connection_file}")

    with started_kernel(Kernel("late", None)) as session:
        assert session.run("1 + 1") == ("ok", "")
    assert met.exists()


@pytest.mark.parametrize(
    ("packages", "tk", "display", "magic"),
    [
        ({"PyQt5": "5", "Matplotlib": "3.9"}, True, True, "%matplotlib qt"),
        ({"PyQt5": "5", "Matplotlib": "3.9"}, True, False, "%gui qt"),
        ({"PyQt5": "5"}, False, True, "%gui qt"),
        ({"PyQt5": "5"}, False, False, "%gui qt"),
    ],
)
def test_qt_is_tried_with_matplotlib_or_without(tmp_path, packages, tk, display, magic):
    there = Environment(sys.executable, "3.11.7", packages, tk, True)
    variables = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    with socket.socket(socket.AF_UNIX) as compositor:
        if display:
            compositor.bind(str(tmp_path / "wayland-0"))
            compositor.listen()

        assert _magic(there, variables) == magic


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11")
@pytest.mark.parametrize("display", ["", ":987"])
def test_tk_is_not_tried_without_a_display(kernels, monkeypatch, display):
    monkeypatch.setenv("DISPLAY", display)
    there = Environment(sys.executable, "3.11.7", {}, True, True)

    (line,) = check_cell_running(Kernel("never-started", there))

    assert line.level == "warning"
    assert line.finding.endswith("not tried: no display")


def test_without_any_toolkit_there_is_nothing_to_try():
    there = Environment(sys.executable, "3.11.7", {}, False, True)

    (line,) = check_cell_running(Kernel("never-started", there))

    assert line.level == "ok"
    assert "no Qt and no Tk there" in line.finding


@pytest.mark.e2e
def test_a_loop_that_cannot_be_started_is_not_taken_for_one_without_faults(
    kernels, add_kernel, python_without_qt
):
    add_kernel("without", python_without_qt, *ARGUMENTS)
    there = Environment(python_without_qt, "3.11.7", {"PyQt5": "5"}, False, True)

    (line,) = check_cell_running(Kernel("without", there))

    assert line.level == "warning"
    assert "not tried: %gui qt fails: " in line.finding
    assert "%matplotlib qtwindows" in line.remedy


@pytest.mark.e2e
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ELF and X11")
def test_a_kernel_whose_qt_aborts_is_a_fault(
    kernels, monkeypatch, add_kernel, python_lacking
):
    plugin = "Qt5/plugins/platforms/libqxcb.so"
    python = python_lacking("PyQt5", plugin, "libxcb-icccm.so.4", "libqtw-icccm.so.4")
    add_kernel("aborting", python, *ARGUMENTS)
    with virtual_desktop() as desktop:
        monkeypatch.setenv("DISPLAY", desktop.name)

        (line,) = check_cell_running(Kernel("aborting", look_into(python)))
        remedy = line.remedy.removeprefix("in a terminal: ").partition(" tells ")[0]
        told = subprocess.run(remedy, shell=True, capture_output=True, text=True)

    assert line.level == "fault"
    words = "does not survive %matplotlib qt: the kernel has ended by signal 6"
    assert line.finding.startswith(words)
    assert "libqtw-icccm.so.4: cannot open shared object file" in told.stderr


@pytest.mark.e2e
def test_the_guard_is_in_force_when_the_loop_starts(kernels, monkeypatch):
    counted = []

    def provoke(session):
        counted.append(session)
        if len(counted) == 2:  # the first kernel has no guard
            assert session.run(GUARD_BEFORE_LOOP) == ("ok", "")
        return CLEAN

    monkeypatch.setattr(cellrunning, "provoke", provoke)

    (line,) = check_cell_running(Kernel("python3", look_into()))

    assert line.level == "ok"
    assert len(counted) == 2


@pytest.mark.e2e
def test_a_guard_that_is_not_on_is_told_in_its_own_words(kernels, monkeypatch):
    monkeypatch.setattr(cellrunning, "provoke", lambda session: STUCK)
    monkeypatch.setattr(
        cellrunning, "_GUARD", f"import ipykernel\n{NOT_TO_BE_HELPED}{_GUARD}"
    )

    (line,) = check_cell_running(Kernel("python3", look_into()))

    assert line.level == "warning"
    assert "; no cell-run guard: ipykernel 7.0.1 runs cells rightly" in line.finding
