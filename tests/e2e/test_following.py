"""Windows follow a running cell: looked at pixel by pixel."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from kernels import Kernel
from lab import Lab
from screen import STATUS_BAR, Screen, XWindow

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]
ROUTE = "jlab-qtwindows/windows"
GRABS = 300
RED = (255, 0, 0)


@pytest.fixture
def running(kernel: Kernel, tmp_path: Path) -> Iterator[Any]:
    """Return a function that starts a busy cell; it is ended after the test."""
    requests: list[str] = []
    flag = tmp_path / "finished"  # the kernel is busy and hears no message

    def start(body: str) -> None:
        kernel.run(
            f"import os\ndef running():\n    return not os.path.exists({str(flag)!r})"
        )
        lines = "\n".join(f"    {line}" for line in body.splitlines())
        requests.append(
            kernel.start(f"turn = 0\nwhile running():\n    turn += 1\n{lines}")
        )

    yield start
    flag.touch()
    for request in requests:
        kernel.wait(request)


def has_colour(pixels: np.ndarray[Any, Any], colour: tuple[int, int, int]) -> bool:
    """Return whether some pixel has exactly this colour."""
    return bool((pixels == colour).all(axis=2).any())


def different_pictures(screen: Screen, window: XWindow, count: int, wait: Wait) -> None:
    """Wait until the window has shown `count` pictures that differ."""
    seen: set[bytes] = set()

    def picture() -> bytes:
        return screen.grab(window)[:-STATUS_BAR].tobytes()

    wait(lambda: seen.add(picture()) or len(seen) >= count)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("line.set_ydata(np.sin(x + turn / 20))", id="tight loop"),
        pytest.param(
            "line.set_ydata(np.sin(x + turn / 20)); time.sleep(0.2)", id="sleeping"
        ),
        pytest.param("ax.clear(); ax.plot(x, np.sin(x + turn / 20))", id="rebuilding"),
        pytest.param(
            "line.set_ydata(np.sin(x + turn / 20)); fig.canvas.draw(); "
            "fig.canvas.flush_events()",
            id="draw and flush",
        ),
        pytest.param(
            "line.set_ydata(np.sin(x + turn / 20)); plt.pause(0.02)", id="pause"
        ),
        pytest.param(
            "with qtw.hold(fig): line.set_ydata(np.sin(x + turn / 20))", id="hold"
        ),
    ],
)
def test_window_changes_while_the_cell_runs(
    body: str, kernel: Kernel, screen: Screen, running: Any, eventually: Wait
) -> None:
    kernel.run(
        "fig, ax = plt.subplots(); x = np.linspace(0, 6, 1000)\n"
        "line, = ax.plot(x, np.sin(x)); ax.set_ylim(-1, 1)"
    )
    window = eventually(lambda: screen.window("Figure 1"))

    running(body)

    different_pictures(screen, window, 5, eventually)


def test_the_window_shows_the_last_state_when_the_cell_has_ended(
    kernel: Kernel, screen: Screen, eventually: Wait
) -> None:
    kernel.run("fig = plt.figure(facecolor='white')")
    window = eventually(lambda: screen.window("Figure 1"))

    kernel.run("for i in range(50): fig.set_facecolor((1, 0, 0) if i == 49 else 'b')")

    eventually(lambda: has_colour(screen.grab(window), RED))


def test_a_thread_may_change_a_figure_while_other_cells_run(
    kernel: Kernel, screen: Screen, running: Any, eventually: Wait
) -> None:
    kernel.run(
        "fig, ax = plt.subplots(); x = np.linspace(0, 6, 1000)\n"
        "line, = ax.plot(x, np.sin(x)); finished = threading.Event()\n"
        "def wave():\n"
        "    while not finished.wait(0.02): line.set_ydata(np.sin(x + time.time()))\n"
        "thread = threading.Thread(target=wave); thread.start()"
    )
    window = eventually(lambda: screen.window("Figure 1"))

    running("sum(range(10_000))")

    different_pictures(screen, window, 5, eventually)
    kernel.client.execute("finished.set()")  # runs when the busy cell has ended


CLEAR_AXES = "    ax.clear(); time.sleep(0.004)\n"
CLEAR_FIGURE = "    fig.clf(); time.sleep(0.004); ax = fig.add_subplot()\n"


@pytest.mark.parametrize(
    ("first", "clear"),
    [
        ("refill(0)", CLEAR_AXES),
        ("ax.clear()", CLEAR_AXES),
        ("refill(0)", CLEAR_FIGURE),
        ("fig.clf()", CLEAR_FIGURE),
    ],
    ids=["axes", "empty axes", "figure", "empty figure"],
)
def test_nobody_sees_an_empty_axes_in_a_loop_that_clears_and_plots(
    kernel: Kernel,
    lab: Lab,
    screen: Screen,
    running: Any,
    eventually: Wait,
    shown: Any,
    first: str,
    clear: str,
) -> None:
    kernel.run(
        "fig, ax = plt.subplots()\n"
        f"def refill(turn):\n    global ax\n{clear}"
        "    ax.fill_between([0, 1], [1 + turn % 7] * 2, color=(1, 0, 0))\n"
        f"{first}"
    )
    window = shown("Figure 1")
    running("refill(turn)")
    eventually(lambda: has_colour(screen.grab(window), RED))
    different_pictures(screen, window, 3, eventually)

    empty = sum(not has_colour(screen.grab(window), RED) for _ in range(GRABS))

    assert empty == 0
    different_pictures(screen, window, 3, eventually)  # it was alive all the time


def test_an_axes_that_stays_empty_is_shown_empty(
    kernel: Kernel, screen: Screen, running: Any, eventually: Wait
) -> None:
    kernel.run("fig, ax = plt.subplots(); ax.axhspan(0, 1, color=(1, 0, 0))")
    window = eventually(lambda: screen.window("Figure 1"))
    eventually(lambda: has_colour(screen.grab(window), RED))

    kernel.run("ax.clear()")

    eventually(lambda: not has_colour(screen.grab(window), RED))


def test_without_interactive_mode_nothing_shows_before_it_is_asked_for(
    kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    kernel.run("fig = plt.figure()")
    window = eventually(lambda: screen.window("Figure 1"))
    eventually(lambda: not kernel.value("fig.stale"))
    kernel.run("plt.ioff(); fig.set_facecolor((1, 0, 0))")
    # A second figure that is shown proves that the first had its chance.
    kernel.run("other = plt.figure(2); other.show()")
    eventually(lambda: screen.window("Figure 2"))
    assert not has_colour(screen.grab(window), RED)

    kernel.run("fig.canvas.draw_idle()")

    eventually(lambda: has_colour(screen.grab(window), RED))


def test_draw_shows_also_a_figure_that_needs_another_way_to_travel(
    kernel: Kernel, screen: Screen, eventually: Wait
) -> None:
    kernel.run("fig = plt.figure()")
    window = eventually(lambda: screen.window("Figure 1"))
    eventually(lambda: kernel.value("qtw.windows()[0].shown") == 1)

    # Nothing but this one call asks for it, and the first two ways fail.
    kernel.run(
        "plt.ioff(); fig.set_gid(threading.Lock()); fig.set_facecolor((1, 0, 0))\n"
        "fig.canvas.draw()"
    )

    eventually(lambda: has_colour(screen.grab(window), RED))


def test_pause_sends_only_figures_that_have_changed(
    kernel: Kernel, eventually: Wait
) -> None:
    kernel.run("other = plt.figure(2); fig, ax = plt.subplots(num=1)")
    eventually(lambda: [w.shown for w in windows(kernel)] == [1, 1])

    kernel.run("for i in range(5): ax.set_title(i); plt.pause(0.2)")

    by_number = {w.num: w.shown for w in windows(kernel)}
    assert by_number[1] > 2
    assert by_number[2] == 1


def windows(kernel: Kernel) -> list[Any]:
    """Return number and frames shown of each window."""
    pairs = kernel.value("[(w.num, w.shown) for w in qtw.windows()]")
    return [SimpleNamespace(num=num, shown=shown) for num, shown in pairs]


def test_hold_shows_a_block_of_changes_as_one_frame(
    kernel: Kernel, screen: Screen, eventually: Wait
) -> None:
    kernel.run("fig = plt.figure(facecolor='white')")
    window = eventually(lambda: screen.window("Figure 1"))
    eventually(lambda: kernel.value("qtw.windows()[0].shown") == 1)

    kernel.run(
        "with qtw.hold(fig):\n"
        "    for colour in 'bgkb':\n"
        "        fig.set_facecolor(colour); time.sleep(0.2)\n"
        "    fig.set_facecolor((1, 0, 0))"
    )

    eventually(lambda: has_colour(screen.grab(window), RED))
    eventually(lambda: kernel.value("qtw.windows()[0].shown") > 1)
    assert kernel.value("qtw.windows()[0].shown") == 2


def test_zoom_by_mouse_works_and_stays_while_the_cell_runs(
    kernel: Kernel, screen: Screen, running: Any, eventually: Wait
) -> None:
    # The upper right quarter is red, all else is white: zoomed in there, all is red.
    kernel.run(
        "fig, ax = plt.subplots()\n"
        "def refill(turn):\n"
        "    ax.clear(); ax.set_axis_off(); ax.set(xlim=(0, 2), ylim=(0, 2))\n"
        "    ax.fill_between([1, 2], 1, 2, color=(1, 0, 0), lw=0)\n"
        "    ax.plot([0, 0.5], [0, turn % 9 / 10], 'k')\n"
        "refill(0)"
    )
    window = eventually(lambda: screen.window("Figure 1"))
    running("refill(turn)")
    different_pictures(screen, window, 3, eventually)
    before = (screen.grab(window) == RED).all(axis=2).mean()

    canvas_top = window.height - STATUS_BAR - 480
    drag(screen, window, "o", canvas_top + 80, canvas_top + 220)

    eventually(lambda: (screen.grab(window) == RED).all(axis=2).mean() > 1.8 * before)
    # It is still so after more frames have come.
    for _ in range(20):
        assert (screen.grab(window) == RED).all(axis=2).mean() > 1.8 * before
    screen.xdotool("key", "--window", window.id, "h")
    eventually(lambda: (screen.grab(window) == RED).all(axis=2).mean() < 1.2 * before)
    different_pictures(screen, window, 3, eventually)


def drag(screen: Screen, window: XWindow, key: str, top: int, bottom: int) -> None:
    """Choose the tool and drag over the right half of the Axes."""
    left, right = window.left + 340, window.left + 560
    screen.xdotool("windowactivate", "--sync", window.id)
    screen.xdotool("mousemove", left, window.top + top)
    screen.xdotool("key", "--window", window.id, key)
    screen.xdotool("mousedown", 1)
    for step in range(1, 6):
        x = left + (right - left) * step // 5
        y = window.top + top + (bottom - top) * step // 5
        screen.xdotool("mousemove", x, y)
    screen.xdotool("mouseup", 1)


def test_what_was_drawn_is_seen_while_compiled_code_keeps_the_interpreter(
    kernel: Kernel, screen: Screen, tmp_path: Path, eventually: Wait
) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    kernel.run(
        "import ctypes, os\nfig = plt.figure(facecolor='white')\n"
        "keeping = ctypes.PyDLL(None)  # its calls do not let the interpreter go"
    )
    window = eventually(lambda: screen.window("Figure 1"))

    request = kernel.start(
        "fig.set_facecolor('red'); fig.canvas.draw(); fig.canvas.flush_events()\n"
        f"keeping.open({os.fsencode(gate)!r}, os.O_RDONLY)"
    )
    try:
        eventually(lambda: has_colour(screen.grab(window), RED))
    finally:
        os.close(os.open(gate, os.O_RDWR | os.O_NONBLOCK))  # ends the call
        kernel.wait(request)


def test_figures_are_whole_when_the_kernel_rests_whatever_they_have_cost(
    kernel: Kernel, screen: Screen, eventually: Wait
) -> None:
    kernel.run(
        "fig, axs = plt.subplots(5, 8); other = plt.figure()\n"
        "other.add_subplot().xaxis.set_major_formatter(lambda x, pos: 'label')\n"
        "follower = fig.canvas.manager._client.follower\n"
        "follower.budget.spend(20.0, time.monotonic())  # 400 s of it\n"
        "fig.set_facecolor('red'); other.set_facecolor('red')"
    )

    for name in ("Figure 1", "Figure 2"):
        window = eventually(lambda name=name: screen.window(name))
        eventually(lambda window=window: has_colour(screen.grab(window), RED))
