"""The dialogs of Matplotlib's toolbar, worked by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.image as mpl_image
import numpy as np
import pytest
from kernels import Kernel, open_notebook
from lab import Lab
from matplotlib import colormaps
from matplotlib.markers import MarkerStyle
from PIL import Image
from screen import STATUS_BAR, Otherwise, Screen, XWindow
from toolbarbuttons import place_of

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]
ROUTE = "jlab-qtwindows/windows"
RED = (255, 0, 0)


@pytest.fixture
def show(kernel: Kernel, shown: Any) -> Callable[[str], XWindow]:
    """Return a function that makes a figure of 640 x 480 px, and gives its window."""

    def make(code: str) -> XWindow:
        kernel.run(code)
        found: XWindow = shown("Figure 1")
        return found

    return make


@pytest.fixture
def open_dialog(
    screen: Screen, eventually: Wait
) -> Callable[[XWindow, str], Callable[..., None]]:
    """Return a function that clicks a button, and gives one to press keys.

    The keys go to the dialog that has opened.
    """

    def click(window: XWindow, name: str) -> Callable[..., None]:
        place = eventually(lambda: place_of(screen, window, name))
        before = {found.id for found in screen.windows()}
        screen.xdotool("mousemove", *place, "click", 1)
        eventually(lambda: screen.active_id() not in (0, *before))
        return lambda *keys: fill_in(screen, keys)

    return click


def fill_in(screen: Screen, steps: tuple[str, ...]) -> None:
    """Press these keys; what stands in quotation marks replaces a field's text."""
    for step in steps:
        if step.startswith('"'):
            screen.xdotool("key", "ctrl+a")
            screen.xdotool("type", "--", step.strip('"'))
        else:
            screen.xdotool("key", *step.split())


class TestSubplots:
    FIGURE = "fig, axes = plt.subplots(2, 1)"
    # The same ticks in every turn, so that tight layout has one answer.
    FILL = (
        "for ax in axes:\n"
        "    ax.clear(); ax.set(facecolor=(1, 0, 0), xlabel='x')\n"
        "    ax.plot([0, 1], [turn % 2, 1 - turn % 2])\n"
        "time.sleep(0.01)"
    )

    def gap(self, screen: Screen, window: XWindow) -> int:
        """Return how many px lie between the two Axes, beside the dialog."""
        canvas = screen.grab(window)[:-STATUS_BAR]
        red = np.flatnonzero((canvas[:, 100] == RED).all(axis=1))
        return int(np.diff(red).max()) if len(red) > 1 else 0

    def test_hspace_stays_on_every_further_frame_and_the_next_cell_knows_it(
        self, kernel: Kernel, show: Any, open_dialog: Any, screen: Screen, loop: Any,
        frames: Any, eventually: Wait,
    ) -> None:  # fmt: skip
        window = show(self.FIGURE)
        loop(self.FILL)
        frames(2)
        keys = open_dialog(window, "subplots")
        eventually(lambda: 25 < self.gap(screen, window) < 45)  # hspace is 0.2

        # The keyboard is at Close, below Reset, Tight layout and wspace.
        keys("shift+Tab " * 4, '"0.8"', "Tab")

        eventually(lambda: self.gap(screen, window) > 95)
        for _ in range(2):
            frames(1)
            assert self.gap(screen, window) > 95
        loop("")
        eventually(lambda: kernel.value("float(fig.subplotpars.hspace)") == 0.8)

    def test_tight_layout_is_that_of_the_kernel(
        self, kernel: Kernel, show: Any, open_dialog: Any, loop: Any, frames: Any,
        eventually: Wait,
    ) -> None:  # fmt: skip
        window = show(self.FIGURE)
        loop(self.FILL)
        frames(2)
        keys = open_dialog(window, "subplots")

        keys("shift+Tab " * 2, "space")
        frames(3)
        loop("")

        kernel.run(
            "from matplotlib.figure import Figure\n"
            "other = Figure(); axes = other.subplots(2, 1); turn = 1\n"
            + self.FILL
            + "\nother.tight_layout()\n"
            "def parameters(f): return [round(float(getattr(f.subplotpars, n)), 2)\n"
            "                           for n in ('bottom', 'top', 'hspace')]"
        )
        assert kernel.value("parameters(other)[2]") != 0.2
        eventually(lambda: kernel.value("parameters(fig) == parameters(other)"))


