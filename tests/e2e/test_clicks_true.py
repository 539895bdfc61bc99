"""A real click tells the program what the window shows under the mouse.

The judges are a twin of the figure that plain Agg draws in the process of the test, and
Matplotlib's own Qt window, clicked at the same pixel.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from desktop import Desktop
from figurekinds import KINDS, renew
from kernels import Kernel
from matplotlib.backend_bases import MouseEvent
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from mouse import Mouse
from screen import Screen

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]

FIGURES = Path(__file__).parents[1] / "kernel"  # where `figurekinds` is

SHOWN = ["line", "dates", "equal_aspect", "constrained", "scatter_3d", "polar", "image"]
PATIENCE = 5.0  # s, after which a user tries again
PLACE = 420, 140  # px of the canvas
MAKE = f"""
import sys; sys.path.append({str(FIGURES)!r})
from figurekinds import KINDS, renew
heard = []
def note(event):
    axes = None if event.inaxes is None else fig.axes.index(event.inaxes)
    number = lambda data: None if data is None else float(data)
    heard.append((event.x, event.y, axes, number(event.xdata), number(event.ydata)))
def make(kind):
    global fig
    plt.close('all')
    fig = plt.figure(1, figsize=(6.4, 4.8), dpi=100)
    KINDS[kind](fig)
"""
# Both count the user's clicks, wait for them in the same way, and write what they got.
COUNTED = """
clicks = []
_ = plt.gcf().canvas.mpl_connect('button_release_event', clicks.append)
"""
CLICKED = """
from pathlib import Path
points = plt.ginput(1, timeout=60)
_ = Path({folder!r}, 'points').write_text(repr([tuple(map(float, p)) for p in points]))
# Of clicks made again for a program that was slow to notice none may be left.
made = Path({folder!r}, 'clicks')
while not made.exists() or made.read_text() != str(len(clicks)):
    plt.pause(0.05)
