"""A notebook that nobody watches gets a picture of what each cell has changed."""

from __future__ import annotations

import io

import matplotlib as mpl
import numpy as np
import pytest
from keptnotebook import fill, pixels, twin
from matplotlib.colors import to_hex
from matplotlib.figure import Figure


def two_subfigures(figure):
    left, right = figure.subfigures(1, 2)
    left.add_subplot().imshow([[1, 2], [3, 4]])
    right.suptitle("right")
    right.add_subplot().bar([1, 2], [3, 4])


def arranged(figure):
    figure.set_layout_engine("constrained")
    figure.subplots(2, 2)[1, 0].set_xlabel("so long a label\nof two lines")


def see_through(figure):
    figure.patch.set_alpha(0.25)
    fill(figure)


@pytest.mark.parametrize("make", [fill, two_subfigures, arranged, see_through])
def test_a_picture_is_what_agg_draws_of_the_figure(plt, notebook, make):
    (picture,) = notebook.run(lambda: make(plt.figure()))

    assert np.array_equal(pixels(picture), twin(make))


def test_it_has_the_size_and_the_dots_per_inch_of_the_figure(plt, notebook):
    options = {"figsize": (3.2, 2), "dpi": 144}
    mpl.rcParams["savefig.dpi"] = 30  # that of files

    (picture,) = notebook.run(lambda: fill(plt.figure(**options)))

    assert picture.size == (460, 288)
    assert picture.info["dpi"] == pytest.approx((144, 144), abs=0.01)
    assert np.array_equal(pixels(picture), twin(fill, **options))


def test_its_text_names_the_figure_as_ipython_does(plt, notebook):
    with notebook.running() as cell:
        plt.subplots(1, 2)

    assert [o["text/plain"] for o in cell.outputs] == [
        "<Figure size 640x480 with 2 Axes>"
    ]


def test_what_the_program_has_drawn_by_hand_is_on_it(plt, notebook):
    figure, axes = plt.subplots()
    (line,) = axes.plot([1, 3, 2], animated=True, linewidth=20)
    empty = figure.canvas.copy_from_bbox(axes.bbox)

    def draw(color):
        line.set_color(color)
        figure.canvas.restore_region(empty)
        axes.draw_artist(line)
        figure.canvas.blit()

    for color in ("#ff0000", "#0000ff"):
        (picture,) = notebook.run(lambda color=color: draw(color))
        colors = {
            to_hex(pixel / 255) for pixel in np.unique(pixels(picture)[200], axis=0)
        }
        assert color in colors


def test_a_draw_of_the_programs_own_has_been_done(plt, notebook):
    def draw():
        figure = plt.figure()
        fill(figure)
        ours = figure.canvas.draw

        def lay_out(canvas):
            figure.set_size_inches(3, 2)
            ours()

        figure.canvas.draw = lay_out.__get__(figure.canvas)
        figure.axes[0].set_title("changed")

    (picture,) = notebook.run(draw)

    assert picture.size == (300, 200)


# -- which figures ---------------------------------------------------------------------


def test_each_figure_of_a_cell_gives_one(plt, notebook):
    def make():
        fill(plt.figure(figsize=(3, 2)))
        fill(plt.figure(figsize=(4, 2)))

    assert [picture.size for picture in notebook.run(make)] == [(300, 200), (400, 200)]


def lose_window(figure):
    figure.axes[0].set_title("new")
    figure.canvas.followed.window.closing = True  # by the user; the figure will follow


NO_NEWS = {
    "nothing": lambda plt, figure: None,
    "show": lambda plt, figure: plt.show(),
    "show-one": lambda plt, figure: figure.show(),
    "pause": lambda plt, figure: plt.pause(0.001),
    "saved": lambda plt, figure: figure.savefig(io.BytesIO(), dpi=30),
    "same-data": lambda plt, figure: figure.axes[0].lines[0].set_ydata([1, 3, 2]),
    "read": lambda plt, figure: figure.axes[0].get_xlim(),
    "closed": lambda plt, figure: figure.axes[0].set_title("new") and plt.close(),
    "window-closed": lambda plt, figure: lose_window(figure),
    "cleared": lambda plt, figure: figure.clear(),
}


@pytest.mark.parametrize("cell", NO_NEWS.values(), ids=NO_NEWS)
def test_a_figure_without_news_gives_none(plt, notebook, shown, cell):
    assert notebook.run(lambda: cell(plt, shown)) == []


def test_show_in_every_cell_draws_no_figure_again(plt, notebook, shown, drawings):
    for _ in range(3):
        notebook.run(plt.show)

    assert drawings == []


NEWS = {
    "changed": lambda plt, figure: figure.axes[0].lines[0].set_color("red"),
    "resized": lambda plt, figure: figure.set_size_inches(3, 2),
    "drawn": lambda plt, figure: figure.canvas.draw(),
    "pyplot": lambda plt, figure: plt.title("new"),
}


@pytest.mark.parametrize("cell", NEWS.values(), ids=NEWS)
def test_one_changed_or_drawn_by_a_later_cell_gives_one_there(
    plt, notebook, shown, cell
):
    (picture,) = notebook.run(lambda: cell(plt, shown))

    assert np.array_equal(pixels(picture), np.array(shown.canvas.buffer_rgba()))
    assert notebook.run() == []


def test_a_change_that_matplotlib_does_not_notice_counts_with_draw_idle(plt, notebook):
    figures = []
    notebook.run(lambda: figures.append(plt.figure()) or plt.imshow([[0.0, 1], [2, 3]]))
    (figure,) = figures
    (image,) = figure.axes[0].images

    def change():
        image._A[0, 0] = 3
        image._imcache = None
        figure.canvas.draw_idle()

    assert len(notebook.run(change)) == 1


def test_a_figure_that_is_not_shown_gives_one_when_it_is(plt, notebook):
    plt.ioff()
    assert notebook.run(lambda: fill(plt.figure())) == []

    assert len(notebook.run(plt.show)) == 1


def test_an_empty_figure_gives_one_when_it_is_filled(plt, notebook):
    assert notebook.run(plt.figure) == []

    assert len(notebook.run(lambda: plt.plot([1, 2]))) == 1


def test_the_value_of_a_cell_is_not_shown_twice(plt, notebook, shown):
    shown_by_ipython = notebook.shell.display_formatter.formatters["image/png"]
    for known, count in (({}, 1), ({Figure: str}, 0)):
        shown_by_ipython.update(known)
        with notebook.running() as cell:
            shown.axes[0].set_title(f"{count}")
            cell.result.result = shown
        assert len(cell.outputs) == count

    assert notebook.run() == []
