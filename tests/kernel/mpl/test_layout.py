"""What a program reads of its figure is what drawing it would have computed.

The judge is a twin of the figure, drawn by plain Agg in this process.
"""

from __future__ import annotations

import io

import numpy as np
import pytest
from figurekinds import KINDS
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from jlab_qtwindows.protocol.messages import InputEvent

pytestmark = pytest.mark.usefixtures("without_windows")


@pytest.fixture
def make(pyplot):
    """Return a function that makes a figure of a kind, and its drawn twin."""

    def pair(kind):
        figures = pyplot.figure(), Figure()
        FigureCanvasAgg(figures[1])
        for figure in figures:
            KINDS[kind](figure)
        figures[1].canvas.draw()
        return figures

    return pair


@pytest.fixture
def drawn(pyplot):
    """Return a figure with a line, and the list of what is drawn of it here."""
    figure, axes = pyplot.subplots()
    (line,) = axes.plot([1, 3, 2])
    counted, draw = [], line.draw
    line.draw = lambda renderer: (counted.append(renderer), draw(renderer))
    return figure, counted


def move(figure, x=0.5, y=0.5):
    """Move the mouse over the figure's window, for a program that listens."""
    followed = figure.canvas.followed
    followed.inputs.put(InputEvent(followed.window_id, "motion_notify_event", x, y))
    followed.inputs.run_next(figure.canvas.manager)


def after_draw(plt, figure):
    figure.canvas.draw()


def after_pause(plt, figure):
    plt.pause(0.001)


@pytest.mark.parametrize("wait", [after_draw, after_pause])
@pytest.mark.parametrize(
    "kind",
    ["line", "log", "equal_aspect", "constrained", "polar", "inset", "colorbar"],
)
def test_places_are_those_of_a_drawn_figure(pyplot, make, kind, wait):
    figure, twin = make(kind)

    wait(pyplot, figure)

    for ours, theirs in zip(figure.axes, twin.axes, strict=True):
        for read in (
            lambda axes: axes.transData.transform((0.3, 0.7)),
            lambda axes: axes.bbox.bounds,
            lambda axes: axes.get_position().bounds,
        ):
            np.testing.assert_allclose(read(ours), read(theirs), atol=0.5)  # px
        assert [label.get_text() for label in ours.get_xticklabels()] == [
            label.get_text() for label in theirs.get_xticklabels()
        ]


@pytest.mark.parametrize("wait", [after_draw, after_pause])
def test_boxes_of_legends_and_texts_are_those_of_a_drawn_figure(pyplot, make, wait):
    figure, twin = make("legend")

    wait(pyplot, figure)

    ours, theirs = (each.axes[0].get_legend() for each in (figure, twin))
    for read in (
        lambda legend: legend.get_frame().get_window_extent().bounds,
        lambda legend: legend.get_window_extent().bounds,
        lambda legend: legend.get_texts()[1].get_window_extent().bounds,
        lambda legend: legend.legend_handles[1].get_window_extent().bounds,
        lambda legend: legend.axes.xaxis.get_tightbbox().bounds,
    ):
        np.testing.assert_allclose(read(ours), read(theirs), atol=0.5)  # px


def test_the_scale_of_arrows_is_known_after_drawing(make):
    figure, twin = make("quiver")

    figure.canvas.draw()

    assert figure.axes[0].collections[0].scale == pytest.approx(
        twin.axes[0].collections[0].scale
    )


def test_titles_and_labels_that_make_room_are_where_drawing_puts_them(pyplot):
    boxes = []
    for figure in (pyplot.figure(), Figure()):
        canvas = figure.canvas if figure.canvas.manager else FigureCanvasAgg(figure)
        axes = figure.subplots()
        for size in (10, 40):
            axes.set(title="title", xlabel="below", ylabel="beside")
            axes.xaxis.tick_top()
            axes.tick_params(labelsize=size)
            canvas.draw()
            texts = axes.title, axes.xaxis.label, axes.yaxis.label
            boxes.append([text.get_window_extent().bounds for text in texts])

    np.testing.assert_allclose(boxes[:2], boxes[2:], atol=0.5)  # px


def test_other_fonts_of_the_same_names_make_another_layout(pyplot):
    def plot(figure):
        figure.set_layout_engine("constrained")
        axes = figure.add_subplot()
        axes.set_ylim(0, 123_456_789)
        axes.ticklabel_format(style="plain")
        return axes

    ours, twin = pyplot.figure(figsize=(5, 4), dpi=100), Figure((5, 4), dpi=100)
    axes = plot(ours)
    ours.canvas.settle()
    before = axes.get_position().bounds

    with pyplot.rc_context({"font.sans-serif": ["DejaVu Sans Mono"]}):
        axes.plot([0, 1])
        ours.canvas.settle()
        judge = plot(twin)
        judge.plot([0, 1])
        FigureCanvasAgg(twin).draw()

    assert axes.get_position().bounds != before
    np.testing.assert_allclose(axes.get_position().bounds, judge.get_position().bounds)


