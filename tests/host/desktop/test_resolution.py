"""Screens of other resolutions: sharp pictures, and sizes that stay."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from peer import LIMIT

from jlab_qtwindows.host import app
from jlab_qtwindows.protocol.messages import WindowResized


@pytest.fixture
def settled(window, show, make_figure, qtbot):
    """Return a window in which nothing is going to happen."""
    show(make_figure())
    settle(window, qtbot)
    return window


def settle(window, qtbot):
    size = window.presence._size
    timers = (size._settling, size._deciding, size._changing, size._keeping)
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in timers))


def size_of(window):
    return window.canvas.width(), window.canvas.height()


def go_to_screen(window, ratio):
    """Tell the window what Qt tells it when it comes onto another screen."""
    window.canvas.devicePixelRatioF = lambda: ratio
    handle = window.window.windowHandle()
    handle.screenChanged.emit(handle.screen())


class TestOtherScreen:
    @pytest.mark.parametrize("ratio", [2.0, 1.5])
    def test_the_picture_has_the_pixels_of_the_screen(
        self, settled, show, make_figure, pixels, ratio
    ):
        go_to_screen(settled, ratio)
        settled.canvas.draw()
        assert pixels(settled.canvas).shape[:2] == (300 * ratio, 400 * ratio)

        show(make_figure([5, 1, 4]))
        assert pixels(settled.canvas).shape[:2] == (300 * ratio, 400 * ratio)

    def test_a_new_state_looks_as_if_it_had_been_there_before(
        self, settled, show, make_figure, pixels
    ):
        show(make_figure([5, 1, 4]))
        go_to_screen(settled, 2.0)
        settled.canvas.draw()
        before = pixels(settled.canvas)

        show(make_figure([5, 1, 4]))

        assert (pixels(settled.canvas) == before).all()

    def test_and_back_again_it_is_as_it_was(self, settled, pixels):
        before = pixels(settled.canvas)
        go_to_screen(settled, 2.0)
        settled.canvas.draw()

        go_to_screen(settled, 1.0)
        settled.canvas.draw()

        assert (pixels(settled.canvas) == before).all()

    @pytest.mark.parametrize("first", ["the screen", "the size"])
    def test_the_size_stays_and_the_kernel_hears_nothing(
        self, settled, told, qtbot, first
    ):
        """Qt tells the new screen and the halved size, on X11 the size first."""
        halved = settled.window.size() / 2
        if first == "the size":
            settled.window.resize(halved)
        go_to_screen(settled, 2.0)
        settled.window.resize(halved)
        settle(settled, qtbot)

        assert size_of(settled) == (400, 300)
        assert [m for m in told if isinstance(m, WindowResized)] == []

    def test_a_size_that_the_program_has_just_given_stays(self, settled, qtbot):
        settled.presence.resize(320, 240)

        go_to_screen(settled, 2.0)
        settle(settled, qtbot)

        assert size_of(settled) == (320, 240)

    def test_a_late_word_of_another_size_does_not_last(self, settled, told, qtbot):
        """As of a window that the user moves on while it settles."""
        size, timers = settled.window.size(), settled.presence._size
        timers._settling.setInterval(int(LIMIT * 1000))  # until the word has come
        go_to_screen(settled, 2.0)
        qtbot.waitUntil(lambda: not timers._keeping.isActive())

        settled.window.resize(size * 2)
        qtbot.waitUntil(lambda: not timers._changing.isActive())
        assert size_of(settled) != (400, 300)
        timers._settling.setInterval(0)
        settle(settled, qtbot)

        assert size_of(settled) == (400, 300)
        assert [m for m in told if isinstance(m, WindowResized)] == []

    def test_a_maximized_window_is_left_to_the_window_manager(self, settled, qtbot):
        settled.window.showMaximized()
        qtbot.waitUntil(lambda: size_of(settled) != (400, 300))
        settle(settled, qtbot)
        before = size_of(settled)

        go_to_screen(settled, 2.0)
        assert not settled.presence._size._keeping.isActive()
        settle(settled, qtbot)

        assert size_of(settled) == before

    def test_nothing_happens_after_closing(self, settled):
        go_to_screen(settled, 2.0)

        settled.close()

        assert not settled.presence._size._keeping.isActive()

    def test_a_window_shown_again_follows_its_screens_once(self, settled):
        before = settled.presence._size._handle
        settled.presence.control("hide", [])
        settled.presence.raise_(keyboard=True)

        assert settled.presence._size._handle is before


class TestExactSize:
    @pytest.mark.parametrize("size", [(640, 480), (433, 217), (90, 60), (333, 50)])
    def test_a_canvas_has_the_size_asked_for_from_the_first_picture(
        self, open_window, update_of, make_figure, size, qtbot, told
    ):
        window = open_window(width=size[0], height=size[1])
        window.content.show(update_of(make_figure()))
        settle(window, qtbot)

        assert size_of(window) == size
        assert [m for m in told if isinstance(m, WindowResized)] == []

    def test_the_status_bar_takes_nothing_of_the_canvas_later(self, settled, qtbot):
        settled.status.show_state("x" * 200)
        settled.status.show_coordinates("y" * 200)
        settled.buttons.show_waiting(1000)
        settled.window.centralWidget().updateGeometry()
        settle(settled, qtbot)

        assert size_of(settled) == (400, 300)
        assert settled.window.minimumSizeHint().width() < 200

    def test_a_window_as_large_as_the_screen_has_room_for_its_bars(self, open_window):
        window = open_window(width=30_000, height=30_000)

        screen = window.window.screen().availableGeometry()
        assert window.window.size().boundedTo(screen.size()) == window.window.size()
        assert window.window.height() - window.canvas.height() == sum(
            bar.sizeHint().height()
            for bar in (window.manager.toolbar, window.window.statusBar())
        )


SCALED = """
import matplotlib as mpl
mpl.use("agg")
from jlab_qtwindows.host.app import _application
application = _application()
from jlab_qtwindows.host.window.window import HostWindow
from jlab_qtwindows.host.wire.inbox import Update
from jlab_qtwindows.host.wire.peers import Peer
from jlab_qtwindows.host.figure.mirror import load_mirror
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot
from jlab_qtwindows.protocol.messages import OpenFigure, UpdateFigure
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
told = []
window = HostWindow(
    Peer(b"p", "kernel", "k", "", 1), OpenFigure("w", 1, "Figure 1", 200, 150, 0.0),
    on_changed=lambda w: None, on_closed=lambda w: None,
    send=lambda identity, m: told.append(m.type),
)
figure = Figure(figsize=(2, 1.5), dpi=100)
FigureCanvasAgg(figure)
figure.add_subplot().plot([1, 2])
parts = take_snapshot(figure, Rung.MIRROR).parts
message = UpdateFigure("w", 1, "mirror", "mirror")
window.content.present(Update(message, load_mirror(parts)))
application.processEvents()
size = window.manager.toolbar.iconSize()
icon = window.buttons.hold.icon().pixmap(window.window.windowHandle(), size)
print(
    window.canvas.width(), window.canvas.height(),
    *window.canvas.renderer.buffer_rgba().shape[:2],
    icon.width() // size.width(), *(t for t in told if t != "WindowPlaced"),
)
"""


def test_with_a_scale_of_two_figures_and_icons_have_twice_the_pixels():
    environ = {**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"}
    result = subprocess.run(
        [sys.executable, "-c", SCALED],
        env={**environ, "QT_API": "pyqt5"},
        capture_output=True,
        text=True,
        timeout=LIMIT * 2,
    )

    assert result.stdout.split() == (
        ["200", "150", "300", "400", "2", "UpdateTaken", "FigureShown"]
    ), result.stderr


@pytest.mark.parametrize(
    ("platform", "has_fractions"),
    [("xcb", False), ("wayland", True), ("offscreen", False), ("", False)],
)
def test_no_window_is_scaled_by_a_fraction_that_nobody_asked_for(
    monkeypatch, platform, has_fractions
):
    monkeypatch.setattr(app.sys, "platform", "linux")
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)

    assert app._has_fractions() is has_fractions
