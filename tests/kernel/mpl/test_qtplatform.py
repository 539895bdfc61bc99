"""A program that starts Qt in the kernel does not end it, whatever there is to see."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from desktop import virtual_desktop
from handhost import LIMIT

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11, Wayland"),
]

BACKEND = """
import matplotlib.pyplot as plt
plt.matplotlib.use("qtwindows")
"""
IMPORT = """
from {binding}.QtWidgets import QApplication
"""
START = """
application = QApplication(["program"])
print("goes on, unseen by" if application.platformName() == "offscreen" else "on",
      application.platformName())
"""


@pytest.fixture
def run():
    """Return a function that runs a program; only Qt's own display is what is given."""

    def start(program, **environ):
        hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        kept = {k: v for k, v in os.environ.items() if k not in hidden}
        return subprocess.run(
            [sys.executable, "-c", program],
            env={**kept, **environ},
            capture_output=True,
            text=True,
            timeout=3 * LIMIT,
        )

    return start


@pytest.mark.parametrize("binding", ["PyQt5", "PySide6"])
@pytest.mark.parametrize("order", [(BACKEND, IMPORT), (IMPORT, BACKEND)], ids=str)
@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":987"}], ids=["none", "dead"])
def test_qt_that_could_show_nothing_draws_unseen(run, binding, order, display):
    done = run("".join(order).format(binding=binding) + START, **display)

    assert done.returncode == 0, done.stderr
    assert done.stdout == "goes on, unseen by offscreen\n"
    assert done.stderr.count("QtWindowsWarning: ") == 1
    assert f"{binding} is used" in done.stderr
    assert 'matplotlib.use("livewindows")' in done.stderr


def test_qt_that_can_be_seen_is_left_alone(run):
    with virtual_desktop(window_manager=False) as desktop:
        program = BACKEND + IMPORT.format(binding="PyQt5") + START
        done = run(program, DISPLAY=desktop.name)

    assert (done.stdout, done.returncode) == ("on xcb\n", 0)
    assert "QtWindowsWarning" not in done.stderr


def test_the_programs_own_choice_of_a_platform_is_left_alone(run):
    program = BACKEND + IMPORT.format(binding="PyQt5") + START

    done = run(program, QT_QPA_PLATFORM="minimal")

    assert done.stdout == "on minimal\n"
    assert "QtWindowsWarning" not in done.stderr


def test_a_program_without_qt_is_told_nothing_and_changed_in_nothing(run):
    done = run(BACKEND + "import os; print(os.environ.get('QT_QPA_PLATFORM'))")

    assert (done.stdout, done.stderr) == ("None\n", "")


def test_warnings_as_errors_end_no_import(run):
    program = IMPORT.format(binding="PyQt5") + START

    done = run(BACKEND + program, PYTHONWARNINGS="error")

    assert done.stdout == "goes on, unseen by offscreen\n", done.stderr
    assert "PyQt5 is used" in done.stderr


def test_a_host_of_this_process_finds_its_own_display(run, tmp_path):
    program = BACKEND + IMPORT.format(binding="PyQt5")
    program += """
import time
from jlab_qtwindows.kernel.link.client import get_client
client = get_client()
plt.figure().show()
end = time.monotonic() + 30
while client.welcome is None and time.monotonic() < end:
    time.sleep(0.01)
print(client.welcome.platform, client.welcome.note)
"""
    done = run(program)

    assert done.stdout.startswith("offscreen no display"), done.stdout + done.stderr
