"""Callbacks that hang or fail, and figures that go while the user works in them."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from typing import Any

import pytest
from kernels import TIMEOUT, Kernel
from lab import Lab
from screen import STATUS_BAR, Screen, XWindow

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]

# Axes over the whole canvas: wherever the mouse is, it is over them.
FULL = """
fig = plt.figure(1, figsize=(4, 3), dpi=100)
ax = fig.add_axes((0, 0, 1, 1))
ax.set(xlim=(0, 400), ylim=(0, 300))
ax.fill_between([-400, 200], 0, 300, color=(1, 0, 0), lw=0)
calls = []
"""
OTHER = """
other = plt.figure(2, figsize=(4, 3), dpi=100)
right = other.add_axes((0, 0, 1, 1))
right.set(xlim=(0, 400), ylim=(0, 300))
right.fill_between([-400, 200], 0, 300, color=(1, 0, 0), lw=0)
"""


@pytest.fixture
def window(kernel: Kernel, shown: Any, screen: Screen, eventually: Wait) -> XWindow:
    """A window whose left half is red, with the keyboard."""
    kernel.run(FULL)
    found: XWindow = shown("Figure 1")
    eventually(lambda: red_share(screen, found) == pytest.approx(0.5, abs=0.02))
    return found


@pytest.fixture
def interrupt(kernel: Kernel, lab: Lab) -> Callable[[], None]:
    """Return a function that does what the stop button does."""
    return lambda: lab.request("POST", f"api/kernels/{kernel.id}/interrupt")


def middle(window: XWindow) -> tuple[int, int]:
    return window.left + 200, window.top + window.height - STATUS_BAR - 150


def red_share(screen: Screen, window: XWindow) -> float:
    canvas = screen.grab(window)[-STATUS_BAR - 300 : -STATUS_BAR]
    return float((canvas == (255, 0, 0)).all(axis=2).mean())


def pan(screen: Screen, window: XWindow, pixels: int) -> None:
    """Take the tool and move the view to the right by these px.

    The tool stays in hand: a key may overtake the mouse, whose clicks the window
    manager looks at first.
    """
    x, y = middle(window)
    screen.xdotool("mousemove", x, y, "key", "p", "mousedown", 1)
    screen.xdotool("mousemove", x + pixels // 2, y, "mousemove", x + pixels, y)
    screen.xdotool("mouseup", 1)


def next_error(kernel: Kernel) -> str:
    """Return the next error that the notebook is shown, of whatever cell."""
    deadline = time.monotonic() + TIMEOUT
    while True:
        try:
            message = kernel.client.get_iopub_msg(timeout=deadline - time.monotonic())
        except queue.Empty:
            raise AssertionError("the notebook was shown no error") from None
        if message["msg_type"] == "error":
            return "\n".join(message["content"]["traceback"])


HANGS = """
def hang(event):
    calls.append(event.name)
    (pathlib.Path(here) / 'hanging').touch()
    while True: time.sleep(0.01)
