"""Callbacks run while a cell, a script or a terminal waits for a line of the user's."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.e2e

# A callback for the main thread, from another one, as a click in a window comes.
POST = """
import threading, time
from jlab_qtwindows.kernel.link.client import get_client
def ran(): print('it', 'ran', threading.current_thread().name)
def post(): threading.Timer(0.3, get_client().main_queue.post, [ran]).start()
"""
SHOW = "import matplotlib.pyplot as plt; plt.ion(); fig = plt.figure()"


@pytest.fixture(autouse=True)
def post_file(tmp_path, monkeypatch):
    """Have `post` beside the programs, which plot with our backend."""
    monkeypatch.setenv("MPLBACKEND", "qtwindows")
    (tmp_path / "post.py").write_text(POST)


def test_at_pythons_prompt(terminal):
    python = terminal("-q", "-i")
    python.expect(">>> ")
    python.sendline(f"from post import post; {SHOW}")
    python.expect(">>> ")

    python.sendline("post()")

    python.expect("it ran MainThread")


def test_while_a_script_waits_for_a_line(terminal, tmp_path):
    (tmp_path / "script.py").write_text(
        f"from post import post; {SHOW}\npost()\nprint(input('a line? ') + '!')\n"
    )
    script = terminal("script.py")

    script.expect(r"a line\? ")
    script.expect("it ran MainThread")
    script.sendline("typed")

    script.expect("typed!")


def test_an_interrupt_ends_the_line_and_not_the_program(terminal):
    python = terminal("-q", "-i")
    python.expect(">>> ")
    python.sendline(SHOW)
    python.expect(">>> ")

    python.sendintr()
    python.expect("KeyboardInterrupt")
    python.expect(">>> ")
    python.sendline("print('still', 'here')")

    python.expect("still here")


def test_somebody_elses_hook_stays(terminal):
    python = terminal("-q", "-i")
    python.expect(">>> ")
    python.sendline(
        "import ctypes; kind = ctypes.PYFUNCTYPE(ctypes.c_int); own = kind(lambda: 0);"
        " slot = ctypes.c_void_p.in_dll(ctypes.pythonapi, 'PyOS_InputHook');"
        " slot.value = address = ctypes.cast(own, ctypes.c_void_p).value"
    )
    python.expect(">>> ")
    python.sendline(SHOW)
    python.expect(">>> ")

    python.sendline("print('kept', slot.value == address)")

    python.expect("kept True")


def test_at_ipythons_prompt(terminal):
    prompt = r"In \[(\x1b\[[0-9;]*m)*{}"  # which may be in colours
    ipython = terminal("-m", "IPython", "--no-banner", "--no-confirm-exit")
    ipython.expect(prompt.format(1))
    ipython.sendline(f"from post import post; {SHOW}")
    ipython.expect(prompt.format(2))

    ipython.sendline("post()")

    ipython.expect("it ran MainThread")


def test_in_a_debugger_of_a_terminal(terminal, tmp_path):
    (tmp_path / "script.py").write_text(
        f"from post import post; {SHOW}\npost()\nbreakpoint()\nprint('over')\n"
    )
    script = terminal("script.py")

    script.expect(r"\(Pdb\) ")
    script.expect("it ran MainThread")
    script.sendline("continue")

    script.expect("over")
