"""What a program asks of its window is so on the desktop, by the X server's word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kernels import Kernel
from lab import Lab
from screen import Screen, XWindow
from toolbarbuttons import place_of
from Xlib import X, display

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]

SETUP = """
fig, ax = plt.subplots(); w = fig.canvas.manager.window; tb = fig.canvas.manager.toolbar
"""


@pytest.fixture
def window(kernel: Kernel, shown: Callable[[str], XWindow]) -> XWindow:
    kernel.run(SETUP)
    return shown("Figure 1")


def atoms(screen: Screen, title: str, name: str) -> list[str]:
    """Return what a property of a window says, as names or numbers."""
    connection = display.Display(screen.name)
    try:
        found = screen.window(title)
        if found is None:  # new flags: it goes, and comes again
            return []
        resource = connection.create_resource_object("window", found.id)
        value = resource.get_full_property(
            connection.intern_atom(name), X.AnyPropertyType
        )
        if value is None:
            return []
        if name.startswith("_NET_WM_STATE"):
            return [connection.get_atom_name(atom) for atom in value.value]
        return list(value.value)
    finally:
        connection.close()


def test_places_and_sizes_are_those_of_the_x_server(
    kernel: Kernel, window: XWindow, screen: Screen, eventually: Wait
) -> None:
    def agrees() -> bool:
        now = screen.window("Figure 1")
        told = kernel.value("w.geometry().getRect()")
        return now is not None and told == (now.left, now.top, now.width, now.height)

    eventually(agrees)
    eventually(lambda: kernel.value("w.isActiveWindow()"))

    # The user moves it.
    screen.xdotool("windowmove", window.id, 300, 200)
    eventually(lambda: abs(screen.window("Figure 1").left - 300) < 20)
    eventually(agrees)
    place = screen.window("Figure 1")
    left, right, top, bottom = atoms(screen, "Figure 1", "_NET_FRAME_EXTENTS")
    frame = place.left - left, place.top - top
    whole = place.width + left + right, place.height + top + bottom
    eventually(lambda: kernel.value("tuple(w.frameGeometry())") == (*frame, *whole))
    eventually(lambda: kernel.value("tuple(w.pos())") == frame)

    # The usual way to put a window elsewhere without changing its size.
    kernel.run("x, y, dx, dy = w.geometry().getRect(); w.setGeometry(150, 90, dx, dy)")
    eventually(lambda: screen.window("Figure 1").left == 150)
    eventually(agrees)
    now = screen.window("Figure 1")
    assert (now.left, now.top) == (150, 90)
    assert (now.width, now.height) == (window.width, window.height)

    kernel.run("w.move(40, 60)")
    eventually(lambda: kernel.value("tuple(w.pos())") == (40, 60))
    eventually(agrees)
    sides = atoms(screen, "Figure 1", "_NET_FRAME_EXTENTS")
    assert screen.window("Figure 1").left == 40 + sides[0]
    assert screen.window("Figure 1").top == 60 + sides[2]


def test_a_window_stays_on_top_and_comes_down_again(
    kernel: Kernel, window: XWindow, screen: Screen, eventually: Wait
) -> None:
    before = screen.window("Figure 1")
    kernel.run("ON_TOP = 0x40000; w.setWindowFlags(w.windowFlags() | ON_TOP); w.show()")
    eventually(
        lambda: "_NET_WM_STATE_ABOVE" in atoms(screen, "Figure 1", "_NET_WM_STATE")
    )
    kernel.run("plt.figure(2)")
    eventually(lambda: screen.window("Figure 2"))
    assert screen.windows("Figure")[-1].title.startswith("Figure 1")

    def stands() -> bool:
        now = screen.window("Figure 1")
        return (now.left, now.top, now.width, now.height) == (
            before.left,
            before.top,
            before.width,
            before.height,
        )

    eventually(stands)
    kernel.run("w.setWindowFlag(ON_TOP, False); qtw.raise_window(2)")
    eventually(lambda: screen.window("Figure 1"))
    eventually(
        lambda: (
            screen.window("Figure 1") is not None
            and "_NET_WM_STATE_ABOVE" not in atoms(screen, "Figure 1", "_NET_WM_STATE")
        )
    )
    assert kernel.value("w.windowFlags() & ON_TOP") == 0


def test_maximized_and_normal_are_as_the_user_made_it(
    kernel: Kernel, window: XWindow, screen: Screen, eventually: Wait
) -> None:
    kernel.run("w.showMaximized()")
    eventually(lambda: screen.window("Figure 1").width == 1600)
    eventually(lambda: kernel.value("w.isMaximized()"))

    screen.xdotool("windowactivate", "--sync", window.id)
    kernel.run("w.showNormal()")
    eventually(lambda: screen.window("Figure 1").width == window.width)
    eventually(lambda: not kernel.value("w.isMaximized()"))
    screen.xdotool("windowminimize", "--sync", window.id)
    eventually(lambda: kernel.value("w.isMinimized()"))


def test_the_icon_is_the_programs(
    kernel: Kernel, window: XWindow, screen: Screen, eventually: Wait
) -> None:
    kernel.run("icon = np.zeros((16, 16, 3), np.uint8); icon[:] = 255, 128, 0")
    kernel.run("w.setWindowIcon(icon)")

    def colours() -> set[int]:
        found = atoms(screen, "Figure 1", "_NET_WM_ICON")
        return {int(n) & 0xFFFFFFFF for n in found[2:]}

    eventually(lambda: 0xFFFF8000 in colours())


def test_an_own_button_calls_back_while_the_kernel_is_idle(
    kernel: Kernel, window: XWindow, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    kernel.run(
        "import threading\n"
        "heard = []\n"
        "icon = np.zeros((32, 32, 3), np.uint8); icon[:] = 255, 0, 255\n"
        "b = tb.addAction(icon, 'Mark', lambda: heard.append(\n"
        "    threading.current_thread() is threading.main_thread()))\n"
        "tb.insertAction(tb.actions()[0], b)"
    )

    def place() -> tuple[int, int] | None:
        found = screen.window("Figure 1")
        pixels = screen.grab(found)
        ys, xs = (pixels == (255, 0, 255)).all(axis=-1).nonzero()
        if len(xs) < 20:
            return None
        return found.left + int(xs.mean()), found.top + int(ys.mean())

    at = eventually(place)
    screen.xdotool("mousemove", *at, "click", 1)
    eventually(lambda: kernel.value("heard") == [True])

    kernel.run("tb.removeAction(b)")
    eventually(lambda: place() is None)


def test_the_toolbar_is_hidden_and_the_canvas_gets_its_room(
    kernel: Kernel, window: XWindow, screen: Screen, eventually: Wait
) -> None:
    eventually(lambda: place_of(screen, window, "freeze"))
    kernel.run("tb.hide()")

    inches = "float(fig.get_size_inches()[1])"
    eventually(lambda: kernel.value(inches) > 4.9)
    assert screen.window("Figure 1").height == window.height

    kernel.run("tb.setVisible(True)")
    eventually(lambda: kernel.value(inches) == 4.8)


@pytest.mark.parametrize("setting", ["None", "toolmanager"])
def test_other_toolbars_make_windows_too(
    setting: str, kernel: Kernel, screen: Screen, eventually: Wait
) -> None:
    kernel.run(
        "import warnings; warnings.simplefilter('ignore')\n"
        f"plt.rcParams['toolbar'] = {setting!r}\n"
        "fig, ax = plt.subplots()\n"
        "plt.rcParams['toolbar'] = 'toolbar2'"
    )
    eventually(lambda: screen.window("Figure 1"))
    eventually(lambda: kernel.value("fig.canvas.manager.window.isVisible()"))


def test_the_second_name_is_the_same_backend(
    kernel: Kernel, screen: Screen, eventually: Wait
) -> None:
    kernel.run("%matplotlib livewindows")
    assert kernel.value("plt.matplotlib.get_backend()") == "livewindows"

    kernel.run("fig, ax = plt.subplots(); ax.plot([1, 2])")

    eventually(lambda: screen.window("Figure 1"))
    eventually(lambda: kernel.value("[w.shown > 0 for w in qtw.windows()]") == [True])
