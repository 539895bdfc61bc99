"""What programs do with their figures, seen in real windows.

The judges are the X server and the saved file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kernels import Kernel
from mouse import Mouse
from PIL import Image
from screen import Screen

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]
TWO = """
figures = [plt.figure(n, figsize=(4, 3), dpi=100) for n in (1, 2)]
first = figures[0].add_axes((0, 0, 1, 1))
second = figures[1].add_axes((0, 0, 1, 1), sharex=first, sharey=first)
for axes in (first, second):
    axes.axvspan(0, 10, color='blue'); axes.axvspan(4, 6, color='red')
    axes.set(xlim=(0, 10), ylim=(0, 10))
"""
BLUE, RED = (0, 0, 255), (255, 0, 0)


def test_a_zoom_reaches_an_axes_of_another_window_that_shares_its_limits(
    kernel: Kernel, screen: Screen, shown: Any, eventually: Wait
) -> None:
    kernel.run(TWO)
    shown("Figure 2")
    shown("Figure 1")
    screen.xdotool("windowmove", screen.windows("Figure 2")[0].id, 700, 100)
    here, there = (Mouse(screen, f"Figure {number}") for number in (1, 2))
    eventually(lambda: there.pixel(100, 150) == BLUE)

    screen.xdotool("windowactivate", "--sync", screen.windows("Figure 1")[0].id)
    here.move(200, 200)
    screen.xdotool("key", "o")  # zoom to rectangle
    here.drag((170, 100), (200, 200), (230, 250))

    eventually(lambda: here.pixel(100, 150) == RED)
    eventually(lambda: there.pixel(100, 150) == RED)
    limits = kernel.value("[list(map(float, a.get_ylim())) for a in (first, second)]")
    assert limits[0] == limits[1] == pytest.approx([10 / 3, 250 / 30], abs=0.1)


def test_a_cell_that_asks_without_a_pause_whether_the_window_is_there_ends(
    kernel: Kernel, screen: Screen, shown: Any, eventually: Wait
) -> None:
    kernel.run("fig = plt.figure(); closed = []")
    kernel.run("_ = fig.canvas.mpl_connect('close_event', closed.append)")
    window = shown("Figure 1")
    cell = kernel.start("while plt.fignum_exists(1): pass")

    screen.close(window)

    kernel.wait(cell)
    eventually(lambda: not screen.windows("Figure"))
    eventually(lambda: kernel.value("len(closed)") == 1)


def test_save_proposes_the_label_in_the_folder_of_the_notebook(
    kernel: Kernel, screen: Screen, shown: Any, eventually: Wait
) -> None:
    folder = Path(kernel.value("__import__('os').getcwd()"))
    kernel.run("fig = plt.figure('loss: a/b', facecolor='red', dpi=100)")
    window = shown("loss: a/b")
    screen.xdotool("mousemove", window.left + 100, window.top + 200)

    screen.xdotool("key", "s")
    eventually(lambda: screen.active() not in ("", window.title))
    screen.xdotool("key", "Return")

    def saved() -> Any:
        files = [path for path in folder.iterdir() if path.suffix == ".png"]
        return files if [path for path in files if path.stat().st_size] else None

    (file,) = eventually(saved)
    assert file.name.startswith("loss")
    eventually(lambda: screen.active() == window.title)
    with Image.open(file) as image:
        assert image.convert("RGB").getpixel((5, 5)) == RED
