"""What a user changes in a window stays in a loop, and the next cell has it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest
from kernels import Kernel
from lab import Lab
from screen import Screen, XWindow

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]
ROUTE = "jlab-qtwindows/windows"

# One Axes over the whole canvas: wherever the mouse is, it is over the Axes.
FULL = """
fig = plt.figure(figsize=(4, 3), dpi=100)
ax = fig.add_axes((0, 0, 1, 1))
ax.set(xlim=(0, 400), ylim=(1, 300))
"""


@pytest.fixture
def window(kernel: Kernel, screen: Screen, lab: Lab, eventually: Wait) -> XWindow:
    """A window that shows such an Axes, with the keyboard."""
    kernel.run(FULL)
    eventually(lambda: any(w["revision"] for w in lab.request("GET", ROUTE)))
    found: XWindow = eventually(lambda: screen.window("Figure 1"))
    screen.xdotool("windowactivate", "--sync", found.id)
    return found


def drag(screen: Screen, window: XWindow) -> None:
    """Draw with the left button over the middle of the window."""
    x, y = window.left + window.width // 2, window.top + window.height // 2
    screen.xdotool("mousemove", x, y, "mousedown", 1)
    for step in range(1, 6):
        screen.xdotool("mousemove", x + 20 * step, y + 12 * step)
    screen.xdotool("mouseup", 1)


def press(screen: Screen, window: XWindow, key: str) -> None:
    """Press a key while the mouse is over the Axes."""
    x, y = window.left + window.width // 2, window.top + window.height // 2
    screen.xdotool("mousemove", x, y)
    screen.xdotool("key", "--window", window.id, key)


LIMITS = "tuple(map(float, ax.get_xlim()))"
CLEAR_AND_PLOT = "ax.clear(); ax.plot([turn % 7, 300], [1, 100]); time.sleep(0.01)"


def test_a_zoom_made_in_a_loop_of_clear_and_plot_is_known_to_the_next_cell(
    kernel: Kernel, window: XWindow, screen: Screen, loop: Any, frames: Any,
    eventually: Wait,
) -> None:  # fmt: skip
    loop(CLEAR_AND_PLOT)
    frames(3)
    press(screen, window, "o")
    drag(screen, window)
    frames(3)

    loop("")

    low, high = eventually(lambda: narrow(kernel.value(LIMITS)))
    assert 0 < low < high < 300


def narrow(limits: tuple[float, float]) -> tuple[float, float] | None:
    return limits if limits[1] - limits[0] < 200 else None


def test_home_gives_the_axes_back_to_the_program(
    kernel: Kernel, window: XWindow, screen: Screen, eventually: Wait
) -> None:
    press(screen, window, "o")
    drag(screen, window)
    eventually(lambda: narrow(kernel.value(LIMITS)))

    press(screen, window, "h")

    eventually(lambda: kernel.value(LIMITS) == (0, 400))


def test_a_zoom_yields_to_limits_set_in_the_next_cell(
    kernel: Kernel, window: XWindow, screen: Screen, frames: Any, eventually: Wait
) -> None:
    press(screen, window, "o")
    drag(screen, window)
    eventually(lambda: narrow(kernel.value(LIMITS)))

    kernel.run(
        "ax.set(xlim=(0, 400), ylim=(1, 300))\n"
        "ax.plot([0, 400], [1, 300], color=(1, 0, 0), lw=9)"
    )

    # The thick line from corner to corner shows whether all of the Axes is visible.
    def corner_is_red() -> bool:
        pixels = screen.grab(screen.window("Figure 1") or window)
        red = (pixels == (255, 0, 0)).all(axis=2)
        return bool(red[:, :20].any() and red[:, -20:].any())

    eventually(corner_is_red)
    assert kernel.value(LIMITS) == (0, 400)


@pytest.mark.parametrize(
    ("key", "expression", "value"),
    [
        ("l", "ax.get_yscale()", "log"),
        ("k", "ax.get_xscale()", "log"),
        ("g", "ax.xaxis.get_major_ticks()[0].gridline.get_visible()", True),
        ("G", "ax.xaxis.get_minor_ticks(1)[0].gridline.get_visible()", True),
    ],
)
def test_a_key_pressed_while_a_cell_runs_is_known_to_the_next_cell(
    kernel: Kernel, window: XWindow, screen: Screen, loop: Any, frames: Any,
    eventually: Wait, key: str, expression: str, value: object,
) -> None:  # fmt: skip
    loop(CLEAR_AND_PLOT)
    frames(3)
    press(screen, window, key)
    frames(3)

    loop("")

    eventually(lambda: kernel.value(expression) == value)


def test_a_3d_view_turned_by_the_mouse_stays_while_data_stream_in(
    kernel: Kernel, window: XWindow, screen: Screen, loop: Any, frames: Any,
    eventually: Wait,
) -> None:  # fmt: skip
    kernel.run(
        "fig.clear(); ax = fig.add_subplot(projection='3d')\n"
        "(line,) = ax.plot([0, 1], [0, 1], [0, 1]); before = ax.azim"
    )
    frames(0)
    loop("line.set_data_3d([0, 1], [0, turn % 7], [0, 1]); time.sleep(0.01)")
    frames(3)
    drag(screen, window)
    frames(3)

    loop("")

    eventually(lambda: kernel.value("ax.azim != before"))


def test_what_a_user_does_is_applied_where_the_program_flushes_events(
    kernel: Kernel, window: XWindow, screen: Screen
) -> None:
    request = kernel.start(
        "while ax.get_xlim() == (0, 400):\n"
        "    fig.canvas.flush_events(); time.sleep(0.01)\n"
        f"print({LIMITS})"
    )
    press(screen, window, "o")
    drag(screen, window)

    # The cell ends by itself.
    assert narrow(ast.literal_eval(kernel.wait(request).text))
