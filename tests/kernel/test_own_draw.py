"""A program that draws in a way of its own has its layout run, and its size shown."""

from __future__ import annotations

import pickle

import pytest
from matplotlib.figure import Figure

from jlab_qtwindows.kernel.canvas import FigureCanvasQtWindows
from jlab_qtwindows.protocol.messages import ResizeWindow


class LaysOut(Figure):
    """Puts a `draw` of its own on each canvas, as layout libraries do."""

    drawn = 0

    def set_canvas(self, canvas):
        def draw(canvas):
            self.lay_out()
            type(canvas).draw(canvas)
            self.patch.set_facecolor("white")  # a change after the drawing

        canvas.draw = draw.__get__(canvas)
        super().set_canvas(canvas)

    def lay_out(self):
        self.drawn += 1
        self.set_size_inches(3, 2, forward=True)
        for axes in self.axes:
            axes.set_position((0.25, 0.25, 0.5, 0.5))


@pytest.fixture
def figure(host, plt):
    figure = plt.figure(FigureClass=LaysOut, figsize=(5, 4), dpi=100)
    figure.add_subplot().plot([1, 2])
    host.welcome()
    return figure


@pytest.fixture
def last_state(host, client):
    """Return a function that gives the newest state once the main thread rests."""

    def load():
        newest = host.show()
        while True:
            client.main_queue.run_pending()
            if host.is_silent():
                return pickle.loads(newest[1][0], buffers=newest[1][1:])["figure"]
            newest = host.show()

    return load


def test_its_layout_is_in_the_state_and_its_size_is_the_windows(
    figure, host, last_state
):
    copy = last_state()

    assert figure.drawn >= 1
    assert tuple(copy.get_size_inches()) == (3, 2)
    assert copy.axes[0].get_position().x0 == 0.25
    sizes = [(m.width, m.height) for m in host.seen if isinstance(m, ResizeWindow)]
    assert sizes[-1] == (300, 200)


def test_each_change_is_laid_out_and_none_asks_for_another(figure, last_state, client):
    last_state()
    drawn = figure.drawn

    figure.axes[0].set_position((0, 0, 1, 1))
    copy = last_state()

    assert copy.axes[0].get_position().x0 == 0.25
    assert figure.drawn == drawn + 1
    client.main_queue.run_pending()
    assert figure.drawn == drawn + 1


def test_it_is_not_taken_for_a_program_that_marks_its_frames(figure, last_state):
    last_state()

    assert figure.canvas.followed.frames_marked_in is None


def test_a_draw_in_the_place_of_the_class_counts_as_well(host, plt, monkeypatch):
    called = []
    original = FigureCanvasQtWindows.draw

    def draw(canvas):
        called.append(canvas)
        original(canvas)

    monkeypatch.setattr(FigureCanvasQtWindows, "draw", draw)
    figure = plt.figure()
    host.welcome()
    host.show()

    figure.suptitle("title")
    figure.canvas.flush_events()

    assert figure.canvas in called


def test_without_one_nothing_is_drawn_here(host, plt, client):
    figure = plt.figure()
    figure.add_subplot().plot([1, 2])
    host.welcome()
    host.show()

    client.main_queue.run_pending()

    assert figure.canvas._renderer is None
