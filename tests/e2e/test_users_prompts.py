"""What the user does in a window acts while a cell waits for a line of theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kernels import Kernel
from mouse import Mouse
from screen import Screen

pytestmark = pytest.mark.e2e

FIGURE = """
fig = plt.figure(1, figsize=(4, 3), dpi=100)
_ = fig.canvas.mpl_connect('button_press_event', lambda event: print('clicked'))
"""


@pytest.fixture
def mouse(kernel: Kernel, shown: Any, screen: Screen, listen: Any) -> Mouse:
    """The mouse over a window whose program prints each click."""
    kernel.run("fig = plt.figure(1, figsize=(4, 3), dpi=100)")
    shown("Figure 1")
    listen(FIGURE)
    return Mouse(screen, "Figure 1")


@pytest.fixture
def wait_for(kernel: Kernel) -> Callable[[str], None]:
    """Return a function that waits until a cell has printed some words."""

    def wait(words: str) -> None:
        text = ""
        while words not in text:
            message = kernel.client.get_iopub_msg(timeout=30)
            if message["msg_type"] == "stream":
                text += message["content"]["text"]

    return wait


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("print('got', input('a line? '))", "typed"),
        ("import getpass; print('got', getpass.getpass())", "typed"),
        ("import pdb; pdb.set_trace()\nprint('got', 'typed')", "continue"),
    ],
)
def test_a_click_acts_before_the_line_is_entered(
    mouse: Mouse, kernel: Kernel, wait_for: Any, code: str, line: str
) -> None:
    request = kernel.start(code)
    kernel.client.get_stdin_msg(timeout=30)

    mouse.click(100, 100)
    wait_for("clicked")
    mouse.click(150, 100)
    wait_for("clicked")

    kernel.client.input(line)
    assert "got typed" in kernel.wait(request).text


def test_a_click_while_the_cell_was_busy_acts_when_it_asks(
    mouse: Mouse, kernel: Kernel, wait_for: Any, eventually: Any
) -> None:
    request = kernel.start(
        "inputs = fig.canvas.followed.inputs\n"
        "print('busy', flush=True)\n"
        "while not len(inputs): time.sleep(0.01)\n"
        "print('got', input())"
    )
    wait_for("busy")  # or the kernel, still at rest, acts upon it
    mouse.click(100, 100)
    kernel.client.get_stdin_msg(timeout=30)

    wait_for("clicked")

    kernel.client.input("typed")
    assert "got typed" in kernel.wait(request).text


def test_the_stop_button_ends_a_callback_at_a_prompt_and_the_cell(
    mouse: Mouse, kernel: Kernel, wait_for: Any, lab: Any
) -> None:
    kernel.run(
        "def hang(event):\n"
        "    print('hangs', flush=True)\n"
        "    while True: pass\n"
        "_ = fig.canvas.mpl_connect('button_press_event', hang)"
    )
    request = kernel.start("input()")
    kernel.client.get_stdin_msg(timeout=30)
    mouse.click(100, 100)
    wait_for("hangs")

    lab.request("POST", f"api/kernels/{kernel.id}/interrupt")

    result = kernel.wait(request, check=False)
    assert result.status == "error"
    assert "KeyboardInterrupt" in result.text
