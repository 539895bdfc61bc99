"""Matplotlib's widgets, moved by the mouse in a window, act in the kernel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kernels import Kernel
from mouse import Mouse
from screen import Screen

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]

# Axes are placed by px of the canvas: left, bottom, width, height.
FIGURE = """
from matplotlib.widgets import *
fig = plt.figure(1, figsize=(6, 4), dpi=100)
def at(x, y, w, h): return fig.add_axes((x / 600, y / 400, w / 600, h / 400))
"""
CONTROLS = """
pressed, texts = [], []
button = Button(at(0, 0, 100, 60), 'press'); _ = button.on_clicked(pressed.append)
check = CheckButtons(at(100, 0, 150, 90), ['a', 'b'], [False, False])
radio = RadioButtons(at(250, 0, 150, 90), ['a', 'b'])
slider = Slider(at(0, 100, 200, 40), '', 0, 100, valinit=10)
span = RangeSlider(at(0, 150, 200, 40), '', 0, 100, valinit=(20, 80))
box = TextBox(at(400, 0, 200, 60), ''); _ = box.on_submit(texts.append)
crossed, *both = (at(x, 200, 200, 200) for x in (0, 200, 400))
for axes in (crossed, *both): axes.axis('off'); axes.set(xlim=(0, 200), ylim=(0, 200))
cursor = Cursor(crossed, color='red', lw=5)
cursors = MultiCursor(None, both, color='blue', lw=5)
"""
# Axes of 200 x 200 px, in each of which a place in the data is one of it.
SELECTORS = """
grid = [at(200 * i, 200 * j, 200, 200) for j in (0, 1) for i in (0, 1, 2)]
for axes in grid: axes.axis('off'); axes.set(xlim=(0, 200), ylim=(0, 200))
nothing, lassos = (lambda *extents: None), []
span = SpanSelector(grid[0], nothing, 'horizontal', useblit=True,
                    props=dict(facecolor='red', alpha=1), interactive=True)
box = RectangleSelector(grid[1], nothing, useblit=True, interactive=True,
                        props=dict(facecolor='blue', alpha=1))
ellipse = EllipseSelector(grid[2], nothing, useblit=True, interactive=True,
                          props=dict(facecolor='lime', alpha=1))
