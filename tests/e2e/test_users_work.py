"""The user works on while frames stream in: views, drags, sizes, quick edits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kernels import Kernel
from lab import Lab
from screen import STATUS_BAR, Screen, XWindow
from toolbarbuttons import place_of

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]
ROUTE = "jlab-qtwindows/windows"
COLOURS = {(0, 0, 255): "blue", (0, 255, 0): "green", (255, 0, 0): "red"}
EVERYTHING, INSIDE, MIDDLE = {"blue", "green", "red"}, {"green", "red"}, {"red"}

# One Axes over the whole canvas: a px of the window is a unit of the data. What is seen
# of the three colours tells the view.
FULL = """
import os
fig = plt.figure()
ax = fig.add_axes((0, 0, 1, 1))
def fill(turn):
    ax.clear(); ax.set(xlim=(0, 640), ylim=(0, 480))
    ax.axvspan(0, 640, color='#0000ff'); ax.axvspan(160, 480, color='#00ff00')
    ax.axvspan(280, 360, color='#ff0000'); ax.plot([0, 640], [turn % 480] * 2)
fill(0)
"""
# Each frame whole: of one that is half built the colours tell nothing.
FILL = "with qtw.hold(fig): fill(turn)\ntime.sleep(0.005)"
LIMITS = "tuple(map(float, ax.get_xlim()))"


@pytest.fixture
def show(kernel: Kernel, shown: Any) -> Callable[[str], XWindow]:
    """Return a function that makes a figure; its window has the keyboard."""

    def make(code: str) -> XWindow:
        kernel.run(code)
        found: XWindow = shown("Figure 1")
        return found

    return make


@pytest.fixture
def window(show: Callable[[str], XWindow]) -> XWindow:
    """A window that shows the three colours."""
    return show(FULL)


@pytest.fixture
def turns(tmp_path: Path, eventually: Wait) -> Callable[[int], None]:
    """Return a function that waits for so many more turns of a busy loop.

    The loop's body begins with what `COUNT` makes of this fixture's folder.
    """
    file = counter(tmp_path)
    file.touch()

    def wait(count: int) -> None:
        before = file.stat().st_size
        eventually(lambda: file.stat().st_size >= before + count)

    return wait


def counter(folder: Path) -> Path:
    return folder / "turns"  # as many bytes as turns


def counting(folder: Path, body: str) -> str:
    """Return the body of a loop that counts its turns for `turns`."""
    return f"os.truncate({str(counter(folder))!r}, turn)\n{body}"


def canvas_place(window: XWindow, x: int, y: int) -> tuple[int, int]:
    """Return the screen position of (x, y) px of the canvas, from its lower left."""
    return window.left + x, window.top + window.height - STATUS_BAR - y


def drag(screen: Screen, window: XWindow, start: int, end: int) -> None:
    """Draw with the left button from one column to another, also downwards."""
    screen.xdotool("mousemove", *canvas_place(window, start, 300), "mousedown", 1)
    for step in range(1, 6):
        x, y = start + (end - start) * step // 5, 300 - 24 * step
        screen.xdotool("mousemove", *canvas_place(window, x, y))
    screen.xdotool("mouseup", 1)


def view(screen: Screen, window: XWindow) -> set[str]:
    """Return which of the three colours are seen, but for single pixels of a line."""
    top = window.height - STATUS_BAR - 480
    row = screen.grab(window)[top + 5 : top + 475 : 47, 5:-5].reshape(-1, 3)
    return {
        name for rgb, name in COLOURS.items() if (row == rgb).all(axis=1).sum() > 30
    }


class TestHistory:
    def test_back_and_forward_go_through_views_made_while_frames_come(
        self, kernel: Kernel, window: XWindow, screen: Screen, loop: Any, frames: Any,
        eventually: Wait,
    ) -> None:  # fmt: skip
        loop(FILL)
        frames(3)
        screen.xdotool("mousemove", *canvas_place(window, 200, 240), "key", "o")
        for columns, seen in (((200, 440), INSIDE), ((280, 340), MIDDLE)):
            drag(screen, window, *columns)
            eventually(lambda seen=seen: view(screen, window) == seen)
            frames(2)

        for name, seen in (
            ("back", INSIDE), ("back", EVERYTHING), ("forward", INSIDE),
            ("forward", MIDDLE), ("home", EVERYTHING), ("back", MIDDLE),
        ):  # fmt: skip
            place = eventually(lambda name=name: place_of(screen, window, name))
            screen.xdotool("mousemove", *place, "click", 1)
            eventually(lambda seen=seen: view(screen, window) == seen)
            frames(2)
            assert view(screen, window) == seen

        loop("")
        low, high = eventually(lambda: narrower(kernel.value(LIMITS), 100))
        assert 280 < low < high < 360


def narrower(limits: tuple[float, float], width: float) -> tuple[float, float] | None:
    return limits if limits[1] - limits[0] < width else None


class TestDrags:
    def held(
        self, screen: Screen, window: XWindow, button: int, turns: Any,
        way: tuple[tuple[int, int], ...],
    ) -> None:  # fmt: skip
        """Drag along these places while the program runs on, and let go."""
        screen.xdotool("mousemove", *canvas_place(window, *way[0]), "mousedown", button)
        try:
            turns(200)  # a new state comes, which would break the drag
            for place in way[1:]:
                turns(10)
                screen.xdotool("mousemove", *canvas_place(window, *place))
            turns(10)
        finally:
            screen.xdotool("mouseup", button)

    @pytest.mark.parametrize(
        ("key", "limits"),
        [
            pytest.param("o", (200, 440), id="zoom rectangle"),
            pytest.param("p", (-240, 400), id="pan"),
        ],
    )
    def test_a_tool_held_while_frames_come_does_what_it_would_do_alone(
        self, kernel: Kernel, window: XWindow, screen: Screen, loop: Any, frames: Any,
        turns: Any, tmp_path: Path, eventually: Wait, key: str,
        limits: tuple[int, int],
    ) -> None:  # fmt: skip
        loop(counting(tmp_path, FILL))
        frames(3)
        screen.xdotool("mousemove", *canvas_place(window, 200, 240), "key", key)

        self.held(screen, window, 1, turns, ((200, 300), (300, 250), (440, 200)))
        frames(3)
        loop("")

        eventually(lambda: kernel.value(LIMITS) == pytest.approx(limits, abs=3))

    @pytest.mark.parametrize(
        ("button", "changes"), [(1, "angles"), (3, "limits")], ids=["turn", "zoom"]
    )
    def test_a_3d_view_held_while_data_stream_in_follows_the_mouse_and_stays(
        self, kernel: Kernel, show: Any, screen: Screen, loop: Any, frames: Any,
        turns: Any, tmp_path: Path, eventually: Wait, button: int, changes: str,
    ) -> None:  # fmt: skip
        window = show(
            "import os\nfig = plt.figure(); ax = fig.add_subplot(projection='3d')\n"
            "(line,) = ax.plot([0, 1], [0, 1], [0, 1])\n"
            "def view(): return {\n"
            "    'angles': [float(ax.elev), float(ax.azim)],\n"
            "    'limits': [float(x) for x in (*ax.get_xlim(), *ax.get_zlim())]}"
        )
        before = kernel.value("view()")
        # What the same drag does where no frames come.
        alone = self.alone(kernel, window, screen, button, changes, before, eventually)
        loop(
            counting(
                tmp_path,
                "line.set_data_3d([0, 1], [0, turn % 7 / 7], [0, 1]); time.sleep(0.01)",
            )
        )
        frames(3)

        self.held(screen, window, button, turns, self.WAY)
        frames(3)
        loop("")

        # Qt may drop places between two of them, upon which both depend a little.
        same = pytest.approx(alone, abs={"angles": 5, "limits": 0.02}[changes])
        eventually(lambda: kernel.value("view()")[changes] == same)
        other = ({"angles", "limits"} - {changes}).pop()
        assert kernel.value("view()")[other] == before[other]

    WAY = ((300, 300), (315, 280), (330, 260), (350, 240))

    def alone(
        self, kernel: Kernel, window: XWindow, screen: Screen, button: int,
        changes: str, before: dict[str, list[float]], wait: Wait,
    ) -> list[float]:  # fmt: skip
        self.held(screen, window, button, lambda count: None, self.WAY)
        wait(lambda: kernel.value("view()")[changes] != before[changes])
        found: list[float] = kernel.value("view()")[changes]
        place = wait(lambda: place_of(screen, window, "home"))
        screen.xdotool("mousemove", *place, "click", 1)
        wait(lambda: kernel.value("view()") == before)
        return found

    def test_a_slider_follows_the_mouse_while_a_cell_flushes_events(
        self, kernel: Kernel, show: Any, screen: Screen, frames: Any
    ) -> None:
        window = show(
            "from matplotlib.widgets import Slider\n"
            "fig = plt.figure(); ax = fig.add_axes((0, 0.2, 1, 0.8))\n"
            "(line,) = ax.plot([0, 1])\n"
            "slider = Slider(fig.add_axes((0, 0, 1, 0.1)), '', 0, 640, valinit=100)\n"
            "seen = []\n"
            "_ = slider.on_changed(lambda value: seen.append(float(value)))"
        )
        # It ends by itself, while the button is still held.
        request = kernel.start(
            "turn = 0\n"
            "while abs(slider.val - 500) > 3:\n"
            "    turn += 1; line.set_ydata([0, turn % 7 / 7])\n"
            "    fig.canvas.flush_events(); time.sleep(0.01)"
        )
        frames(2)
        screen.xdotool("mousemove", *canvas_place(window, 200, 20), "mousedown", 1)
        try:
            for x in (300, 400, 500):
                frames(1)
                screen.xdotool("mousemove", *canvas_place(window, x, 20))
            kernel.wait(request)
        finally:
            screen.xdotool("mouseup", 1)

        values = kernel.value("seen")
        assert values == sorted(values)
        assert [round(value, -2) for value in values] == [200, 300, 400, 500]


def test_of_forty_quick_sizes_the_last_one_counts(
    kernel: Kernel, window: XWindow, screen: Screen, lab: Lab, loop: Any, frames: Any,
    eventually: Wait,
) -> None:  # fmt: skip
    host = lab.request("GET", "jlab-qtwindows/host")["pid"]
    kernel.run(
        "sizes = []\n"
        "_ = fig.canvas.mpl_connect('resize_event', "
        "lambda e: sizes.append((e.width, e.height)))"
    )
    loop(FILL)
    frames(3)
    shown = lab.request("GET", ROUTE)[0]["revision"]

    sizes = [(500 + 7 * i, 400 + 5 * (i % 9)) for i in range(39)] + [(700, 560)]
    around = window.height - 480
    screen.xdotool(
        *(
            word
            for width, height in sizes
            for word in ("windowsize", "--sync", window.id, width, height + around)
        )
    )
    eventually(lambda: size_of(lab) == (700, 560))
    frames(3)
    loop("")

    inches = "tuple(fig.get_size_inches().tolist())"
    eventually(lambda: kernel.value(inches) == (7.0, 5.6))
    told = kernel.value("sizes")
    assert told[-1] == (700, 560)
    assert len(told) < 10  # not one for each
    # Sizes make no states of their own: those shown are the program's.
    assert kernel.value("qtw.windows()[0].shown") <= kernel.value("turn") + shown
    assert size_of(lab) == (700, 560)
    assert lab.request("GET", "jlab-qtwindows/host")["pid"] == host


def size_of(lab: Lab) -> tuple[int, int]:
    model = lab.request("GET", ROUTE)[0]
    return model["width"], model["height"]


def test_of_two_quick_edits_of_a_busy_kernels_figure_the_newer_counts(
    kernel: Kernel, window: XWindow, screen: Screen, loop: Any, frames: Any,
    eventually: Wait,
) -> None:  # fmt: skip
    loop(FILL)
    frames(3)
    screen.xdotool("mousemove", *canvas_place(window, 200, 240), "key", "o")

    drag(screen, window, 200, 440)
    drag(screen, window, 280, 340)
    eventually(lambda: view(screen, window) == MIDDLE)
    screen.xdotool("mousemove", *canvas_place(window, 200, 240))
    screen.xdotool("key", "k", "key", "k", "key", "l", "key", "l", "key", "l")
    frames(3)
    assert view(screen, window) == MIDDLE
    loop("")
    low, high = eventually(lambda: narrower(kernel.value(LIMITS), 100))
    assert 280 < low < high < 360
    assert kernel.value("(ax.get_xscale(), ax.get_yscale())") == ("linear", "log")


def test_q_closes_a_window_while_a_cell_runs_and_the_next_cell_knows(
    kernel: Kernel, window: XWindow, screen: Screen, loop: Any, frames: Any,
    eventually: Wait,
) -> None:  # fmt: skip
    loop(FILL)
    frames(3)

    screen.xdotool("mousemove", *canvas_place(window, 200, 240), "key", "q")

    eventually(lambda: not screen.windows("Figure"))
    loop("")
    eventually(lambda: kernel.value("plt.get_fignums()") == [])
