"""A real desktop, a real JupyterLab, real kernels."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from demo import CHROMIUM, FLAGS
from desktop import Desktop
from kernels import Kernel, open_notebook
from lab import Lab
from labs import start_lab
from panelpage import LIMIT
from playwright.sync_api import Browser, Page, sync_playwright
from screen import Screen, XWindow


@pytest.fixture(scope="session")
def session_lab(
    desktop: Desktop, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lab]:
    """One JupyterLab for the tests that do not harm it."""
    folder = tmp_path_factory.mktemp("lab")
    with start_lab(folder, desktop) as lab:
        yield lab


@pytest.fixture
def lab(session_lab: Lab) -> Iterator[Lab]:
    """The session's JupyterLab, without a window and without a kernel."""
    yield session_lab
    for session in session_lab.request("GET", "api/sessions"):
        session_lab.request("DELETE", f"api/sessions/{session['id']}")
    for window in session_lab.request("GET", "jlab-qtwindows/windows"):
        session_lab.request("DELETE", f"jlab-qtwindows/windows/{window['id']}")


@pytest.fixture
def own_lab(desktop: Desktop, tmp_path: Path) -> Iterator[Lab]:
    """A JupyterLab that the test may end."""
    with start_lab(tmp_path, desktop) as found:
        yield found


@pytest.fixture
def kernel(lab: Lab) -> Iterator[Kernel]:
    """A kernel of the session's JupyterLab, with the backend loaded."""
    with open_notebook(lab, "notebook.ipynb") as found:
        found.run("%matplotlib qtwindows\nimport matplotlib.pyplot as plt")
        found.run("import time, threading, numpy as np, jlab_qtwindows as qtw")
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; its event loop must not outlast the module."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a wide screen."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(LIMIT)
    yield context.new_page()
    context.close()


@pytest.fixture
def screen(desktop: Desktop) -> Iterator[Screen]:
    """What is on the desktop."""
    with Screen.of(desktop.name) as found:
        yield found


@pytest.fixture
def loop(kernel: Kernel, tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Return a function that runs a body in a busy cell, until called with ""."""
    flag = tmp_path / "finished"  # the kernel is busy and hears no message
    requests: list[str] = []

    def run(body: str) -> None:
        if body:
            flag.unlink(missing_ok=True)
            code = f"import os\nturn = 0\nwhile not os.path.exists({str(flag)!r}):\n"
            lines = "\n".join(f"    {line}" for line in body.splitlines())
            requests.append(kernel.start(f"{code}    turn += 1\n{lines}"))
        else:
            flag.touch()
            while requests:
                kernel.wait(requests.pop())

    yield run
    run("")


@pytest.fixture
def frames(lab: Lab, eventually: Any) -> Callable[[int], None]:
    """Return a function that waits until so many more states have been shown."""

    def revision() -> int:
        return int(lab.request("GET", "jlab-qtwindows/windows")[0]["revision"])

    def wait(count: int) -> None:
        before = revision()
        eventually(lambda: revision() >= before + count)

    return wait


@pytest.fixture
def shown(lab: Lab, screen: Screen, eventually: Any) -> Callable[[str], XWindow]:
    """Return a function that waits for a window and gives it the keyboard.

    It has shown a state then, and the window manager has given it its place.
    """

    def has_state(title: str) -> bool:
        models = lab.request("GET", "jlab-qtwindows/windows")
        return any(w["revision"] and w["title"] == title for w in models)

    def wait(title: str) -> XWindow:
        eventually(lambda: has_state(title))
        window: XWindow = eventually(lambda: screen.window(title))
        screen.xdotool("windowactivate", "--sync", window.id)
        eventually(lambda: screen.active_id() == window.id)
        return eventually(lambda: screen.window(title))

    return wait


@pytest.fixture
def listen(kernel: Kernel, lab: Lab, eventually: Any) -> Callable[[str], None]:
    """Return a function that connects callbacks, and waits until the window knows."""

    def revision() -> int:
        models = lab.request("GET", "jlab-qtwindows/windows")
        return sum(w["revision"] for w in models)

    def run(code: str) -> None:
        kernel.run(code)
        before = revision()
        kernel.run("fig.canvas.draw_idle()")  # a state, which comes after the wish
        eventually(lambda: revision() > before)

    return run


@pytest.fixture(autouse=True)
def jp_asyncio_loop() -> None:
    """Replace pytest-jupyter's event loop: the servers here are processes."""


@pytest.fixture(autouse=True)
def jp_server_cleanup() -> None:
    """Replace pytest-jupyter's clean-up of a server in this process."""


@pytest.fixture(autouse=True)
def _no_foreign_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("JLAB_QTWINDOWS_", "JPY_", "MPLBACKEND")):
            monkeypatch.delenv(name)