polygon = PolygonSelector(grid[3], nothing, useblit=True)
lasso = LassoSelector(grid[4], lassos.append, useblit=True)
"""


@pytest.fixture
def mouse(
    kernel: Kernel, shown: Any, screen: Screen, listen: Any
) -> Callable[..., Mouse]:
    """Return a function that shows widgets, and gives the mouse over them."""

    def show(widgets: str) -> Mouse:
        kernel.run(FIGURE)
        shown("Figure 1")
        listen(widgets)
        return Mouse(screen, "Figure 1")

    return show


def test_controls(
    mouse: Callable[..., Mouse], kernel: Kernel, screen: Screen, eventually: Wait
) -> None:
    hand = mouse(CONTROLS)

    hand.click(50, 30)
    eventually(lambda: kernel.value("len(pressed)") == 1)

    hand.click(100 + 22, 60)
    eventually(lambda: kernel.value("check.get_status()") == [True, False])

    hand.click(250 + 22, 30)
    eventually(lambda: kernel.value("radio.value_selected") == "b")

    hand.drag((20, 120), (80, 120), (150, 120))
    eventually(lambda: kernel.value("round(float(slider.val))") == 75)

    hand.drag((160, 170), (140, 170), (120, 170))
    extents = "[round(float(value)) for value in span.val]"
    eventually(lambda: kernel.value(extents) == [20, 60])

    hand.click(500, 30)
    # A key may overtake a click, which the window manager looks at first.
    eventually(lambda: kernel.value("box.capturekeystrokes"))
    screen.xdotool("type", "log q")  # keys of a window, were this no text
    screen.xdotool("key", "Return")
    eventually(lambda: kernel.value("texts") == ["log q"])


def test_keys_typed_while_the_program_still_handles_the_click_are_text(
    mouse: Callable[..., Mouse],
    kernel: Kernel,
    screen: Screen,
    tmp_path: Path,
    eventually: Wait,
) -> None:
    hand = mouse(CONTROLS)
    begun = tmp_path / "begun"
    kernel.run(
        "from pathlib import Path\n"
        f"def slow(event): Path({str(begun)!r}).touch(); time.sleep(0.5)\n"
        "_ = fig.canvas.mpl_connect('button_press_event', slow)"
    )

    hand.click(500, 30)
    eventually(begun.exists)  # the window has sent the click, and knows no answer
    screen.xdotool("type", "lgq")
    screen.xdotool("key", "Return")

    eventually(lambda: kernel.value("texts") == ["lgq"])
    assert kernel.value("plt.get_fignums()") == [1]
    assert kernel.value("{ax.get_yscale() for ax in fig.axes}") == {"linear"}


def test_cursors_are_seen_where_the_mouse_is(
    mouse: Callable[..., Mouse], eventually: Wait
) -> None:
    hand = mouse(CONTROLS)

    hand.move(60, 300)
    eventually(lambda: hand.pixel(60, 350) == (255, 0, 0))
    assert hand.pixel(150, 300) == (255, 0, 0)

    hand.move(250, 300)
    eventually(lambda: hand.pixel(250, 350) == hand.pixel(450, 350) == (0, 0, 255))
    eventually(lambda: hand.pixel(60, 350) == (255, 255, 255))


def test_selectors(
    mouse: Callable[..., Mouse], kernel: Kernel, eventually: Wait
) -> None:
    hand = mouse(SELECTORS)

    hand.drag((50, 100), (100, 100), (150, 100))
    extents = "[round(float(value)) for value in {}.extents]"
    eventually(lambda: kernel.value(extents.format("span")) == [50, 150])
    eventually(lambda: hand.pixel(100, 50) == (255, 0, 0))

    hand.drag((240, 40), (280, 80), (320, 120))
    eventually(lambda: kernel.value(extents.format("box")) == [40, 120, 40, 120])
    eventually(lambda: hand.pixel(270, 90) == (0, 0, 255))
    hand.drag((280, 80), (290, 90), (300, 100))  # by its middle
    eventually(lambda: kernel.value(extents.format("box")) == [60, 140, 60, 140])

    hand.drag((440, 40), (500, 80), (560, 120))
    eventually(lambda: kernel.value(extents.format("ellipse")) == [40, 160, 40, 120])
    eventually(lambda: hand.pixel(490, 70) == (0, 255, 0))

    corners = [(40, 240), (160, 240), (100, 360)]
    for corner in (*corners, corners[0]):
        hand.click(*corner)
    vertices = "[tuple(round(float(v)) for v in p) for p in polygon.verts]"
    eventually(lambda: kernel.value(vertices) == [(x, y - 200) for x, y in corners])

    hand.drag((240, 240), (360, 240), (300, 360), (240, 240))
    eventually(lambda: kernel.value("len(lassos)") == 1)
    assert kernel.value("len(lassos[0])") >= 2  # of quick motions the last counts


COLOURS = 5  # of one place, which the callback changes
BUSY_BUTTON = """
import os
button = Button(at(0, 0, 600, 100), 'run')
def work(event):
    turn = 0
    while not os.path.exists(flag):
        turn += 1
        fig.set_facecolor((turn // 20 % 10 / 10, 0, 0))
        time.sleep(0.01)
_ = button.on_clicked(work)
"""


def test_a_callback_that_works_for_long_is_followed_as_a_cell_is(
    mouse: Callable[..., Mouse],
    kernel: Kernel,
    screen: Screen,
    eventually: Wait,
    tmp_path: Path,
) -> None:
    kernel.run(f"flag = {str(tmp_path / 'finished')!r}")
    hand = mouse(BUSY_BUTTON)

    hand.click(300, 50)

    place = hand.place(300, 300)
    seen: set[bytes] = set()
    eventually(lambda: seen.add(screen.pixel(*place)) or len(seen) >= COLOURS)
    (tmp_path / "finished").touch()