class TestOptions:
    PLOT = "ax.clear(); ax.plot([1, 2 + turn % 3], label='curve'); time.sleep(0.01)"

    def test_what_is_chosen_for_the_axes_stays_in_a_loop_of_clear_and_plot(
        self, kernel: Kernel, show: Any, open_dialog: Any, screen: Screen, loop: Any,
        frames: Any, eventually: Wait,
    ) -> None:  # fmt: skip
        window = show("fig, ax = plt.subplots()")
        loop(self.PLOT)
        frames(2)
        assert not has_title(screen, window)
        keys = open_dialog(window, "options")

        # The keyboard is at the tabs; the fields follow from top to bottom.
        keys("Tab", '"My title"')
        keys("Tab", '"0.5"', "Tab", '"20"', "Tab", '"time / s"', "Tab", "Down")
        keys("Tab", '"1"', "Tab", '"3"', "Tab", '"volts"', "Return")

        eventually(lambda: has_title(screen, window))
        for _ in range(2):
            frames(1)
            assert has_title(screen, window)
        loop("")
        known = (
            "(ax.get_title(), ax.get_xlabel(), ax.get_ylabel(), ax.get_xscale(), "
            "ax.get_yscale(), *map(float, ax.get_xlim() + ax.get_ylim()))"
        )
        chosen = "My title", "time / s", "volts", "log", "linear", 0.5, 20, 1, 3
        eventually(lambda: kernel.value(known) == chosen)

    def test_what_is_applied_to_a_curve_is_known_to_the_next_cell(
        self, kernel: Kernel, show: Any, open_dialog: Any, screen: Screen, loop: Any,
        frames: Any, eventually: Wait,
    ) -> None:  # fmt: skip
        window = show("fig, ax = plt.subplots(); (line,) = ax.plot([1, 2])")
        loop("line.set_ydata([1, 1 + turn % 7 / 7]); time.sleep(0.01)")
        frames(3)
        keys = open_dialog(window, "options")

        keys("Right", "Tab", "Tab", '"mine"', "Tab", "Home", "Tab Tab", '"7.5"')
        keys("Tab", '"#ff0000ff"', "Tab Tab", "Home", "Tab", '"11"')
        keys("Tab", '"#00ff00ff"', "Tab Tab", '"#0000ffff"')
        keys("Tab " * 4, "space")  # behind OK and Cancel there is Apply

        eventually(lambda: (screen.grab(window) == RED).all(axis=2).any())
        loop("")
        names = {name: marker for marker, name in MarkerStyle.markers.items()}
        chosen = {
            "label": "mine",
            "linestyle": "-.",  # "DashDot" is the first of the list, in its order
            "linewidth": 7.5,
            "color": "#ff0000ff",
            "marker": names[min(names)],
            "markersize": 11.0,
            "markerfacecolor": "#00ff00ff",
            "markeredgecolor": "#0000ffff",
        }
        known = f"{{name: getattr(line, 'get_' + name)() for name in {list(chosen)}}}"
        eventually(lambda: same_style(kernel.value(known), chosen))

    def test_what_is_chosen_for_an_image_is_known_to_the_next_cell(
        self, kernel: Kernel, show: Any, open_dialog: Any, screen: Screen, loop: Any,
        frames: Any, eventually: Wait,
    ) -> None:  # fmt: skip
        window = show("fig, ax = plt.subplots(); data = np.arange(16.).reshape(4, 4)")
        loop("ax.clear(); image = ax.imshow(data + turn % 3); time.sleep(0.01)")
        frames(3)
        keys = open_dialog(window, "options")

        keys("Right", "Tab", "Tab", '"mine"', "Tab", "End")
        keys("Tab", '"-5"', "Tab", '"25"', "Tab", "End", "Return")
        frames(3)
        loop("")

        known = (
            "(image.get_label(), image.get_cmap().name, "
            "tuple(map(float, image.get_clim())), image.get_interpolation())"
        )
        chosen = (
            "mine", max(colormaps), (-5, 25), max(mpl_image.interpolations_names),
        )  # fmt: skip
        eventually(lambda: kernel.value(known) == chosen)

    def test_the_axes_may_be_chosen_while_frames_come(
        self, kernel: Kernel, show: Any, open_dialog: Any, screen: Screen, loop: Any,
        frames: Any, eventually: Wait,
    ) -> None:  # fmt: skip
        window = show("fig, axes = plt.subplots(1, 2); axes[1].set_label('right')")
        loop("axes[0].clear(); axes[0].plot([1, 2 + turn % 3]); time.sleep(0.01)")
        frames(3)
        keys = open_dialog(window, "options")
        eventually(lambda: screen.active() == "Customize — Figure 1")
        frames(3)
        keys("Down", "Return")
        eventually(lambda: screen.active() == "Figure options — Figure 1")
        frames(3)

        keys("Tab", '"My title"', "Return")
        frames(3)
        loop("")

        eventually(lambda: kernel.value("axes[1].get_title()") == "My title")