pressed = plt.waitforbuttonpress(60)
_ = Path({folder!r}, 'pressed').write_text(repr(pressed))
"""
QT = """
import sys; sys.path.append(sys.argv[1])
import matplotlib; matplotlib.use('qtagg')
import matplotlib.pyplot as plt
from figurekinds import KINDS
fig = plt.figure(2, figsize=(6.4, 4.8), dpi=100)
KINDS[sys.argv[2]](fig)
fig.canvas.manager.show()
fig.canvas.mpl_connect('draw_event', lambda event: print('drawn', flush=True))
"""


def twin_of(kind: str, size: tuple[int, int] = (640, 480)) -> Figure:
    """Return the figure as plain Agg has drawn it."""
    twin = Figure((size[0] / 100, size[1] / 100), dpi=100)
    canvas = FigureCanvasAgg(twin)
    KINDS[kind](twin)
    canvas.draw()
    return twin


def assert_true(heard: tuple[Any, ...], twin: Figure) -> None:
    """Compare with an event at the same px of the twin; within 1 px."""
    x, y, axes, xdata, ydata = heard
    right = MouseEvent("button_press_event", twin.canvas, x, y)
    assert right.inaxes is not None
    assert axes == twin.axes.index(right.inaxes)
    data = right.inaxes.transData.transform((xdata, ydata))
    np.testing.assert_allclose(data, (x, y), atol=1)


@pytest.fixture
def mouse(kernel: Kernel, screen: Screen) -> Mouse:
    kernel.run(MAKE)
    screen.xdotool("mousemove", 0, 0)
    return Mouse(screen, "Figure 1")


@pytest.mark.parametrize("kind", SHOWN)
def test_the_first_click_on_an_idle_kernels_figure(
    kernel: Kernel, mouse: Mouse, shown: Any, eventually: Wait, kind: str
) -> None:
    kernel.run(
        f"make({kind!r}); _ = fig.canvas.mpl_connect('button_press_event', note)"
    )
    shown("Figure 1")

    mouse.click(*PLACE)

    eventually(lambda: kernel.value("len(heard)") == 1)
    (heard,) = kernel.value("heard")
    assert abs(heard[0] - PLACE[0]) <= 1
    assert abs(heard[1] - PLACE[1]) <= 1
    assert_true(heard, twin_of(kind))


@pytest.mark.parametrize("kind", ["line", "equal_aspect"])
def test_a_click_during_a_loop_that_plots_and_pauses(
    kernel: Kernel, mouse: Mouse, shown: Any, eventually: Wait, kind: str
) -> None:
    kernel.run(
        f"make({kind!r}); _ = fig.canvas.mpl_connect('button_press_event', note)"
    )
    shown("Figure 1")

    cell = kernel.start(
        "while not heard: fig.axes[0].set_title(str(time.time())); plt.pause(0.01)"
    )
    mouse.click(*PLACE)
    kernel.wait(cell)

    assert_true(kernel.value("heard")[0], twin_of(kind))


def test_a_click_right_after_the_window_was_resized(
    kernel: Kernel, mouse: Mouse, shown: Any, screen: Screen, eventually: Wait
) -> None:
    kernel.run("make('equal_aspect')")
    kernel.run("_ = fig.canvas.mpl_connect('button_press_event', note)")
    window = shown("Figure 1")

    screen.xdotool("windowsize", window.id, window.width + 200, window.height)
    eventually(lambda: screen.window("Figure 1").width == window.width + 200)
    mouse.click(*PLACE)

    eventually(lambda: kernel.value("len(heard)") == 1)
    assert_true(kernel.value("heard")[0], twin_of("equal_aspect", (840, 480)))


def test_a_click_on_a_figure_that_is_larger_than_the_screen(
    kernel: Kernel, mouse: Mouse, shown: Any, eventually: Wait
) -> None:
    kernel.run("make('equal_aspect'); fig.set_size_inches(40, 30)")
    kernel.run("_ = fig.canvas.mpl_connect('button_press_event', note)")
    window = shown("Figure 1")
    assert window.width < 4000
    assert kernel.value("fig.get_size_inches().tolist()") == [40, 30]  # to be saved

    mouse.click(*PLACE)

    # What the program is told is true of the size that the X server has given.
    eventually(lambda: kernel.value("len(heard)") == 1)
    width, height = kernel.value("fig.bbox.size.tolist()")
    assert width == window.width
    assert window.height - 100 < height < window.height  # the bars around it
    assert_true(kernel.value("heard")[0], twin_of("equal_aspect", (width, height)))


def test_a_click_on_new_data(
    kernel: Kernel, mouse: Mouse, shown: Any, eventually: Wait
) -> None:
    kernel.run("make('shared'); _ = fig.canvas.mpl_connect('button_press_event', note)")
    shown("Figure 1")
    kernel.run("renew(fig)")

    mouse.click(*PLACE)

    eventually(lambda: kernel.value("len(heard)") == 1)
    twin = twin_of("shared")
    renew(twin)
    twin.canvas.draw()
    assert_true(kernel.value("heard")[0], twin)


def test_what_a_cell_reads_after_an_idle_moment_is_that_of_a_drawn_figure(
    kernel: Kernel, mouse: Mouse, shown: Any, eventually: Wait
) -> None:
    kernel.run("make('constrained')")
    shown("Figure 1")
    twin = twin_of("constrained")

    right = twin.axes[3].transData.transform((0.5, 0.5))
    read = "fig.axes[3].transData.transform((0.5, 0.5)).tolist()"
    eventually(lambda: np.allclose(kernel.value(read), right, atol=1))

    box = "fig.axes[0].title.get_window_extent().bounds"
    np.testing.assert_allclose(
        [float(number) for number in kernel.value(f"list(map(float, {box}))")],
        twin.axes[0].title.get_window_extent().bounds,
        atol=1,
    )


def test_legends_are_picked(
    kernel: Kernel, mouse: Mouse, shown: Any, eventually: Wait
) -> None:
    kernel.run("make('legend'); legend = fig.axes[0].get_legend(); picked = []")
    kernel.run(
        "for line in legend.get_lines(): line.set_picker(5)\n"
        "def pick(event): picked.append(legend.get_lines().index(event.artist))\n"
        "_ = fig.canvas.mpl_connect('pick_event', pick)"
    )
    shown("Figure 1")

    twin = twin_of("legend")
    box = twin.axes[0].get_legend().get_lines()[1].get_window_extent()
    mouse.click(round(box.x0 + box.width / 2), round(box.y0 + box.height / 2))

    eventually(lambda: kernel.value("picked") == [1])


@pytest.fixture
def qt_process(desktop: Desktop) -> Iterator[Callable[[str, Path], None]]:
    """Return a function that shows a kind in Matplotlib's own Qt window."""
    started: list[subprocess.Popen[str]] = []

    def start(kind: str, folder: Path) -> None:
        code = QT + COUNTED + CLICKED.format(folder=str(folder))
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(FIGURES), kind],
            env=desktop.environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "drawn\n"

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("kind", ["line", "constrained"])
def test_ginput_and_waitforbuttonpress_are_those_of_qtagg(
    kernel: Kernel,
    mouse: Mouse,
    shown: Any,
    listen: Callable[[str], None],
    screen: Screen,
    eventually: Wait,
    qt_process: Callable[[str, Path], None],
    tmp_path: Path,
    kind: str,
) -> None:
    def work(folder: Path, place: tuple[int, int]) -> tuple[Any, Any]:
        """Click and press as a user does, until it is seen to have been noticed."""

        acts = 0

        def act(file: str, *action: object) -> Any:
            acted = 0.0

            def done() -> str:
                nonlocal acted, acts
                if time.monotonic() - acted > PATIENCE:
                    acted = time.monotonic()
                    acts += 1
                    screen.xdotool(*action)
                found = folder / file
                return found.read_text() if found.exists() else ""

            return ast.literal_eval(eventually(done))

        screen.xdotool("mousemove", *place)
        points = act("points", "click", 1)
        (folder / "clicks").write_text(str(acts))
        return points, act("pressed", "key", "x")

    folders = tmp_path / "ours", tmp_path / "theirs"
    for folder in folders:
        folder.mkdir()

    kernel.run(f"make({kind!r})")
    shown("Figure 1")
    listen(COUNTED)
    cell = kernel.start(CLICKED.format(folder=str(folders[0])))
    points, key = work(folders[0], mouse.place(*PLACE))
    kernel.wait(cell)

    qt_process(kind, folders[1])
    window = eventually(lambda: screen.window("Figure 2"))
    screen.xdotool("windowactivate", "--sync", window.id)
    window = screen.window("Figure 2")
    assert window is not None
    place = window.left + PLACE[0], window.top + window.height - PLACE[1]
    right_points, right_key = work(folders[1], place)

    twin = twin_of(kind)
    axes = MouseEvent("button_press_event", twin.canvas, *PLACE).inaxes
    assert axes is not None
    px = [axes.transData.transform(found) for found in (points, right_points)]
    np.testing.assert_allclose(*px, atol=1)
    assert key is right_key is True
