"""Wherever Python is begun, a plot has its window on the screen.

The X server says what is on it. Here are programs without any server, and a kernel of
another environment than JupyterLab's; kernels of that one are in the other tests.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest
from desktop import Desktop
from environments import install_kernel, make_environment
from jupyter_client.manager import KernelManager
from kernels import open_notebook, wait_for_ready
from labs import start_lab
from screen import Screen

pytestmark = pytest.mark.e2e

LIMIT = 60.0  # s

PLOT = "import matplotlib.pyplot as plt; plt.ion(); fig = plt.figure('here'); "
PLOT += "ln = plt.plot([1, 3, 2])"


@pytest.fixture
def environment(desktop: Desktop, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a terminal on that desktop."""
    with tempfile.TemporaryDirectory(prefix="qtw-") as short:  # enough for ipc
        yield {
            **desktop.environment(),
            "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
            "TMPDIR": short,
            "XDG_RUNTIME_DIR": short,
        }


@pytest.fixture
def start(terminal: Any, environment: dict[str, str]) -> Callable[..., Any]:
    """Return a function that starts Python in a terminal on that desktop."""
    return lambda *words, **more: terminal(*words, env=environment | more)


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


def test_a_script(start: Any, tmp_path: Path, is_shown: Any, is_gone: Any) -> None:
    (tmp_path / "script.py").write_text(f"{PLOT}\nprint(input('a line? '))\n")
    script = start("script.py", MPLBACKEND="qtwindows")
    script.expect(r"a line\? ")

    is_shown("here — script.py")

    script.sendline("typed")
    script.expect(pexpect.EOF)
    is_gone("here")


def test_pythons_prompt(start: Any, is_shown: Any, is_gone: Any) -> None:
    python = start("-q", "-i", MPLBACKEND="qtwindows")
    python.expect(">>> ")
    python.sendline(PLOT)
    python.expect(">>> ")

    is_shown("here")

    python.sendline("exit()")
    python.expect(pexpect.EOF)
    is_gone("here")


@pytest.mark.parametrize("name", ["qtwindows", "livewindows"])
def test_ipython_in_a_terminal(
    start: Any, is_shown: Any, is_gone: Any, name: str
) -> None:
    ipython = start("-m", "IPython", "--no-banner", "--no-confirm-exit")
    ipython.expect("In ")
    ipython.sendline(f"%matplotlib {name}")
    ipython.expect("In .*2")
    ipython.sendline(PLOT)
    ipython.expect("In .*3")

    is_shown("here")

    ipython.sendline("exit")
    ipython.expect(pexpect.EOF)
    is_gone("here")


def test_a_jupyter_console(start: Any, is_shown: Any, is_gone: Any) -> None:
    console = start("-m", "jupyter_console", "--no-confirm-exit")
    console.expect("In ")
    console.sendline("%matplotlib qtwindows")
    console.expect("In .*2")
    console.sendline(PLOT)
    console.expect("In .*3")

    is_shown("here")

    console.sendline("exit")
    console.expect(pexpect.EOF)
    is_gone("here")


def test_a_test_of_pytest(start: Any, tmp_path: Path, is_shown: Any) -> None:
    (tmp_path / "test_plot.py").write_text(
        f"def test_plot():\n    {PLOT}\n    assert input('a line? ') == 'typed'\n"
    )
    run = start("-m", "pytest", "-s", "-p", "no:cacheprovider", MPLBACKEND="qtwindows")
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


# What the README says that a kernel needs, beside Jupyter's kernel itself.
NEEDED = ("ipykernel", "matplotlib", "numpy", "pyzmq", "cloudpickle")
LACKING = """
from importlib.util import find_spec
names = "PyQt5", "PyQt6", "PySide2", "PySide6", "jupyter_server", "jupyterlab"
print([name for name in names if find_spec(name)])
"""
FOLLOWED = """
import os, time
while not os.path.exists(%r):
    fig.set_facecolor("blue")
    time.sleep(0.02)
"""


def test_a_kernel_of_another_environment_without_qt(
    desktop: Desktop, screen: Screen, tmp_path: Path, eventually: Any
) -> None:
    python = make_environment(tmp_path / "other", *NEEDED, alone="jlab-qtwindows")
    install_kernel(tmp_path / "data", "other", python)
    finished = tmp_path / "finished"

    def middle() -> tuple[int, ...]:
        window = screen.window("here")
        if window is None or not window.mapped:
            return ()
        pixels = screen.grab(window)
        return tuple(map(int, pixels[window.height // 2, window.width // 2]))

    with (
        start_lab(tmp_path, desktop, JUPYTER_PATH=str(tmp_path / "data")) as lab,
        open_notebook(lab, "a.ipynb", "other") as kernel,
    ):
        assert kernel.run(LACKING).text.strip() == "[]"
        kernel.run("%matplotlib qtwindows\nimport matplotlib.pyplot as plt; plt.ion()")
        kernel.run("fig = plt.figure('here', facecolor='red')")

        eventually(lambda: middle() == (255, 0, 0), LIMIT)
        cell = kernel.start(FOLLOWED % str(finished))
        eventually(lambda: middle() == (0, 0, 255), LIMIT)
        (model,) = lab.request("GET", "jlab-qtwindows/windows")
        finished.touch()
        kernel.wait(cell)

    assert (model["title"], model["kernel"]) == ("here", "running")
    # The figure itself, not pictures of it: the window zooms without the kernel.
    assert (model["transfer"], model["reason"]) == ("mirror", "")