"""


def test_a_callback_that_never_returns_leaves_the_windows_alive_until_it_is_stopped(
    kernel: Kernel, window: XWindow, shown: Any, screen: Screen, interrupt: Any,
    tmp_path: Any, eventually: Wait,
) -> None:  # fmt: skip
    kernel.run(OTHER + f"import pathlib; here = {str(tmp_path)!r}\n" + HANGS)
    other = shown("Figure 2")
    eventually(lambda: red_share(screen, other) == pytest.approx(0.5, abs=0.02))
    kernel.run("cid = fig.canvas.mpl_connect('button_press_event', hang)")
    shown("Figure 1")
    hanging = tmp_path / "hanging"

    def clicked() -> bool:
        screen.xdotool("mousemove", *middle(window), "click", 1)
        return bool(hanging.exists())

    eventually(clicked)

    # The user works on, in this window and in others, and clicks in vain.
    screen.xdotool("mousemove", *middle(window), "click", "--repeat", 30, 1)
    pan(screen, window, 100)
    eventually(lambda: red_share(screen, window) == pytest.approx(0.75, abs=0.02))
    shown("Figure 2")
    pan(screen, other, -100)
    eventually(lambda: red_share(screen, other) == pytest.approx(0.25, abs=0.02))
    waiting = kernel.start("print(len(calls))")

    interrupt()

    # What was clicked in vain is not made up for: it would hang again.
    assert "KeyboardInterrupt" in next_error(kernel)
    assert kernel.wait(waiting).text == "1\n"
    limits = "(float(ax.get_xlim()[0]), float(right.get_xlim()[0]))"
    eventually(
        lambda: kernel.value(limits) == (pytest.approx(-100), pytest.approx(100))
    )


def test_a_click_after_the_stop_is_served_again(
    kernel: Kernel, window: XWindow, screen: Screen, interrupt: Any, tmp_path: Any,
    listen: Any, eventually: Wait,
) -> None:  # fmt: skip
    kernel.run(f"import pathlib; here = {str(tmp_path)!r}\n" + HANGS)
    listen("cid = fig.canvas.mpl_connect('button_press_event', hang)")
    screen.xdotool("mousemove", *middle(window), "click", 1)
    eventually((tmp_path / "hanging").exists)
    interrupt()
    assert "KeyboardInterrupt" in next_error(kernel)

    listen(
        "fig.canvas.mpl_disconnect(cid); calls.clear()\n"
        "_ = fig.canvas.mpl_connect('button_press_event', "
        "lambda e: calls.append(round(e.xdata)))"
    )
    screen.xdotool("mousemove", *middle(window), "click", 1)

    eventually(lambda: kernel.value("calls") == [200])


def test_an_idle_kernel_is_not_harmed_by_the_stop_button(
    kernel: Kernel, window: XWindow, screen: Screen, interrupt: Any, listen: Any,
    eventually: Wait,
) -> None:  # fmt: skip
    listen(
        "_ = fig.canvas.mpl_connect('button_press_event', lambda e: calls.append(1))"
    )
    screen.xdotool("mousemove", *middle(window), "click", 1)
    eventually(lambda: kernel.value("calls") == [1])

    interrupt()

    screen.xdotool("click", 1)
    eventually(lambda: kernel.value("calls") == [1, 1])


def test_a_callback_that_raises_is_shown_in_the_notebook_and_the_next_event_is_served(
    kernel: Kernel, window: XWindow, screen: Screen, listen: Any, eventually: Wait
) -> None:
    listen(
        "def fail(event):\n"
        "    calls.append(1)\n"
        "    if len(calls) == 1: raise ValueError('on purpose')\n"
        "_ = fig.canvas.mpl_connect('button_press_event', fail)"
    )

    screen.xdotool("mousemove", *middle(window), "click", 1)
    assert "on purpose" in next_error(kernel)

    screen.xdotool("click", 1)
    eventually(lambda: kernel.value("len(calls)") == 2)


@pytest.mark.parametrize("key", ["p", "o"])
def test_a_figure_may_be_closed_by_the_program_while_the_user_drags_in_it(
    kernel: Kernel, window: XWindow, shown: Any, screen: Screen, lab: Lab,
    eventually: Wait, key: str,
) -> None:  # fmt: skip
    host = lab.request("GET", "jlab-qtwindows/host")["pid"]
    x, y = middle(window)
    screen.xdotool("mousemove", x, y, "key", key, "mousedown", 1)
    try:
        screen.xdotool("mousemove", x + 30, y + 20)
        kernel.run("plt.close(fig)")
        eventually(lambda: not screen.windows("Figure"))
        screen.xdotool("mousemove", x + 60, y + 40)
    finally:
        screen.xdotool("mouseup", 1)

    kernel.run(FULL)
    again = shown("Figure 1")
    eventually(lambda: red_share(screen, again) == pytest.approx(0.5, abs=0.02))
    pan(screen, again, 100)
    eventually(lambda: red_share(screen, again) == pytest.approx(0.75, abs=0.02))
    assert lab.request("GET", "jlab-qtwindows/host")["pid"] == host


def test_an_interrupt_ends_pause_and_the_figure_goes_on(
    kernel: Kernel, window: XWindow, screen: Screen, interrupt: Any, frames: Any,
    eventually: Wait,
) -> None:  # fmt: skip
    request = kernel.start(
        "turn = 0\nwhile True: turn += 1; ax.set_title(turn); plt.pause(0.02)"
    )
    frames(3)

    interrupt()

    result = kernel.wait(request, check=False)
    assert "KeyboardInterrupt" in result.text
    kernel.run("fig.axes[0].fill_between([0, 400], 0, 300, color=(1, 0, 0), lw=0)")
    eventually(lambda: red_share(screen, window) > 0.95)


def test_an_interrupt_ends_a_long_pause(
    kernel: Kernel, window: XWindow, interrupt: Any, frames: Any
) -> None:
    request = kernel.start("ax.set_title('new'); plt.pause(1_000_000)")
    frames(1)

    interrupt()

    assert "KeyboardInterrupt" in kernel.wait(request, check=False).text
    assert kernel.run("print('goes on')").text == "goes on\n"


def test_a_window_closed_in_a_loop_of_pauses_is_known_at_once(
    kernel: Kernel, window: XWindow, screen: Screen, frames: Any
) -> None:
    request = kernel.start(
        "turn = 0\n"
        "while plt.fignum_exists(1):\n"
        "    turn += 1; ax.set_title(turn); plt.pause(0.02)\n"
        "ax.set_title('of nobody'); plt.pause(0.02); print('closed')"
    )
    frames(3)

    screen.close(window)

    # The cell ends by itself, and no pause brings the window back.
    assert kernel.wait(request).text == "closed\n"
    assert not screen.windows("Figure")
