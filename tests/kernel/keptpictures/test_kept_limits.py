"""Pictures of figures that fail, are too many, or are changed by threads."""

from __future__ import annotations

import threading

import matplotlib as mpl
from handhost import LIMIT
from keptnotebook import fill, pixels
from matplotlib.lines import Line2D

from jlab_qtwindows.kernel import keptpictures


class Failing(Line2D):
    """A line whose drawing ends as it is told to."""

    def __init__(self, *ends):
        super().__init__([0, 1], [0, 1])
        self.ends = list(ends)

    def draw(self, renderer):
        end = self.ends.pop(0) if self.ends else None
        if end is not None:
            end()


def fail(error=RuntimeError):
    raise error("it has no data")


def test_a_figure_that_cannot_be_drawn_gives_one_sentence(plt, notebook, capsys):
    def make():
        plt.figure("loss").add_subplot().add_line(Failing(fail))
        fill(plt.figure())

    assert len(notebook.run(make)) == 1

    said = capsys.readouterr()
    assert said.err == "no picture of 'loss': RuntimeError: it has no data\n"
    assert said.out == ""


def test_one_that_is_too_large_says_so(plt, notebook, capsys):
    notebook.run(lambda: fill(plt.figure(figsize=(50, 50), dpi=100)))

    assert "5000 x 5000 px are too many" in capsys.readouterr().err


def test_a_cell_of_many_figures_gives_the_first_and_says_so(plt, notebook, capsys):
    mpl.rcParams["figure.max_open_warning"] = 0

    def make():
        for _ in range(keptpictures.MOST_PICTURES + 2):
            fill(plt.figure(figsize=(1, 1)))

    assert len(notebook.run(make)) == keptpictures.MOST_PICTURES
    assert "pictures of 20 of the 22 figures" in capsys.readouterr().err
    assert notebook.run() == []  # and none of the rest in the next cell


def test_no_picture_is_begun_when_the_time_is_over(plt, notebook, capsys, monkeypatch):
    monkeypatch.setattr(keptpictures, "MOST_SECONDS", -1.0)

    assert notebook.run(lambda: fill(plt.figure())) == []

    assert "pictures of 0 of the 1 figures" in capsys.readouterr().err


def test_an_interrupt_ends_the_drawing_in_words(plt, notebook, capsys):
    def make():
        plt.subplots()[1].add_line(Failing(lambda: fail(KeyboardInterrupt)))
        fill(plt.figure())

    assert notebook.run(make) == []

    said = capsys.readouterr()
    assert said.err == "interrupted while pictures of the figures were drawn\n"
    assert said.out == ""


# -- threads ---------------------------------------------------------------------------


def in_another_thread(function):
    thread = threading.Thread(target=function)
    thread.start()
    thread.join(LIMIT)


def test_a_state_that_another_thread_tears_is_drawn_again(plt, notebook, shown):
    def tear():
        in_another_thread(lambda: shown.axes[0].set_title("torn"))
        fail()

    line = Failing(tear)

    assert len(notebook.run(lambda: shown.axes[0].add_line(line))) == 1


def test_a_state_that_is_old_when_it_is_drawn_is_drawn_again(plt, notebook, shown):
    def change():
        in_another_thread(lambda: shown.set_facecolor("yellow"))  # drawn already

    line = Failing(change)
    (picture,) = notebook.run(lambda: shown.axes[0].add_line(line))

    assert tuple(pixels(picture)[0, 0]) == (255, 255, 0, 255)


def test_a_thread_that_never_rests_gets_a_picture(plt, notebook, shown):
    drawn = []

    def change():
        drawn.append(1)
        in_another_thread(lambda: shown.axes[0].set_title(f"{len(drawn)}"))

    line = Failing(*[change] * 100)

    assert len(notebook.run(lambda: shown.axes[0].add_line(line))) == 1
    assert len(drawn) <= 3
