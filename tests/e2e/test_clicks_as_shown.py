"""A click tells the program what the window shows there, whatever view that has.

The Axes fills the canvas, so that the place of the mouse and the limits on the screen
say what is under it: plain arithmetic is the judge.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kernels import Kernel
from lab import Lab
from mouse import Mouse
from screen import Screen, XWindow
from toolbarbuttons import place_of

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]
ROUTE = "jlab-qtwindows/windows"
PLACE = 420, 140  # px of the canvas, and while nothing is zoomed of the data
FIGURE = """
fig = plt.figure(figsize=(6.4, 4.8), dpi=100)
ax = fig.add_axes((0, 0, 1, 1))
def fill():
    ax.clear()
    line, = ax.plot([0, 640], [0, 480], picker=5)
    ax.margins(0)
fill()
heard, picked = [], []
def note(event): heard.append((float(event.xdata), float(event.ydata)))
_ = fig.canvas.mpl_connect('button_press_event', note)
_ = fig.canvas.mpl_connect('pick_event', lambda event: picked.append(1))
"""
ELSEWHERE = "ax.set(xlim=(10_000, 20_000), ylim=(3, 4))"


@pytest.fixture
def window(kernel: Kernel, shown: Any) -> XWindow:
    kernel.run(FIGURE)
    found: XWindow = shown("Figure 1")
    return found


@pytest.fixture
def mouse(screen: Screen, window: XWindow) -> Mouse:
    return Mouse(screen, "Figure 1")


@pytest.fixture
def press(screen: Screen, window: XWindow, eventually: Wait) -> Callable[[str], None]:
    """Return a function that presses a button of the window's toolbar."""

    def act(name: str) -> None:
        place = eventually(lambda: place_of(screen, window, name))
        screen.xdotool("mousemove", *place, "click", 1)

    return act


@pytest.fixture
def model(lab: Lab) -> Callable[[], dict[str, Any]]:
    """Return a function that reads what the server says of the window."""
    return lambda: dict(lab.request("GET", ROUTE)[0])


def test_in_a_view_that_the_user_holds(
    kernel: Kernel, mouse: Mouse, press: Any, model: Any, eventually: Wait
) -> None:
    press("hold")
    before = model()["revision"]
    kernel.run(ELSEWHERE)
    eventually(lambda: model()["revision"] > before)

    mouse.click(*PLACE)

    eventually(lambda: kernel.value("heard"))
    assert kernel.value("heard[0]") == pytest.approx(PLACE, abs=1)
    assert kernel.value("list(map(float, ax.get_xlim()))") == [10_000, 20_000]


def test_what_is_seen_there_is_picked(
    kernel: Kernel, mouse: Mouse, press: Any, model: Any, eventually: Wait
) -> None:
    press("hold")
    before = model()["revision"]
    kernel.run(ELSEWHERE)
    eventually(lambda: model()["revision"] > before)

    mouse.click(320, 240)  # on the line

    eventually(lambda: kernel.value("heard"))
    assert kernel.value("picked") == [1]


def test_in_a_frozen_window(
    kernel: Kernel, mouse: Mouse, press: Any, model: Any, eventually: Wait
) -> None:
    press("freeze")
    eventually(lambda: model()["frozen"])
    kernel.run(ELSEWHERE)
    eventually(lambda: model()["waiting"])

    mouse.click(*PLACE)

    eventually(lambda: kernel.value("heard"))
    assert kernel.value("heard[0]") == pytest.approx(PLACE, abs=1)


def test_in_a_zoom_that_outlives_a_loop_of_clear_and_plot(
    kernel: Kernel, mouse: Mouse, press: Any, model: Any, eventually: Wait
) -> None:
    press("zoom")
    mouse.drag((160, 120), (300, 200), (480, 360))  # the half around the middle
    eventually(lambda: kernel.value("float(ax.get_xlim()[0])") > 100)
    cell = kernel.start("while len(heard) < 30: fill(); plt.pause(0.05)")
    for _ in range(20):
        mouse.click(*PLACE)
    eventually(lambda: model()["revision"] > 20)
    for _ in range(10):
        mouse.click(*PLACE)
    kernel.wait(cell)

    x, y = PLACE
    right = 160 + x / 2, 120 + y / 2
    for heard in kernel.value("heard[-25:]"):
        assert heard == pytest.approx(right, abs=1)
