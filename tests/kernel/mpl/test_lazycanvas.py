"""The canvas draws here only when its picture is read, and then the present state."""

from __future__ import annotations

import io

import numpy as np
import pytest
from aggpixels import agg_pixels
from matplotlib.figure import Figure


def test_drawing_renders_nothing_here(figure, canvas):
    drawn = []
    figure.axes[0].lines[0].draw = lambda renderer: drawn.append(1)

    canvas.draw()
    canvas.draw_idle()

    assert drawn == []


def test_pixels_are_current_whenever_they_are_asked_for(figure, canvas):
    first = np.array(canvas.buffer_rgba())
    np.testing.assert_array_equal(first, agg_pixels(figure))

    figure.axes[0].lines[0].set_color("red")
    second = np.array(canvas.buffer_rgba())

    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(second, agg_pixels(figure))


def test_pixels_are_rendered_once_for_one_state(figure, canvas):
    canvas.buffer_rgba()
    drawn = []
    figure.axes[0].lines[0].draw = lambda renderer: drawn.append(1)

    canvas.buffer_rgba()

    assert drawn == []


def test_rendering_here_is_no_change(pyplot, figure, canvas):
    pyplot.ion()
    figure.axes[0].lines[0].set_color("red")
    canvas.followed.changes.dirty = False
    before = canvas.followed.changes.newest

    canvas.buffer_rgba()

    assert canvas.followed.changes.newest == before
    assert not canvas.followed.changes.dirty


def test_text_extents_are_known(figure, canvas):
    text = figure.text(0.5, 0.5, "some text")

    extent = text.get_window_extent()

    assert extent.width > extent.height > 0


def test_a_region_can_be_copied_and_restored(figure, canvas):
    canvas.draw()
    before = np.array(canvas.buffer_rgba())

    background = canvas.copy_from_bbox(figure.bbox)
    canvas.restore_region(background)
    canvas.blit(figure.bbox)

    np.testing.assert_array_equal(canvas.buffer_rgba(), before)


def test_saving_writes_the_figure(figure):
    file = io.BytesIO()

    figure.savefig(file, format="png")

    assert file.getvalue().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "options", [{"dpi": 30}, {"format": "svg"}], ids=["dpi", "svg"]
)
def test_saving_is_no_change(pyplot, figure, canvas, options):
    pyplot.ion()
    canvas.buffer_rgba()
    canvas.followed.changes.dirty = False
    before = canvas.followed.changes.newest

    figure.savefig(io.BytesIO(), **options)

    assert canvas.followed.changes.newest == before
    assert not canvas.followed.changes.dirty


def test_a_canvas_without_a_window_draws_as_agg(pyplot):
    canvas_class = type(pyplot.figure().canvas)
    figure = Figure()
    canvas = canvas_class(figure)
    figure.add_subplot()

    canvas.draw()

    np.testing.assert_array_equal(canvas.buffer_rgba(), agg_pixels(figure))


# -- however a program asks for the pixels ---------------------------------------------


@pytest.fixture
def changed(figure, canvas):
    """Return a canvas that was rendered before its figure changed."""
    canvas.buffer_rgba()
    figure.axes[0].set_facecolor("red")
    canvas.draw()
    return canvas


@pytest.mark.parametrize(
    "read",
    [
        lambda canvas: canvas.buffer_rgba(),
        lambda canvas: canvas.renderer.buffer_rgba(),
        lambda canvas: canvas.get_renderer().buffer_rgba(),
    ],
)
@pytest.mark.parametrize("fixture", ["canvas", "changed"])
def test_rgba_is_that_of_the_present_state(figure, request, fixture, read):
    canvas = request.getfixturevalue(fixture)

    pixels = np.array(read(canvas))

    np.testing.assert_array_equal(pixels, agg_pixels(figure))


@pytest.mark.parametrize(
    "read",
    [
        lambda canvas: canvas.tostring_argb(),
        lambda canvas: canvas.get_renderer().tostring_argb(),
    ],
)
def test_argb_is_that_of_the_present_state(figure, changed, read):
    pixels = np.frombuffer(read(changed), np.uint8).reshape(480, 640, 4)

    np.testing.assert_array_equal(pixels[..., [1, 2, 3, 0]], agg_pixels(figure))


@pytest.mark.parametrize(
    "options", [{"dpi": 30}, {"bbox_inches": "tight"}, {"facecolor": "red"}]
)
def test_saving_in_another_way_leaves_the_pixels(figure, canvas, options):
    canvas.buffer_rgba()
    figure.savefig(io.BytesIO(), **options)
    canvas.draw()

    assert np.array(canvas.buffer_rgba()).shape == (480, 640, 4)
    np.testing.assert_array_equal(canvas.buffer_rgba(), agg_pixels(figure))


def test_pixels_are_drawn_once_where_a_program_draws_and_copies(figure, canvas):
    canvas.copy_from_bbox(figure.bbox)
    drawn = []
    draw = figure.draw
    figure.draw = lambda renderer: (drawn.append(1), draw(renderer))

    figure.axes[0].set_facecolor("red")
    canvas.draw()
    canvas.copy_from_bbox(figure.bbox)

    assert len(drawn) == 1


def test_pixels_of_a_program_that_copies_regions_are_drawn_by_draw(figure, canvas):
    canvas.copy_from_bbox(figure.bbox)
    figure.axes[0].set_facecolor("red")
    canvas.draw()

    # As they are, with nothing drawn for this question.
    pixels = np.frombuffer(canvas.get_renderer().pixels(), np.uint8)
    assert pixels.tobytes() == agg_pixels(figure).tobytes()