def test_saving_in_another_resolution_leaves_the_boxes_of_the_window(make):
    figure, twin = make("legend")
    figure.canvas.draw()

    figure.savefig(io.BytesIO(), dpi=33)

    ours, theirs = (each.axes[0].get_legend().get_texts()[1] for each in (figure, twin))
    np.testing.assert_allclose(
        ours.get_window_extent().bounds, theirs.get_window_extent().bounds, atol=0.5
    )


def test_an_unchanged_figure_is_laid_out_once_for_all_events(drawn):
    figure, counted = drawn

    for x in np.linspace(0, 1, 20):
        move(figure, x)
    assert len(counted) == 1

    figure.axes[0].set_title("changed")
    move(figure)
    move(figure)
    assert len(counted) == 2


def test_a_layout_is_no_change_and_nothing_is_shown_by_it(pyplot, drawn):
    figure, _ = drawn
    pyplot.ion()
    figure.axes[0].set_title("changed")
    followed = figure.canvas.followed
    followed.changes.dirty = False
    before = followed.changes.newest

    move(figure)

    assert followed.changes.newest == before
    assert not followed.changes.dirty


def test_what_is_laid_out_but_not_yet_shown_is_shown_by_the_next_pause(pyplot, drawn):
    figure, _ = drawn
    pyplot.ioff()
    figure.axes[0].set_title("changed")
    figure.canvas.followed.changes.dirty = False

    move(figure)
    pyplot.pause(0.001)

    assert figure.canvas.followed.changes.dirty


@pytest.mark.parametrize("read", ["buffer_rgba", "draw"])
def test_what_is_rendered_but_not_yet_shown_is_shown_by_the_next_pause(
    pyplot, drawn, read
):
    figure, _ = drawn
    pyplot.ioff()
    figure.axes[0].set_title("changed")
    getattr(figure.canvas, read)()
    figure.canvas.followed.changes.dirty = False

    pyplot.pause(0.001)

    assert figure.canvas.followed.changes.dirty


def test_a_figure_that_cannot_be_drawn_raises_nothing_where_it_is_laid_out(
    pyplot, drawn
):
    figure, _ = drawn
    heard = []
    figure.canvas.mpl_connect("motion_notify_event", heard.append)

    def fail(renderer):
        raise RuntimeError("no")

    figure.axes[0].lines[0].draw = fail

    move(figure)
    pyplot.pause(0.001)
    figure.canvas.draw()
    figure.canvas.get_renderer()

    assert len(heard) == 1


def test_a_figure_that_does_not_tell_its_axes_fails_no_call_of_the_program(pyplot):
    class Odd(Figure):
        @property
        def axes(self):
            if self.tells:
                return super().axes
            raise RuntimeError("no")

        tells = True

    figure = pyplot.figure(FigureClass=Odd)
    figure.canvas.draw()
    figure.tells = False
    figure.stale = True

    figure.canvas.get_renderer()
    pyplot.pause(0.001)

    figure.tells = True  # for those who close it


def test_a_pause_too_short_for_a_layout_is_not_made_longer_by_it(
    pyplot, drawn, monkeypatch
):
    figure, counted = drawn
    pyplot.pause(0.001)
    figure.canvas.layout._seconds = 10.0  # as a large figure takes
    before = len(counted)

    figure.axes[0].set_title("changed")
    pyplot.pause(0.001)

    assert len(counted) == before


def ticks_of(figure):
    axis = figure.axes[0].xaxis
    return len(axis.__dict__.get("majorTicks", []))


def test_a_pause_leaves_the_ticks_as_the_program_has_made_them(pyplot, drawn):
    figure, _ = drawn
    before = ticks_of(figure)
    pyplot.pause(0.001)
    assert ticks_of(figure) == before < 3

    (first, *_) = figure.axes[0].get_xticklabels()  # which makes them
    first.set_color("red")
    made = ticks_of(figure)
    figure.axes[0].set_xlim(0, 1000.5)
    pyplot.pause(0.001)

    assert ticks_of(figure) == made
    assert figure.axes[0].get_xticklabels()[0].get_color() == "red"


def test_an_event_finds_the_ticks_that_can_be_picked(pyplot, drawn):
    figure, _ = drawn
    pyplot.pause(0.001)

    move(figure)

    assert ticks_of(figure) > 3
