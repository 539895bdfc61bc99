"""A user at a window that shows frames, and at the tools of one that does not."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from kernels import Kernel
from lab import Lab
from screen import Screen, XWindow

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]
ROUTE = "jlab-qtwindows/windows"

# One Axes over the whole canvas: a px of the window is a unit of the data.
FULL = """
fig = plt.figure(figsize=(4, 3), dpi=100)
ax = fig.add_axes((0, 0, 1, 1))
ax.set(xlim=(0, 400), ylim=(1, 301))
"""
LOCKED = f"{FULL}\nax.set_gid(threading.Lock())  # no pickle carries it"
LIMITS = "tuple(map(float, ax.get_xlim()))"


@pytest.fixture
def show(
    kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait
) -> Callable[[str], XWindow]:
    """Return a function that makes a figure; its window has the keyboard."""

    def make(code: str) -> XWindow:
        kernel.run(code)
        eventually(lambda: any(w["revision"] for w in lab.request("GET", ROUTE)))
        found: XWindow = eventually(lambda: screen.window("Figure 1"))
        screen.xdotool("windowactivate", "--sync", found.id)
        middle = found.left + 200, found.top + found.height // 2
        screen.xdotool("mousemove", *middle)
        return eventually(lambda: screen.window("Figure 1"))

    return make


@pytest.fixture
def window(show: Callable[[str], XWindow], lab: Lab) -> XWindow:
    """A window that shows frames."""
    found = show(LOCKED)
    assert lab.request("GET", ROUTE)[0]["transfer"] == "frames"
    return found


@pytest.fixture
def press(
    kernel: Kernel, screen: Screen, eventually: Wait
) -> Callable[[str, str], None]:
    """Return a function that presses a key until an expression is true."""

    def until(key: str, expression: str) -> None:
        # To the window with the keyboard: one that closes gets no release of the key.
        screen.xdotool("key", key)
        eventually(lambda: kernel.value(expression))

    return until


def drag(screen: Screen, window: XWindow, start: int, end: int) -> None:
    """Draw with the left button between two columns of the canvas, also downwards."""
    row = window.top + window.height // 2
    screen.xdotool("mousemove", window.left + start, row - 60, "mousedown", 1)
    for step in range(1, 6):
        x = start + (end - start) * step // 5
        screen.xdotool("mousemove", window.left + x, row - 60 + 24 * step)
    screen.xdotool("mouseup", 1)


def test_a_zoom_in_the_window_is_one_of_the_figure_and_h_goes_home(
    kernel: Kernel, window: XWindow, screen: Screen, press: Any, eventually: Wait
) -> None:
    press("o", "fig.canvas.toolbar.mode == 'zoom rect'")
    drag(screen, window, 100, 300)

    eventually(lambda: kernel.value(LIMITS) != (0, 400))
    assert kernel.value(LIMITS) == pytest.approx((100, 300), abs=3)

    press("h", f"{LIMITS} == (0, 400)")
    press("c", f"{LIMITS} != (0, 400)")


def test_a_pan_moves_the_figure_while_the_mouse_is_held(
    kernel: Kernel,
    window: XWindow,
    screen: Screen,
    press: Any,
    lab: Lab,
    eventually: Wait,
) -> None:
    press("p", "fig.canvas.toolbar.mode == 'pan/zoom'")
    before = lab.request("GET", ROUTE)[0]["revision"]
    row = window.top + window.height // 2
    steps = itertools.count()

    def moved() -> bool:
        x = window.left + 100 + next(steps) % 100
        screen.xdotool("mousemove", x, row)
        return bool(lab.request("GET", ROUTE)[0]["revision"] > before + 4)

    screen.xdotool("mousemove", window.left + 100, row, "mousedown", 1)
    try:
        eventually(moved)
        screen.xdotool("mousemove", window.left + 250, row)
    finally:
        screen.xdotool("mouseup", 1)

    eventually(lambda: kernel.value(LIMITS) == pytest.approx((-150, 250), abs=3))


def test_l_makes_the_axis_logarithmic(
    kernel: Kernel, window: XWindow, press: Any
) -> None:
    press("l", "ax.get_yscale() == 'log'")


def test_a_size_given_by_the_user_is_that_of_the_next_frame(
    kernel: Kernel, window: XWindow, screen: Screen, lab: Lab, eventually: Wait
) -> None:
    before = lab.request("GET", ROUTE)[0]["revision"]

    widths = itertools.cycle((600, 610))

    def resized() -> bool:
        # Just after it opened, a change of size is still the window manager's.
        width = next(widths)
        screen.xdotool("windowsize", window.id, width, window.height + 100)
        size = "tuple(fig.get_size_inches().tolist())"
        with contextlib.suppress(AssertionError):
            return bool(eventually(lambda: kernel.value(size) == (width / 100, 4.0), 3))
        return False

    eventually(resized)
    eventually(lambda: lab.request("GET", ROUTE)[0]["revision"] > before)


def test_an_axes3d_turns(
    kernel: Kernel, show: Any, screen: Screen, eventually: Wait
) -> None:
    window = show(
        "fig = plt.figure(figsize=(4, 3), dpi=100)\n"
        "ax = fig.add_subplot(projection='3d'); ax.set_gid(threading.Lock())"
    )
    before = kernel.value("float(ax.azim)")

    drag(screen, window, 150, 250)

    eventually(lambda: kernel.value("float(ax.azim)") != before)


def test_q_closes_the_figure(
    kernel: Kernel, window: XWindow, screen: Screen, press: Any, eventually: Wait
) -> None:
    press("q", "plt.get_fignums() == []")

    eventually(lambda: screen.window("Figure 1") is None)


def test_the_tool_in_hand_is_known_to_the_kernel_of_a_whole_figure(
    kernel: Kernel, show: Any, press: Any, eventually: Wait
) -> None:
    show(FULL)

    press("p", "fig.canvas.manager.toolbar.mode == 'pan/zoom'")
    assert kernel.value("fig.canvas.widgetlock.locked()")
    press("p", "fig.canvas.toolbar.mode == ''")
    assert not kernel.value("fig.canvas.widgetlock.locked()")


def test_a_program_zooms_with_the_toolbar_of_a_whole_figure(
    kernel: Kernel, show: Any, screen: Screen, eventually: Wait
) -> None:
    window = show(FULL)
    kernel.run("fig.canvas.toolbar.zoom()")

    def zoomed() -> bool:
        drag(screen, window, 100, 300)
        return bool(kernel.value(LIMITS) != (0, 400))

    eventually(zoomed)
    kernel.run("fig.canvas.toolbar.home()")
    eventually(lambda: kernel.value(LIMITS) == (0, 400))
