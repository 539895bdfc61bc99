"""What `draw` does: it asks for a window's next state, and sets what programs read."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.backend_bases import MouseEvent
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.widgets import Button


def test_drawing_gives_the_axes_the_places_that_the_layout_finds(pyplot):
    figure, axes = pyplot.subplots(layout="constrained")
    before = axes.get_position().bounds

    figure.canvas.draw()

    assert axes.get_position().bounds != before


def test_a_layout_done_once_costs_drawing_nothing(pyplot, monkeypatch):
    figure, axes = pyplot.subplots()
    figure.tight_layout()  # leaves a layout engine behind, one that does nothing
    drawn = []
    monkeypatch.setattr(axes, "draw", lambda renderer: drawn.append(renderer))

    figure.canvas.draw()

    assert drawn == []


def test_drawing_marks_the_frames_of_this_cell(canvas):
    assert canvas.followed.changes.frames_marked_in is None

    canvas.draw_idle()
    assert canvas.followed.changes.frames_marked_in is None

    canvas.draw()
    assert canvas.followed.changes.frames_marked_in == (0, 0)


def test_a_widget_that_draws_marks_none(canvas):
    button = Button(canvas.figure.add_axes((0, 0, 1, 1)), "", hovercolor="red")
    event = MouseEvent("motion_notify_event", canvas, 10, 10)
    drawn = canvas.followed.changes.noticed

    button._motion(event)

    assert canvas.followed.changes.noticed > drawn
    assert canvas.followed.changes.frames_marked_in is None


@pytest.mark.parametrize("name", ["draw", "draw_idle"])
def test_a_call_to_draw_asks_for_the_figure_in_either_mode(canvas, name):
    canvas.followed.changes.dirty = False

    getattr(canvas, name)()

    assert canvas.followed.changes.dirty


def test_no_gui_framework_is_asked_for(canvas):
    assert canvas.required_interactive_framework is None


# -- what drawing sets, and programs read after it -------------------------------------


@pytest.fixture(params=[0, 1], ids=["ours", "agg"])
def draw(request, pyplot):
    """Return a function that draws a figure, by this backend or by plain Agg."""

    def draw(fill):
        figure = Figure() if request.param else pyplot.figure()
        canvas = FigureCanvasAgg(figure) if request.param else figure.canvas
        found = fill(figure)
        canvas.draw()
        return found

    return draw


def test_drawing_sets_places_by_the_aspect_of_an_image(draw):
    axes = draw(lambda figure: figure.add_subplot().imshow(np.zeros((10, 40)))).axes

    assert axes.transData.transform((0, 0)) == pytest.approx([86.2, 293.4], abs=0.1)


def test_drawing_sets_limits_by_an_aspect_of_the_data(draw):
    def fill(figure):
        axes = figure.add_subplot()
        axes.plot([0, 1], [0, 5])
        axes.set_aspect("equal", adjustable="datalim")
        return axes

    assert draw(fill).get_xlim() == pytest.approx((-3.19, 4.19), abs=0.01)


def test_drawing_sets_the_projection_of_an_axes3d(draw):
    axes = draw(lambda figure: figure.add_subplot(projection="3d"))

    assert axes.M.shape == axes.invM.shape == (4, 4)


@pytest.mark.parametrize(
    ("data", "factor"),
    [([0, 3e6], "1e6"), ([0, 3e-6], "1e\u22126"), ([5e4, 5e4 + 1], "+5e4"),
     ([0, 3], ""), ([0, 4e5], ""), ([-2e6, 1], "1e6")],
)  # fmt: skip
def test_drawing_sets_the_factor_beside_an_axis(draw, data, factor):
    def fill(figure):
        axes = figure.add_subplot()
        axes.plot(data)
        return axes

    assert draw(fill).yaxis.get_offset_text().get_text() == factor


def test_drawing_sets_colours_of_points(draw):
    points = draw(lambda figure: figure.add_subplot().scatter([0, 1], [0, 1], c=[1, 2]))

    assert points.get_facecolors().shape == (2, 4)


def test_drawing_sets_an_inset_by_its_locator(draw):
    inset = draw(lambda figure: figure.add_subplot().inset_axes([0.5, 0.5, 0.25, 0.25]))

    assert inset.get_position().width == pytest.approx(0.775 / 4)


def test_drawing_again_is_no_change(figure, canvas, pyplot):
    figure.add_subplot(projection="3d")
    pyplot.ion()
    canvas.draw()
    before = canvas.followed.changes.newest

    canvas.draw()

    assert canvas.followed.changes.newest <= before + 1  # the request, and nothing else
