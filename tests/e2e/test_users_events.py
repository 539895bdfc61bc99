"""Every event of Matplotlib comes from the window as one of a window in the kernel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from kernels import Kernel
from mouse import Mouse
from screen import Screen

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]

# Two Axes side by side, in both of which a place in the data is one of the canvas.
FIGURE = """
fig = plt.figure(1, figsize=(4, 3), dpi=100)
left, right = (fig.add_axes((x, 0, 0.5, 1)) for x in (0, 0.5))
left.set(xlim=(0, 200), ylim=(0, 300)); right.set(xlim=(200, 400), ylim=(0, 300))
line, = left.plot([20, 180], [250, 250], lw=9, picker=True)
names = {left: 'left', right: 'right', None: None, line: 'line'}
log = []
def note(event, kind):
    known = {'name': kind}
    for field in ('x', 'y', 'xdata', 'ydata', 'width', 'height', 'step'):
        value = getattr(event, field, None)
        if value is not None: known[field] = round(float(value))
    for field in ('key', 'dblclick'):
        if hasattr(event, field): known[field] = getattr(event, field)
    if hasattr(event, 'button'):
        button = event.button
        known['button'] = button if isinstance(button, str) else button and int(button)
    if hasattr(event, 'modifiers'): known['modifiers'] = sorted(event.modifiers)
    if hasattr(event, 'inaxes'): known['inaxes'] = names[event.inaxes]
    if hasattr(event, 'artist'): known['artist'] = names[event.artist]
    log.append(known)
"""
CONNECT = """
for kind in {}:
    _ = fig.canvas.mpl_connect(kind + '_event', lambda e, kind=kind: note(e, kind))
"""


@dataclass(frozen=True)
class Log:
    """What the program has heard, in order."""

    kernel: Kernel
    listen: Callable[[str], None]
    eventually: Wait

    def connect(self, *kinds: str) -> None:
        self.listen(CONNECT.format(kinds))

    def wait(self, count: int) -> list[dict[str, Any]]:
        """Return all events as soon as there are so many."""
        self.eventually(lambda: self.kernel.value("len(log)") >= count)
        return list(self.kernel.value("log"))


@pytest.fixture
def mouse(kernel: Kernel, shown: Any, screen: Screen) -> Mouse:
    """The mouse, beside a window that has the keyboard."""
    kernel.run(FIGURE)
    shown("Figure 1")
    screen.xdotool("mousemove", 0, 0)
    return Mouse(screen, "Figure 1")


@pytest.fixture
def log(kernel: Kernel, mouse: Mouse, listen: Any, eventually: Wait) -> Log:
    return Log(kernel, listen, eventually)


def test_what_was_released_is_not_held_where_nobody_listens_to_releases(
    mouse: Mouse, screen: Screen, log: Log
) -> None:
    log.connect("key_press", "button_press", "motion_notify")
    mouse.move(60, 90)
    log.wait(1)

    screen.xdotool("keydown", "a")
    *_, key = log.wait(2)
    screen.xdotool("keyup", "a")
    screen.xdotool("mousedown", 1)
    *_, click = log.wait(3)
    screen.xdotool("mouseup", 1)
    mouse.move(70, 90)
    *_, motion = log.wait(4)

    assert (key["name"], key["key"]) == ("key_press", "a")
    assert (click["name"], click["button"], click["key"]) == ("button_press", 1, None)
    assert (motion["name"], motion["button"], motion["key"]) == (
        "motion_notify",
        None,
        None,
    )


def test_a_button_comes_with_its_place_its_number_and_the_keys_held(
    mouse: Mouse, screen: Screen, log: Log
) -> None:
    log.connect("button_press", "button_release")

    for button in (1, 2, 3):
        mouse.click(50, 100, button)
    screen.xdotool("keydown", "ctrl", "click", 1, "keyup", "ctrl")
    events = log.wait(8)

    place = {"x": 50, "y": 100, "xdata": 50, "ydata": 100, "inaxes": "left"}
    assert [(e["name"], e["button"], e["modifiers"]) for e in events] == [
        (name, button, held)
        for button, held in [(1, []), (2, []), (3, []), (1, ["ctrl"])]
        for name in ("button_press", "button_release")
    ]
    assert all(place.items() <= event.items() for event in events)


def test_the_second_of_two_quick_clicks_is_a_double_click(
    mouse: Mouse, log: Log
) -> None:
    log.connect("button_press")

    mouse.click(50, 100, repeat=2)

    assert [event["dblclick"] for event in log.wait(2)] == [False, True]


def test_the_wheel_has_a_direction_and_steps(mouse: Mouse, log: Log) -> None:
    log.connect("scroll")

    mouse.click(250, 100, 4)
    mouse.click(250, 100, 5)

    assert [(e["button"], e["step"], e["inaxes"]) for e in log.wait(2)] == [
        ("up", 1, "right"),
        ("down", -1, "right"),
    ]


def test_the_mouse_enters_moves_and_leaves(
    mouse: Mouse, screen: Screen, log: Log
) -> None:
    log.connect("figure_enter", "figure_leave", "axes_enter", "axes_leave")

    mouse.move(50, 100)
    log.wait(2)
    mouse.move(250, 100)
    log.wait(4)
    screen.xdotool("mousemove", 0, 0)

    assert [(e["name"], e["inaxes"]) for e in log.wait(5)] == [
        ("figure_enter", "left"),
        ("axes_enter", "left"),
        ("axes_leave", "left"),
        ("axes_enter", "right"),
        ("figure_leave", None),
    ]


def test_the_last_of_quick_motions_always_comes(mouse: Mouse, log: Log) -> None:
    log.connect("motion_notify")

    for x in range(210, 310, 10):
        mouse.move(x, 100)

    log.eventually(lambda: log.wait(1)[-1]["xdata"] == 300)
    places = [event["x"] for event in log.wait(1)]
    assert places == sorted(places)


def test_keys_have_matplotlibs_names_and_the_place_of_the_mouse(
    mouse: Mouse, screen: Screen, log: Log
) -> None:
    log.connect("key_press", "key_release")
    mouse.move(250, 100)

    screen.xdotool("key", "a", "Left", "F5", "Return", "shift+B", "ctrl+x")
    events = log.wait(16)

    pressed = [e["key"] for e in events if e["name"] == "key_press"]
    assert pressed == [
        *("a", "left", "f5", "enter", "shift", "B", "control", "ctrl+x"),
    ]
    assert {(e["xdata"], e["ydata"], e["inaxes"]) for e in events} == {
        (250, 100, "right")
    }


def test_an_artist_is_picked(mouse: Mouse, log: Log) -> None:
    log.connect("pick")

    mouse.click(50, 100)
    mouse.click(100, 250)

    assert [event["artist"] for event in log.wait(1)] == ["line"]


def test_a_new_size_a_drawing_and_the_end_are_told(
    mouse: Mouse, kernel: Kernel, screen: Screen, log: Log
) -> None:
    log.connect("resize", "draw", "close")
    window = screen.window("Figure 1")
    assert window is not None

    screen.xdotool("windowsize", window.id, window.width + 100, window.height)
    log.eventually(
        lambda: {"name": "resize", "width": 500, "height": 300} in log.wait(1)
    )
    kernel.run("log.clear(); fig.canvas.draw()")
    assert {"name": "draw"} in log.wait(1)
    screen.close(window)

    log.eventually(lambda: log.wait(1)[-1] == {"name": "close"})
    assert not kernel.value("plt.fignum_exists(1)")
