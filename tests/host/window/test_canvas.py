"""The canvas shows the newest state and never loses its picture."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pytest
from gallery import agg_pixels
from matplotlib.lines import Line2D
from PyQt5.QtCore import QPoint, Qt

from jlab_qtwindows.host.window.pictures import export


class Broken(Line2D):
    """A line of the user's own class, whose drawing fails."""

    def draw(self, renderer):
        raise ValueError("my own mistake")


@pytest.fixture
def show(canvas, mirror_of):
    """Return a function that shows a figure's state at once."""

    def put(figure):
        canvas.show_state(mirror_of(figure))
        canvas.draw()

    return put


@pytest.fixture
def show_in_window(window, update_of, qtbot):
    """Return a function that shows a state in a window, and waits for its painting."""

    def put(figure):
        window.content.show(update_of(figure))
        qtbot.waitExposed(window.window)

    return put


@pytest.fixture
def broken_figure(make_figure):
    figure = make_figure()
    figure.axes[0].add_artist(Broken([0, 1], [0, 1]))
    return figure


def test_the_picture_is_the_kernels(canvas, show, make_figure, pixels):
    figure = make_figure([3, 1, 2])

    show(figure)

    np.testing.assert_array_equal(pixels(canvas), agg_pixels(figure))


def test_a_new_state_keeps_the_size_of_the_canvas(canvas, show, make_figure, pixels):
    show(make_figure(figsize=(10, 10), dpi=50))

    assert (canvas.width(), canvas.height()) == (400, 300)
    assert pixels(canvas).shape == (300, 400, 4)
    assert canvas.figure.dpi == 50


def test_the_kernels_settings_are_in_force_while_drawing(canvas, show, make_figure):
    figure = make_figure()
    mpl.rcParams["hatch.linewidth"] = 7.5
    mirror = show
    seen = []
    canvas.mpl_connect(
        "draw_event", lambda event: seen.append(mpl.rcParams["hatch.linewidth"])
    )

    mirror(figure)

    assert mpl.rcParams["hatch.linewidth"] == 7.5
    assert canvas.style_in_use.rc["hatch.linewidth"] == 7.5


@pytest.mark.parametrize(("changes", "drawn"), [(0, 1), (1, 2), (100, 2)])
def test_what_was_drawn_while_settings_changed_is_drawn_again_but_not_for_ever(
    canvas, show, make_figure, qtbot, changes, drawn
):
    show(make_figure())
    seen = []

    def change(event):
        seen.append(event)
        if len(seen) <= changes:
            mpl.rcParams["hatch.linewidth"] = 5.0 + len(seen)

    canvas.mpl_connect("draw_event", change)
    canvas.draw()
    qtbot.waitUntil(lambda: not canvas._draw_pending)

    assert len(seen) == drawn


def test_a_state_with_other_settings_that_fails_keeps_the_last_good_picture(
    canvas, show, make_figure, pixels
):
    show(make_figure())
    before = pixels(canvas)
    mpl.rcParams["hatch.linewidth"] = 7.5
    broken = make_figure()
    broken.axes[0].add_artist(Broken([0, 1], [0, 1]))

    show(broken)

    assert canvas.draw_error
    np.testing.assert_array_equal(pixels(canvas), before)


def test_callbacks_outlive_the_states(canvas, show, make_figure):
    events = []
    canvas.keep_connected("draw_event", events.append)

    show(make_figure())
    show(make_figure())

    assert len(events) == 2
    assert events[1].canvas is canvas


def test_a_pan_takes_the_place_of_one_callback_and_no_other(
    window, update_of, make_figure, qtbot
):
    # Each snapshot takes a number of the kernel's figure, so that numbers of callbacks
    # mean others in the next state.
    figure = make_figure()
    canvas = window.canvas
    for turn in range(12):
        window.content.show(update_of(figure, turn + 1))
        before = callbacks_of(canvas)
        canvas.toolbar.pan()
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))

        assert before - callbacks_of(canvas) == {("motion_notify_event", "mouse_move")}
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
        canvas.toolbar.pan()


