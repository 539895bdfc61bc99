"""A program that draws in a way of its own has its layout run, and its size shown."""

from __future__ import annotations

import pickle

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from jlab_qtwindows.kernel.mpl.canvas import FigureCanvasQtWindows
from jlab_qtwindows.protocol.messages import ResizeWindow


class LaysOut(Figure):
    """Puts a `draw` of its own on each canvas, as layout libraries do."""

    drawn = 0
    at_work = False

    def set_canvas(self, canvas):
        def draw(canvas):
            self.at_work = True
            self.lay_out()
            type(canvas).draw(canvas)
            self.patch.set_facecolor("white")  # a change after the drawing
            self.at_work = False

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
def states(host, client):
    """Return a function that gives the new states once the main thread rests."""

    def load():
        shown = [host.show()]
        while True:
            client.main_queue.run_pending()
            if host.is_silent():
                return [
                    pickle.loads(parts[0], buffers=parts[1:])["figure"]
                    for _, parts in shown
                ]
            shown.append(host.show())

    return load


@pytest.fixture
def last_state(states):
    return lambda: states()[-1]


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


@pytest.mark.parametrize("calls", [True, False], ids=["program", "window"])
def test_no_state_is_taken_while_it_is_at_work(figure, states, calls):
    states()
    figure.canvas.followed.pace.taken_at = 0.0  # long ago: it may be taken at once
    figure.patch.set_facecolor("red")
    if calls:
        figure.canvas.draw()

    copies = states()

    assert not any(copy.at_work for copy in copies)
    assert to_hex(copies[-1].patch.get_facecolor()) == "#ffffff"


def test_it_is_not_taken_for_a_program_that_marks_its_frames(figure, last_state):
    last_state()

    assert figure.canvas.followed.changes.frames_marked_in is None


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
