"""A kernel that does without the GIL shows the right state at each of its moments.

The judge is a figure that plain Agg draws here, compared pixel by pixel.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from kernels import Kernel, open_notebook
from lab import Lab
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]

SETUP = """
%env JLAB_QTWINDOWS_GIL=0
%matplotlib qtwindows
import os, sys, threading, time
import matplotlib.pyplot as plt
import jlab_qtwindows as qtw
from jlab_qtwindows.kernel.link.client import get_client

qtw.follow(fps=1000, budget=1)  # neither is what is asked here
takers, looks, take = set(), [], get_client().taker.take
def noted(*args):
    takers.add(threading.current_thread().name)
    return take(*args)
get_client().taker.take = noted

def look_at_frames(frames=sys._current_frames):
    looks.append(threading.current_thread().name)
    return frames()
sys._current_frames = look_at_frames

def wait_for(name):  # without a moment at which a figure could be taken
    while not os.path.exists(name):
        sum(range(1000))
def may_go():
    while fig.canvas.followed.delivery.in_flight is not None:
        sum(range(1000))
"""
FIGURE = "fig = plt.figure('live', figsize=(4, 3), dpi=100); line, = plt.plot([1, 2])"


@pytest.fixture
def kernel(lab: Lab) -> Iterator[Kernel]:
    """A kernel that is told to do without."""
    with open_notebook(lab, "notebook.ipynb") as found:
        found.run(SETUP)
        yield found


@pytest.fixture
def shows(lab: Lab, eventually: Wait) -> Callable[[list[int]], None]:
    """Return a function that waits until the window shows a line of these data."""

    def picture() -> np.ndarray[Any, Any]:
        windows = lab.request("GET", "jlab-qtwindows/windows")
        if [window["title"] for window in windows] != ["live"]:
            return np.empty(0)
        path = f"jlab-qtwindows/windows/{windows[0]['id']}/image?format=png&dpi=100"
        return pixels(lab.request("GET", path))

    def wait(data: list[int]) -> None:
        wanted = twin(data)
        eventually(lambda: np.array_equal(picture(), wanted))

    return wait


def pixels(png: bytes) -> np.ndarray[Any, Any]:
    """Return the colours of a picture."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def twin(data: list[int]) -> np.ndarray[Any, Any]:
    """Return what plain Agg draws of the same plot."""
    figure = Figure(figsize=(4, 3), dpi=100)
    FigureCanvasAgg(figure)
    figure.add_subplot().plot(data)
    file = io.BytesIO()
    figure.savefig(file, dpi=100)
    return pixels(file.getvalue())


@pytest.mark.parametrize(
    "show", ["fig.canvas.draw()", "plt.pause(0.01)", "fig.canvas.flush_events()"]
)
def test_each_state_of_a_loop_is_shown_and_none_is_taken_by_another_thread(
    show: str, kernel: Kernel, shows: Callable[[list[int]], None], tmp_path: Path
) -> None:
    kernel.run(FIGURE)
    shows([1, 2])
    body = (
        "for turn in range(3, 7):\n"
        "    may_go(); line.set_ydata([1, turn]); fig.gca().relim()\n"
        f"    fig.gca().autoscale_view(); {show}\n"
        f"    wait_for({str(tmp_path)!r} + f'/{{turn}}')\n"
        "line.set_ydata([1, 9]); fig.gca().relim(); fig.gca().autoscale_view()"
    )
    cell = kernel.start(body)

    for turn in range(3, 7):
        shows([1, turn])
        (tmp_path / str(turn)).touch()
    kernel.wait(cell)

    shows([1, 9])  # what the cell has left
    assert kernel.value("takers") == {"MainThread"}
    assert kernel.value("looks") == []


def test_what_an_idle_kernel_changes_is_shown(
    kernel: Kernel, shows: Callable[[list[int]], None]
) -> None:
    kernel.run(FIGURE)
    shows([1, 2])

    kernel.run(
        "def grow():\n"
        "    line.set_ydata([1, 5]); fig.gca().relim(); fig.gca().autoscale_view()\n"
        "timer = fig.canvas.new_timer(1, [(grow, (), {})]); timer.single_shot = True\n"
        "timer.start()"
    )

    shows([1, 5])
    assert kernel.value("takers") == {"MainThread"}


def test_a_thread_that_draws_is_followed_while_a_cell_runs(
    kernel: Kernel, shows: Callable[[list[int]], None], tmp_path: Path
) -> None:
    kernel.run(FIGURE)
    shows([1, 2])
    body = (
        "def work():\n"
        "    may_go(); line.set_ydata([1, 5]); fig.gca().relim()\n"
        "    fig.gca().autoscale_view(); fig.canvas.draw()\n"
        "takers.clear(); threading.Thread(target=work, name='worker').start()\n"
        f"wait_for({str(tmp_path / 'over')!r})"
    )
    cell = kernel.start(body)

    shows([1, 5])
    (tmp_path / "over").touch()
    kernel.wait(cell)

    assert kernel.value("takers") == {"worker"}


def test_the_kernel_says_when_its_windows_follow(kernel: Kernel) -> None:
    said = kernel.run("print(qtw.status())").text

    assert "this Python runs without the GIL" in said
