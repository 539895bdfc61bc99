"""Scripts that plot, each in a process of its own with real windows."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import psutil
import pytest
from handhost import LIMIT

pytestmark = pytest.mark.e2e

# Fails for every Qt, in the script and in the host that it starts.
NO_QT = """
import sys

for name in ("PyQt5", "PyQt6", "PySide2", "PySide6"):
    sys.modules[name] = None
"""

# What the scripts share: wait until a window shows this many states.
PREAMBLE = f"""
import os, sys, time
import matplotlib.pyplot as plt
import jlab_qtwindows as qtw
from jlab_qtwindows.kernel.link.client import get_client

def wait_until(condition):
    end = time.monotonic() + {LIMIT}
    while not condition():
        assert time.monotonic() < end, repr(qtw.status())
        time.sleep(0.01)

def wait_for_states(count):
    wait_until(lambda: qtw.windows() and qtw.windows()[0].shown >= count)
"""


@pytest.fixture
def folder():
    """Return a folder with a path that is short enough for ipc."""
    with tempfile.TemporaryDirectory(prefix="qtw-") as path:
        yield Path(path)


@pytest.fixture
def start(folder, desktop):
    """Return a function that starts a script with our backend, on a desktop."""
    processes = []

    def run(text, *options, **environ):
        process = subprocess.Popen(
            [sys.executable, *options, "-c", PREAMBLE + textwrap.dedent(text)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=folder,
            env={
                **desktop.environment(),
                "MPLBACKEND": "qtwindows",
                "TMPDIR": str(folder),
                "XDG_RUNTIME_DIR": str(folder),
                **environ,
            },
        )
        processes.append(process)
        return process

    yield run
    for process in processes:
        process.kill()
        process.wait(LIMIT)
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()


def finish(process):
    """Wait for the end of a script; return its lines and its error output."""
    out, err = process.communicate(timeout=2 * LIMIT)
    assert process.returncode == 0, err
    return out.splitlines(), err


def is_running(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


SHOW_AND_PRINT_HOST = """
plt.ion()
(line,) = plt.plot([1, 2, 3])
wait_for_states(1)
shown = qtw.windows()[0].shown
line.set_ydata([3, 2, 1])
wait_for_states(shown + 1)
print(get_client().welcome.pid, flush=True)
"""


def test_a_script_shows_its_windows_and_leaves_nothing_behind(
    start, folder, eventually
):
    lines, err = finish(start(SHOW_AND_PRINT_HOST))

    (host,) = map(int, lines)
    eventually(lambda: not is_running(host))
    assert list(folder.iterdir()) == []
    assert err == ""


def test_the_host_ends_with_a_script_that_was_killed(start, eventually):
    script = start(SHOW_AND_PRINT_HOST + "sys.stdin.read()\n")
    host = int(script.stdout.readline())
    assert is_running(host)

    script.kill()

    eventually(lambda: not is_running(host))


def test_a_host_that_crashed_is_started_again_with_the_figures(start, eventually):
    script = start(
        SHOW_AND_PRINT_HOST
        + """