def callbacks_of(canvas):
    return {
        (signal, getattr(reference(), "__qualname__", "").rpartition(".")[2])
        for signal, connected in canvas.callbacks.callbacks.items()
        for reference in connected.values()
    }


@pytest.mark.parametrize("format_", ["svg", "pdf", "png"])
def test_a_window_is_drawn_again_after_its_figure_was_saved(
    window, show_in_window, make_figure, qtbot, format_
):
    canvas = window.canvas
    show_in_window(make_figure())
    export(canvas, format_, None)
    drawn = []
    canvas.keep_connected("draw_event", drawn.append)

    canvas.draw_idle()

    qtbot.waitUntil(lambda: bool(drawn))


class TestFailure:
    def test_the_last_good_picture_stays(
        self, canvas, show, make_figure, broken_figure, pixels
    ):
        show(make_figure())
        good = pixels(canvas)
        errors = []
        canvas.draw_failed.connect(errors.append)

        show(broken_figure)

        np.testing.assert_array_equal(pixels(canvas), good)
        assert errors == ["ValueError: my own mistake"]
        assert canvas.draw_error == "ValueError: my own mistake"

    def test_the_next_good_state_is_shown(
        self, canvas, show, make_figure, broken_figure, pixels
    ):
        show(broken_figure)
        figure = make_figure([3, 1, 2])

        show(figure)

        assert canvas.draw_error == ""
        np.testing.assert_array_equal(pixels(canvas), agg_pixels(figure))

    def test_a_first_state_that_fails_is_reported(self, canvas, show, broken_figure):
        show(broken_figure)

        assert canvas.draw_error == "ValueError: my own mistake"

    def test_a_failure_after_a_change_of_size_is_reported(
        self, canvas, show, make_figure, broken_figure, qtbot
    ):
        show(make_figure())
        canvas.resize(300, 200)

        show(broken_figure)
        canvas.repaint()

        assert canvas.draw_error == "ValueError: my own mistake"

    def test_an_error_text_is_short_and_printable(self, canvas, show, make_figure):
        figure = make_figure()
        figure.axes[0].add_artist(Hostile([0, 1], [0, 1]))

        show(figure)

        assert len(canvas.draw_error) <= 256
        assert canvas.draw_error.isprintable()


class Hostile(Line2D):
    def draw(self, renderer):
        raise ValueError("\x1b[31m\n" * 1000)


class TestVisibility:
    def test_a_hidden_window_is_drawn_when_it_is_seen(
        self, canvas, mirror_of, make_figure, qtbot
    ):
        canvas.hide()
        drawn = []
        canvas.keep_connected("draw_event", drawn.append)
        canvas.show_state(mirror_of(make_figure()))

        canvas.draw_when_visible()
        assert drawn == []

        canvas.show()
        qtbot.waitUntil(lambda: len(drawn) == 1)

    def test_a_visible_window_is_drawn_at_once(self, canvas, mirror_of, make_figure):
        canvas.show_state(mirror_of(make_figure()))
        drawn = []
        canvas.keep_connected("draw_event", drawn.append)

        canvas.draw_when_visible()

        assert len(drawn) == 1


class TestDrag:
    def test_a_button_held_down_is_a_drag(self, canvas, show, make_figure, qtbot):
        show(make_figure())
        assert not canvas.is_dragging()

        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
        assert canvas.is_dragging()

        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(220, 150))
        assert not canvas.is_dragging()


def test_a_method_that_one_figure_puts_on_the_canvas_is_not_the_next_ones(
    canvas, make_figure, mirror_of, pixels
):
    first, second = mirror_of(make_figure()), mirror_of(make_figure((3, 1)))

    def set_canvas(shown_on):
        shown_on.draw = lambda: None
        type(first.figure).set_canvas(first.figure, shown_on)

    first.figure.set_canvas = set_canvas
    canvas.show_state(first)
    canvas.draw()
    canvas.show_state(second)
    canvas.draw()

    assert len(np.unique(pixels(canvas))) > 5
