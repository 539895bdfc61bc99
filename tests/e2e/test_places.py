"""Wherever Python is begun, without any server, a plot has its window on the screen.

The X server says what is on it. Kernels of JupyterLab are in the other tests.
"""

from __future__ import annotations

import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest
from desktop import Desktop
from jupyter_client.manager import KernelManager
from kernels import wait_for_ready
from screen import Screen

pytestmark = pytest.mark.e2e

LIMIT = 60.0  # s

PLOT = "import matplotlib.pyplot as plt; plt.ion(); fig = plt.figure('here'); "
PLOT += "ln = plt.plot([1, 3, 2])"


@pytest.fixture
def environment(desktop: Desktop, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a terminal on that desktop."""
    with tempfile.TemporaryDirectory(prefix="qtw-") as short:  # enough for ipc
        yield _environment(desktop, tmp_path, short)


def _environment(desktop: Desktop, tmp_path: Path, short: str) -> dict[str, str]:
    return {
        **desktop.environment(),
        "TERM": "xterm",
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        "PYTHON_BASIC_REPL": "1",
        "PROMPT_TOOLKIT_NO_CPR": "1",  # nobody answers it here
        "TMPDIR": short,
        "XDG_RUNTIME_DIR": short,
    }


@pytest.fixture
def terminal(environment: dict[str, str], tmp_path: Path) -> Iterator[Any]:
    """Return a function that starts a module, or Python itself, in a terminal."""
    started = []

    def start(*arguments: str, **extra: str) -> Any:
        child = pexpect.spawn(
            sys.executable,
            list(arguments),
            cwd=str(tmp_path),
            env={**environment, **extra},
            encoding="utf-8",
            timeout=LIMIT,
            dimensions=(50, 200),
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        started.append(child)
        return child

    yield start
    for child in started:
        child.close(force=True)


@pytest.fixture
def is_shown(screen: Screen, eventually: Any) -> Callable[[str], None]:
    """Return a function that waits until a window of this title is on the screen."""

    def wait(title: str) -> None:
        eventually(lambda: [w for w in screen.windows(title) if w.mapped], LIMIT)

    return wait


@pytest.fixture
def is_gone(screen: Screen, eventually: Any) -> Callable[[str], None]:
    """Return a function that waits until there is no window of this title."""
    return lambda title: eventually(lambda: not screen.windows(title), LIMIT)


def test_a_script(terminal: Any, tmp_path: Path, is_shown: Any, is_gone: Any) -> None:
    (tmp_path / "script.py").write_text(f"{PLOT}\nprint(input('a line? '))\n")
    script = terminal("script.py", MPLBACKEND="qtwindows")
    script.expect(r"a line\? ")

    is_shown("here — script.py")

    script.sendline("typed")
    script.expect(pexpect.EOF)
    is_gone("here")


def test_pythons_prompt(terminal: Any, is_shown: Any, is_gone: Any) -> None:
    python = terminal("-q", "-i", MPLBACKEND="qtwindows")
    python.expect(">>> ")
    python.sendline(PLOT)
    python.expect(">>> ")

    is_shown("here")

    python.sendline("exit()")
    python.expect(pexpect.EOF)
    is_gone("here")


@pytest.mark.parametrize("name", ["qtwindows", "livewindows"])
def test_ipython_in_a_terminal(
    terminal: Any, is_shown: Any, is_gone: Any, name: str
) -> None:
    ipython = terminal("-m", "IPython", "--no-banner", "--no-confirm-exit")
    ipython.expect("In ")
    ipython.sendline(f"%matplotlib {name}")
    ipython.expect("In .*2")
    ipython.sendline(PLOT)
    ipython.expect("In .*3")

    is_shown("here")

    ipython.sendline("exit")
    ipython.expect(pexpect.EOF)
    is_gone("here")


def test_a_jupyter_console(terminal: Any, is_shown: Any, is_gone: Any) -> None:
    console = terminal("-m", "jupyter_console", "--no-confirm-exit")
    console.expect("In ")
    console.sendline("%matplotlib qtwindows")
    console.expect("In .*2")
    console.sendline(PLOT)
    console.expect("In .*3")

    is_shown("here")

    console.sendline("exit")
    console.expect(pexpect.EOF)
    is_gone("here")


def test_a_test_of_pytest(terminal: Any, tmp_path: Path, is_shown: Any) -> None:
    (tmp_path / "test_plot.py").write_text(
        f"def test_plot():\n    {PLOT}\n    assert input('a line? ') == 'typed'\n"
    )
    run = terminal(
        "-m", "pytest", "-s", "-p", "no:cacheprovider", MPLBACKEND="qtwindows"
    )
    run.expect(r"a line\? ")

    is_shown("here — pytest")

    run.sendline("typed")
    run.expect("1 passed")


def test_a_kernel_that_an_editor_has_started(
    environment: dict[str, str], is_shown: Any, is_gone: Any
) -> None:
    # As editors do: with jupyter_client, and no Jupyter server anywhere.
    manager = KernelManager()
    manager.start_kernel(env=environment)
    client = manager.client()
    client.start_channels()
    try:
        wait_for_ready(client)
        reply = client.execute_interactive(
            f"%matplotlib qtwindows\n{PLOT}", timeout=LIMIT, output_hook=lambda _: None
        )
        assert reply["content"]["status"] == "ok"

        is_shown("here")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    is_gone("here")
