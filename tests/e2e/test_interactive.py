"""A user at the mouse, and a program that listens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import nbformat
import pytest
from kernels import Kernel
from lab import Lab
from mouse import Mouse
from screen import Screen, XWindow

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]
ROUTE = "jlab-qtwindows/windows"

# One Axes over the whole canvas, so that a place in the window is a place in the data.
FULL = """
fig = plt.figure(figsize=(4, 3), dpi=100)
ax = fig.add_axes((0, 0, 1, 1))
ax.set(xlim=(0, 400), ylim=(0, 300))
"""


@pytest.fixture
def window(kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait) -> XWindow:
    """A window that shows such an Axes."""
    kernel.run(FULL)
    found: XWindow = eventually(lambda: screen.window("Figure 1"))
    eventually(lambda: any(w["revision"] for w in lab.request("GET", ROUTE)))
    return found


@pytest.fixture
def mouse(window: XWindow, screen: Screen) -> Mouse:
    return Mouse(screen, "Figure 1")


def test_ginput_waits_for_clicks(
    kernel: Kernel, mouse: Mouse, lab: Lab, eventually: Wait
) -> None:
    request = kernel.start("points = fig.ginput(2, timeout=0)\nprint(len(points))")
    state = f"api/kernels/{kernel.id}"
    eventually(lambda: lab.request("GET", state)["execution_state"] == "busy")

    def clicked() -> bool:
        mouse.click(100, 100)
        return bool(lab.request("GET", state)["execution_state"] == "idle")

    eventually(clicked)

    assert kernel.wait(request).text == "2\n"


def test_a_window_closed_in_the_middle_of_ginput_ends_it(
    kernel: Kernel, window: XWindow, screen: Screen
) -> None:
    request = kernel.start("print(fig.ginput(2, timeout=0))")
    screen.close(window)

    assert kernel.wait(request).text == "[]\n"


def test_an_interrupt_ends_ginput(
    kernel: Kernel, window: XWindow, lab: Lab, eventually: Wait
) -> None:
    before = lab.request("GET", ROUTE)[0]["revision"]
    request = kernel.start("fig.set_facecolor('red'); fig.ginput(2, timeout=0)")
    eventually(lambda: lab.request("GET", ROUTE)[0]["revision"] > before)
    lab.request("POST", f"api/kernels/{kernel.id}/interrupt")

    result = kernel.wait(request, check=False)

    assert "KeyboardInterrupt" in result.text
    kernel.run("fig.axes")


@pytest.mark.parametrize("blit", [False, True])
def test_an_animation_runs_while_the_kernel_is_idle(
    kernel: Kernel, window: XWindow, lab: Lab, eventually: Wait, blit: bool
) -> None:
    kernel.run(
        "from matplotlib.animation import FuncAnimation\n"
        "(line,) = ax.plot([0, 400], [0, 0])\n"
        "def draw(turn): line.set_ydata([turn, 300]); return (line,)\n"
        "animation = FuncAnimation(fig, draw, interval=20, "
        f"cache_frame_data=False, blit={blit})"
    )

    revision = lab.request("GET", ROUTE)[0]["revision"]
    eventually(lambda: lab.request("GET", ROUTE)[0]["revision"] > revision + 10)
    kernel.run("animation.pause(); 1 + 1")


def test_a_size_given_by_the_user_is_the_figures(
    kernel: Kernel, window: XWindow, screen: Screen, eventually: Wait
) -> None:
    kernel.run(
        "sizes = []\n"
        "_ = fig.canvas.mpl_connect('resize_event', "
        "lambda e: sizes.append((e.width, e.height)))"
    )

    # Within a quarter of a second after its opening it is the window manager's.
    kernel.run("plt.pause(0.5)")

    screen.xdotool("windowsize", window.id, 600, window.height + 100)

    eventually(
        lambda: kernel.value("tuple(fig.get_size_inches().tolist())") == (6.0, 4.0)
    )
    assert kernel.value("sizes")[-1] == (600, 400)


def test_what_is_drawn_by_hand_is_seen(
    kernel: Kernel, mouse: Mouse, lab: Lab, eventually: Wait
) -> None:
    kernel.run(
        "(line,) = ax.plot([0, 400], [150, 150], 'r', lw=60, animated=True)\n"
        "fig.canvas.draw(); background = fig.canvas.copy_from_bbox(fig.bbox)\n"
        "fig.canvas.restore_region(background); ax.draw_artist(line)\n"
        "fig.canvas.blit(fig.bbox)"
    )

    eventually(lambda: mouse.pixel(200, 150) == (255, 0, 0))
    model = eventually(
        lambda: [w for w in lab.request("GET", ROUTE) if w["transfer"] == "frames"]
    )[0]
    assert "blit" in model["reason"]


def test_the_example_notebook_runs(kernel: Kernel, screen: Screen) -> None:
    cells = nbformat.read("examples/interactive.ipynb", as_version=4).cells
    sources = [cell.source for cell in cells if cell.cell_type == "code"]

    for source in sources[:-1]:
        kernel.run(source)

    assert kernel.value("len(ticks)") > 3
    assert len(screen.windows("Figure")) == 4
    kernel.run(sources[-1])