def has_title(screen: Screen, window: XWindow) -> bool:
    """Return whether something is written above the one Axes of a figure."""
    top = window.height - STATUS_BAR - 480
    return bool((screen.grab(window)[top + 20 : top + 55] < 100).any())


def same_style(known: dict[str, Any], chosen: dict[str, Any]) -> bool:
    from matplotlib.colors import to_hex

    return {
        name: to_hex(value, keep_alpha=True) if "color" in name else value
        for name, value in known.items()
    } == chosen


class TestSave:
    FIGURE = "fig = plt.figure(facecolor=(1, 0, 0)); fig.add_axes((0.2, 0.2, 0.6, 0.6))"

    def test_s_saves_the_figure_while_a_cell_runs(
        self, kernel: Kernel, show: Any, screen: Screen, loop: Any, frames: Any,
        tmp_path: Path, eventually: Wait,
    ) -> None:  # fmt: skip
        window = show(self.FIGURE)
        loop("fig.axes[0].set_xlim(0, 1 + turn % 7); time.sleep(0.01)")
        frames(3)
        screen.xdotool("mousemove", window.left + 320, window.top + 300)

        screen.xdotool("key", "s")
        eventually(lambda: screen.active() not in ("", window.title))
        file = tmp_path / "saved.png"
        fill_in(screen, (f'"{file}"', "Return"))

        eventually(lambda: is_saved(file, screen))
        with Image.open(file) as image:
            assert image.size == (640, 480)
            assert image.convert("RGB").getpixel((5, 5)) == RED
        frames(3)  # the cell still runs, and is followed

    def test_a_figure_whose_kernel_was_killed_is_saved_in_all_formats(
        self, lab: Lab, screen: Screen, shown: Any, open_dialog: Any, tmp_path: Path,
        eventually: Wait,
    ) -> None:  # fmt: skip
        with open_notebook(lab, "killed.ipynb") as kernel:
            kernel.run("%matplotlib qtwindows\nimport matplotlib.pyplot as plt")
            kernel.run(self.FIGURE)
            window = shown("Figure 1")
            kernel.start("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
            eventually(
                lambda: [w["state"] for w in lab.request("GET", ROUTE)] == ["detached"]
            )

            for name in ("saved.png", "saved.pdf", "saved.svg"):
                keys = open_dialog(window, "save")
                keys(f'"{tmp_path / name}"', "Return")
                eventually(lambda file=tmp_path / name: is_saved(file, screen))
                eventually(lambda: len(screen.windows()) == 1)

        with Image.open(tmp_path / "saved.png") as image:
            saved = np.asarray(image.convert("RGB"))
        canvas = slice(-STATUS_BAR - 480, -STATUS_BAR)
        eventually(lambda: np.array_equal(screen.grab(window)[canvas], saved))


def is_saved(file: Path, screen: Screen) -> bool | Otherwise:
    """Return whether a whole picture has been written."""
    begins, ends = {
        ".png": (b"\x89PNG", b"IEND\xaeB`\x82"),
        ".pdf": (b"%PDF", b"%%EOF\n"),
        ".svg": (b"<?xml", b"</svg>\n"),
    }[file.suffix]
    content = file.read_bytes() if file.exists() else b""
    if content.startswith(begins) and content.endswith(ends):
        return True
    beside = [other.name for other in file.parent.iterdir()]
    return Otherwise(f"{screen.active()!r} is in front, the folder has {beside}")
