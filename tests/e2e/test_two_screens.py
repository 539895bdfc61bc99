"""Windows on a desktop of two screens, one of twice the resolution of the other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from desktop import Desktop
from kernels import Kernel, open_notebook
from lab import Lab
from labs import start_lab
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from screen import Otherwise, Screen
from twoscreens import SCALE_FACTORS, WIDTH, two_screens

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(os.geteuid() != 0, reason="Xorg takes our settings from root"),
]

Wait = Callable[..., Any]
BACKEND = "%matplotlib qtwindows\nimport matplotlib.pyplot as plt"
FIGURE = (
    "fig = plt.figure('loss', figsize=(4, 3))\n"
    "ax = fig.add_axes([0, 0, 1, 1])\n"
    "ax.axis('off'); ax.set(xlim=(0, 1), ylim=(0, 1))\n"
    "line, = ax.plot([0, 1], [0, 1], color='k', lw=1)"
)


@pytest.fixture(scope="module")
def wide_desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with two_screens(tmp_path_factory.mktemp("screens")) as found:
        yield found


@pytest.fixture
def wide_screen(wide_desktop: Desktop) -> Iterator[Screen]:
    with Screen.of(wide_desktop.name) as found:
        yield found


@pytest.fixture
def wide_lab(wide_desktop: Desktop, tmp_path: Path) -> Iterator[Lab]:
    memory = {"JLAB_QTWINDOWS_GEOMETRY": str(tmp_path / "geometry.ini")}
    with start_lab(tmp_path, wide_desktop, **SCALE_FACTORS, **memory) as found:
        yield found


@pytest.fixture
def notebook(wide_lab: Lab) -> Iterator[Kernel]:
    with open_notebook(wide_lab, "wide.ipynb") as kernel:
        kernel.run(BACKEND)
        yield kernel


def test_a_figure_is_sharp_on_the_screen_it_is_moved_to(
    notebook: Kernel, wide_screen: Screen, eventually: Wait
) -> None:
    notebook.run(FIGURE)
    first = eventually(lambda: wide_screen.window("loss"))
    assert first.left < WIDTH
    eventually(lambda: has_picture(wide_screen, 1, [0, 1]))

    wide_screen.xdotool("windowmove", first.id, WIDTH + 200, 100)
    eventually(lambda: has_picture(wide_screen, 2, [0, 1]))

    notebook.run("line.set_ydata([1, 0])")
    eventually(lambda: has_picture(wide_screen, 2, [1, 0]))
    seen_by_program = "(*fig.get_size_inches().tolist(), float(fig.dpi))"
    assert notebook.value(seen_by_program) == (4.0, 3.0, 100.0)

    wide_screen.xdotool("windowmove", first.id, 100, 100)
    eventually(lambda: has_picture(wide_screen, 1, [1, 0]))
    assert eventually(lambda: wide_screen.window("loss")).width == first.width


def test_the_next_run_finds_the_window_on_the_screen_where_it_was(
    wide_lab: Lab, tmp_path: Path, wide_screen: Screen, eventually: Wait
) -> None:
    file = tmp_path / "geometry.ini"
    with open_notebook(wide_lab, "wide.ipynb") as kernel:
        kernel.run(BACKEND)
        kernel.run(FIGURE)
        window = eventually(lambda: wide_screen.window("loss"))
        places = iter(range(200, 10_000))

        def moved() -> bool:
            # Again and again: a move right after the opening is not the user's.
            left = WIDTH + next(places) % 600
            wide_screen.xdotool("windowmove", window.id, left, 150)
            return file.exists() and "DUMMY1" in file.read_text()

        eventually(moved)
        eventually(lambda: has_picture(wide_screen, 2, [0, 1]))
        before = wide_screen.window("loss")
        kernel.run("plt.close(fig)")
        eventually(lambda: not wide_screen.windows("loss"))

    with open_notebook(wide_lab, "wide.ipynb") as kernel:
        kernel.run(BACKEND)
        kernel.run(FIGURE)

        eventually(lambda: has_picture(wide_screen, 2, [0, 1]))
        after = wide_screen.window("loss")
        # To the px of its own: each of them is two of the screen's.
        assert abs(after.left - before.left) < 2
        assert abs(after.top - before.top) < 2


def has_picture(screen: Screen, ratio: int, ydata: list[float]) -> bool | Otherwise:
    """Return whether the window has the figure with `ratio` times its pixels."""
    window = screen.window("loss")
    width, height = 400 * ratio, 300 * ratio
    if window is None or window.width != width:
        return Otherwise(f"{window} of {screen.windows()}")
    pixels, expected = screen.grab(window), picture(ratio, ydata)
    # Somewhere between the toolbar and the status bar, whose heights are the font's.
    found = (
        np.count_nonzero((pixels[top : top + height] != expected).any(axis=2))
        for top in range(window.height - height)
    )
    fewest = min(found, default=-1)
    return fewest == 0 or Otherwise(f"{fewest} px differ in {window}")


def picture(ratio: int, ydata: list[float]) -> np.ndarray[Any, Any]:
    """Return what Agg makes of the figure: height x width x 3 (RGB)."""
    figure = Figure(figsize=(4, 3), dpi=100 * ratio)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.axis("off")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.plot([0, 1], ydata, color="k", lw=1)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3]
