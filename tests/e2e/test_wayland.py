"""Windows of a Wayland compositor, which know their size and not their place."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from desktop import Desktop
from kernels import Kernel, open_notebook
from lab import Lab
from labs import start_lab

from jlab_qtwindows.host.desktop.geometryfile import Geometry, GeometryFile, figure_key

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]
ROUTE = "jlab-qtwindows/windows"
NOTEBOOK = "wayland.ipynb"
REMEMBERED = Geometry("", (300, 200), size=(500, 350), asked=(400, 300))
SCREEN = 1400, 900  # px
SIZE = "[round(size) for size in fig.get_size_inches() * fig.dpi]"


@dataclass(frozen=True)
class WaylandDesktop(Desktop):
    """A compositor without an X server; `name` is its socket."""

    folder: Path

    def environment(self) -> dict[str, str]:
        """Return the least that a session says of itself."""
        left_out = ("DISPLAY", "QT_QPA_PLATFORM", "XDG_SESSION_TYPE")
        env = {k: v for k, v in os.environ.items() if k not in left_out}
        return {
            **env,
            "WAYLAND_DISPLAY": self.name,
            "XDG_RUNTIME_DIR": str(self.folder),
        }


@pytest.fixture
def compositor(
    tmp_path_factory: pytest.TempPathFactory, eventually: Wait
) -> Iterator[WaylandDesktop]:
    """Weston, which shows its screen to nobody."""
    folder = tmp_path_factory.mktemp("wl")
    folder.chmod(0o700)
    desktop = WaylandDesktop("wayland-test", virtual=True, folder=folder)
    width, height = SCREEN
    process = subprocess.Popen(
        ["weston", "--backend=headless-backend.so", f"--socket={desktop.name}",
         f"--width={width}", f"--height={height}", "--idle-time=0", "--no-config"],
        env={**os.environ, "XDG_RUNTIME_DIR": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        eventually((folder / desktop.name).exists)
        yield desktop
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def key(tmp_path: Path) -> str:
    """What the window is remembered by."""
    return figure_key(str(tmp_path / "notebooks" / NOTEBOOK), 1, "Figure 1")


@pytest.fixture
def memory(tmp_path: Path, key: str) -> Path:
    """A file by which the window has been in some place, with some size."""
    path = tmp_path / "geometry.ini"
    GeometryFile(path).keep(key, REMEMBERED)
    return path


@pytest.fixture
def lab(compositor: WaylandDesktop, tmp_path: Path, memory: Path) -> Iterator[Lab]:
    with start_lab(tmp_path, compositor, JLAB_QTWINDOWS_GEOMETRY=str(memory)) as found:
        yield found


@pytest.fixture
def notebook(lab: Lab) -> Iterator[Kernel]:
    """A kernel whose first figure has a window."""
    with open_notebook(lab, NOTEBOOK) as kernel:
        kernel.run("%matplotlib qtwindows\nimport matplotlib.pyplot as plt")
        kernel.run("fig = plt.figure(figsize=(4, 3), dpi=100)")
        yield kernel


def test_a_window_has_its_size_again_and_no_place(
    notebook: Kernel, lab: Lab, memory: Path, key: str, eventually: Wait
) -> None:
    window = eventually(lambda: shown(lab))

    # Found without XDG_SESSION_TYPE, for want of which Qt 5 would look for X11.
    assert lab.request("GET", "jlab-qtwindows/host")["platform"] == "wayland"
    assert (window["width"], window["height"]) == REMEMBERED.size
    eventually(lambda: notebook.value(SIZE) == list(REMEMBERED.size))
    notebook.run("fig.canvas.manager.window.move(10, 10); plt.close(fig)")
    eventually(lambda: not lab.request("GET", ROUTE))
    assert GeometryFile(memory).find(key) == REMEMBERED


def test_full_screen_is_the_compositors_and_known_to_the_program(
    notebook: Kernel, lab: Lab, eventually: Wait
) -> None:
    eventually(lambda: shown(lab))

    notebook.run("fig.canvas.manager.full_screen_toggle()")
    eventually(lambda: notebook.value(SIZE)[0] == SCREEN[0])

    notebook.run("fig.canvas.manager.full_screen_toggle()")
    eventually(lambda: notebook.value(SIZE) == list(REMEMBERED.size))


def shown(lab: Lab) -> dict[str, Any] | None:
    """Return the model of the one window, once it has shown a state."""
    models: list[dict[str, Any]] = lab.request("GET", ROUTE)
    return models[0] if models and models[0]["revision"] else None