shown = qtw.windows()[0].shown
sys.stdin.readline()
wait_for_states(shown + 1)
print(get_client().welcome.pid, flush=True)
"""
    )
    first = int(script.stdout.readline())

    psutil.Process(first).kill()
    out, err = script.communicate("\n", timeout=2 * LIMIT)

    assert script.returncode == 0, err
    assert int(out) != first


def test_a_script_that_only_saves_starts_no_host(start, folder):
    lines, err = finish(
        start(
            """
            plt.plot([1, 2, 3])
            plt.savefig("figure.png")
            print(get_client()._finder._own_host)
            """
        )
    )

    assert lines == ["None"]
    assert [path.name for path in folder.iterdir()] == ["figure.png"]
    assert err == ""


@pytest.mark.parametrize("options", [(), ("-W", "error")], ids=["plain", "strict"])
def test_without_any_qt_plotting_goes_on_with_one_warning(start, folder, options):
    sites = folder / "site"
    sites.mkdir()
    (sites / "sitecustomize.py").write_text(NO_QT)
    paths = [str(sites), os.environ.get("PYTHONPATH", "")]
    script = start(
        """
        plt.ion()
        figure, axes = plt.subplots()
        (line,) = axes.plot([1, 2, 3])
        plt.figure(2)
        wait_until(lambda: get_client().unavailable)
        line.set_ydata([3, 2, 1])
        figure.canvas.draw()
        figure.canvas.flush_events()
        plt.pause(0.01)
        with qtw.hold(figure):
            axes.set_title("held")
        plt.show(block=True)
        figure.savefig("figure.png")
        plt.close("all")
        print("went on")
        """,
        *options,
        PYTHONPATH=os.pathsep.join(filter(None, paths)),
    )

    lines, err = finish(script)

    assert lines == ["went on"]
    assert (folder / "figure.png").stat().st_size > 1000
    assert err.count("QtWindowsWarning: ") == 1
    # The files alone are hidden: pip believes it to be there.
    assert "pip install --force-reinstall PyQt5" in err
    assert "Traceback" not in err


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_plots_and_leaves_the_parents_windows_alone(start):
    script = start(
        """
        import warnings
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        plt.ion()
        figure, axes = plt.subplots()
        (line,) = axes.plot([1, 2, 3])
        wait_for_states(1)
        parent_host = get_client().welcome.pid

        child = os.fork()
        if child == 0:
            try:
                line.set_ydata([9, 9, 9])
                figure.canvas.draw()
                figure.savefig("parent-figure.png")
                own = plt.figure(77)
                own.add_subplot().plot([1, 2])
                own.savefig("child-figure.png")
                wait_for_states(1)
                assert [w.num for w in qtw.windows()] == [77]
                assert get_client().welcome.pid != parent_host
                get_client().stop()
            except BaseException:
                import traceback
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        shown = qtw.windows()[0].shown
        line.set_ydata([3, 2, 1])
        wait_for_states(shown + 1)
        assert get_client().welcome.pid == parent_host
        print("child ended with", os.waitstatus_to_exitcode(status))
        """
    )

    lines, _ = finish(script)

    assert lines == ["child ended with 0"]


NO_DISPLAY = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}

WAITING = """
fig, ax = plt.subplots()
ax.plot([1, 2, 3])
print(fig.ginput(2, timeout=0), fig.ginput(1, timeout=600), fig.waitforbuttonpress())
plt.pause(0.01)
fig.savefig("saved.png")
plt.show()
print("done")
"""


@pytest.mark.parametrize(
    ("environ", "reason", "remedy"),
    [
        (NO_DISPLAY, "no display (DISPLAY is not set)", "or set DISPLAY"),
        ({"QT_QPA_PLATFORM": "offscreen"}, "QT_QPA_PLATFORM=offscreen", "Unset it"),
        ({"QT_QPA_PLATFORM": "minimal"}, "QT_QPA_PLATFORM=minimal", "Unset it"),
        ({**NO_DISPLAY, "DISPLAY": ":987"}, ":987 does not answer", "with the DISPLAY"),
    ],
    ids=["none", "offscreen", "minimal", "dead"],
)
def test_where_nobody_sees_it_nothing_waits_and_the_reason_is_said_once(
    start, folder, environ, reason, remedy
):
    lines, err = finish(start(WAITING, **environ))

    assert lines == ["[] [] None", "done"]
    assert (folder / "saved.png").exists()
    assert err.count("QtWindowsWarning") == 1
    assert reason in err
    assert remedy in err
    assert "savefig" in err


# Faults of ours, planted where a program's thread and the I/O thread come by, and the
# words of what then goes on.
FAULTS = {
    "a turn of the I/O thread": (
        "It goes on",
        """
from jlab_qtwindows.kernel.link.conversation import Conversation
speak = Conversation.speak
def fail_once(self):
    Conversation.speak = speak
    raise LookupError("planted")
Conversation.speak = fail_once
plt.plot([1, 2, 3])
wait_for_states(1)
""",
    ),
    "all turns": (
        "Plotting goes on without them",
        """
from jlab_qtwindows.kernel.link.conversation import Conversation
def fail(self):
    raise LookupError("planted")
Conversation.speak = fail
plt.plot([1, 2, 3])
wait_until(lambda: get_client().unavailable)
plt.show(block=True)
""",
    ),
    "taking a state": (
        "It travels another way",
        """
get_client().taker.take = lambda figure, rung: {}["planted"]
plt.plot([1, 2, 3])
wait_until(lambda: qtw.windows()[0].failed)
""",
    ),
    "asking the main thread": (
        "The program goes on",
        """
from jlab_qtwindows.kernel.input.pendingcall import PendingCall
call = PendingCall(lambda frame: {}["planted"])
call.ask()
wait_until(lambda: not call.waits)
""",
    ),
    "the trap": (
        "It is taken later",
        """
import threading
from matplotlib.figure import Figure
from jlab_qtwindows.kernel.follow.trap import SafePointTrap
trap, given = SafePointTrap(), (lambda: {}["planted"], Figure(), 30)
asking = threading.Thread(target=trap.set_and_wait, args=given)
asking.start()
wait_until(lambda: not asking.is_alive())
""",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_ours_is_told_in_sentences_and_without_a_traceback(start, fault):
    words, program = FAULTS[fault]

    lines, err = finish(start(f"plt.ion()\n{program}\nprint('went on')"))

    assert lines == ["went on"]
    assert "planted" in err
    assert words in err
    assert "jlab_qtwindows" in err
    assert "Traceback" not in err


def test_the_traceback_of_a_fault_is_in_the_log_at_debug_level(start):
    program = f"""
import logging
logging.basicConfig(level=logging.DEBUG)
logging.getLogger("matplotlib").setLevel(logging.WARNING)
plt.ion()
{FAULTS["taking a state"][1]}
"""
    _, err = finish(start(program))

    assert "KeyError: 'planted'" in err


def test_a_test_that_shows_its_figures_ends_without_a_display(start, folder):
    body = textwrap.indent(PREAMBLE + WAITING, "    ")
    (folder / "test_plot.py").write_text(f"def test_plot():\n{body}")
    script = start(
        """
        import pytest
        raise SystemExit(pytest.main(["-q", "-p", "no:cacheprovider", "test_plot.py"]))
        """,
        **NO_DISPLAY,
    )

    lines, _ = finish(script)

    assert "1 passed" in lines[-1]
