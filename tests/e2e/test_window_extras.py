"""What a window offers beyond Matplotlib's: freeze, copy, its place and size kept."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desktop import Desktop
from kernels import Kernel, open_notebook
from lab import Lab
from labs import start_lab
from screen import Screen, XWindow
from toolbarbuttons import place_of

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]
ROUTE = "jlab-qtwindows/windows"
BACKEND = "%matplotlib qtwindows\nimport matplotlib.pyplot as plt"

# Another program, into which the user pastes.
PASTE = """
from PyQt5.QtWidgets import QApplication
application = QApplication([])
image = application.clipboard().image()
print(image.width(), image.height(), image.pixelColor(5, 5).name())
"""


@pytest.fixture
def window(kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait) -> XWindow:
    """A window of 640 x 480 px with one line, and room for all buttons."""
    kernel.run("fig, ax = plt.subplots(); (line,) = ax.plot([0, 1])")
    eventually(lambda: any(w["revision"] for w in lab.request("GET", ROUTE)))
    found: XWindow = eventually(lambda: screen.window("Figure 1"))
    return found


def models(lab: Lab) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = lab.request("GET", ROUTE)
    return found


def test_a_frozen_window_stands_still_while_the_cell_runs(
    kernel: Kernel, window: XWindow, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    button = eventually(lambda: place_of(screen, window, "freeze"))
    request = kernel.start(
        "go = True\n"
        "for turn in range(1_000_000):\n"
        "    line.set_ydata([turn % 7 / 7, 1]); time.sleep(0.01)"
    )
    eventually(lambda: models(lab)[0]["revision"] > 3)

    screen.xdotool("mousemove", *button, "click", 1)
    eventually(lambda: models(lab)[0]["frozen"])
    frozen = models(lab)[0]
    picture, _ = lab.fetch("GET", f"{ROUTE}/{frozen['id']}/thumbnail?width=640")

    eventually(lambda: models(lab)[0]["waiting"] >= 2)
    assert models(lab)[0]["state"] == "idle"
    assert models(lab)[0]["revision"] == frozen["revision"]
    same, _ = lab.fetch("GET", f"{ROUTE}/{frozen['id']}/thumbnail?width=640")
    assert same == picture

    screen.xdotool("mousemove", *button, "click", 1)
    eventually(lambda: models(lab)[0]["revision"] > frozen["revision"] + 2)
    assert models(lab)[0]["state"] == "live"
    lab.request("POST", f"api/kernels/{kernel.id}/interrupt")
    kernel.wait(request, check=False)


def test_control_c_puts_the_picture_onto_the_clipboard(
    kernel: Kernel, window: XWindow, desktop: Desktop, screen: Screen, eventually: Wait
) -> None:
    kernel.run("fig.set_facecolor('#ff8000')")
    screen.xdotool("windowactivate", "--sync", window.id)
    eventually(lambda: screen.active().startswith("Figure 1"))

    def pasted() -> str:
        screen.xdotool("key", "ctrl+c")
        return subprocess.run(
            [sys.executable, "-c", PASTE],
            env=desktop.environment(),
            capture_output=True,
            text=True,
            timeout=60,
        ).stdout.strip()

    eventually(lambda: pasted() == "640 480 #ff8000")


def test_the_full_screen_key_gives_the_place_and_size_back(
    kernel: Kernel, window: XWindow, screen: Screen, eventually: Wait
) -> None:
    screen.xdotool("windowactivate", "--sync", window.id)
    eventually(lambda: screen.active().startswith("Figure 1"))
    before = eventually(lambda: screen.window("Figure 1"))

    screen.xdotool("key", "f")
    eventually(lambda: screen.window("Figure 1").width == 1600)
    eventually(lambda: kernel.value("float(fig.get_size_inches()[0])") == 16.0)

    screen.xdotool("key", "f")
    eventually(lambda: screen.window("Figure 1") == before)
    eventually(lambda: kernel.value("float(fig.get_size_inches()[0])") == 6.4)


@pytest.mark.parametrize("how", ["new session", "restart"])
def test_the_next_run_finds_the_window_as_the_user_left_it(
    how: str, tmp_path: Path, desktop: Desktop, screen: Screen, eventually: Wait
) -> None:
    file = tmp_path / "geometry.ini"
    with start_lab(tmp_path, desktop, JLAB_QTWINDOWS_GEOMETRY=str(file)) as lab:
        with open_notebook(lab, "kept.ipynb") as kernel:
            kernel.run(BACKEND)
            kernel.run("fig = plt.figure('loss', figsize=(4, 3)); fig.gca()")
            window = eventually(lambda: screen.window("loss"))
            places = iter(range(200, 10_000))

            def moved() -> bool:
                # Again and again: a move right after the opening is not the user's.
                screen.xdotool("windowmove", window.id, next(places) % 600, 150)
                return bool(kept(file).get("position"))

            eventually(moved)
            height = window.height + 100
            screen.xdotool("windowsize", window.id, 600, height)
            inches = "tuple(fig.get_size_inches().tolist())"
            eventually(lambda: kernel.value(inches) == (6.0, 4.0))
            eventually(lambda: kept(file).get("size") == [600, 400])
            eventually(lambda: is_written(file, screen))
            before = screen.window("loss")
            if how == "new session":
                kernel.run("plt.close(fig)")
                lab.request("DELETE", f"api/sessions/{kernel.session_id}")
            else:
                lab.request("POST", f"api/kernels/{kernel.id}/restart")

        with open_notebook(lab, "kept.ipynb") as kernel:
            kernel.run(BACKEND)
            kernel.run("fig = plt.figure('loss', figsize=(4, 3)); fig.gca()")

            def restored() -> bool:
                now = screen.window("loss")
                return now is not None and geometry(now) == geometry(before)

            eventually(restored)
            eventually(lambda: kernel.value(inches) == (6.0, 4.0))


def geometry(window: XWindow) -> tuple[int, int, int, int]:
    return window.left, window.top, window.width, window.height


def kept(file: Path) -> dict[str, Any]:
    """Return the one entry of a file of geometry, {} if there is none."""
    if not file.exists():
        return {}
    text = file.read_text().replace('\\"', '"').replace("\\\\", "\\")
    found = re.search(r'"(\{.*\})"', text)
    entry: dict[str, Any] = json.loads(found[1]) if found else {}
    return entry


def is_written(file: Path, screen: Screen) -> bool:
    """Return whether the file knows where the window is now."""
    window, position = screen.window("loss"), kept(file).get("position")
    if window is None or not position:
        return False
    # The frame lies around what the screen tells.
    across, down = window.left - position[0], window.top - position[1]
    return 0 <= across < 20 and 0 <= down < 60
