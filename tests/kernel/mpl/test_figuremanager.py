"""The manager speaks of its window; closed figures go on as figures."""

from __future__ import annotations

import io
import pickle

import matplotlib as mpl
import pytest
from handhost import LIMIT
from matplotlib.backends.backend_agg import FigureCanvasAgg

from jlab_qtwindows.protocol.messages import (
    CloseWindow,
    OpenFigure,
    RaiseWindow,
    ResizeWindow,
    SetTitle,
    WindowClosed,
    WindowResized,
)


def test_a_figure_opens_its_window_in_interactive_mode_only(pyplot):
    assert not pyplot.figure().canvas.followed.opened

    pyplot.ion()
    assert pyplot.figure().canvas.followed.opened


def test_the_manager_tells_the_host_what_happens_to_the_window(host, client, pyplot):
    pyplot.ion()
    figure = pyplot.figure("loss")
    manager = figure.canvas.manager
    host.welcome()
    opened, _ = host.receive(OpenFigure)
    host.show()

    manager.set_window_title("new\ttitle")
    manager.resize(300.7, 200)
    manager.raise_window()
    title, _ = host.receive(SetTitle)
    size, _ = host.receive(ResizeWindow)
    host.receive(RaiseWindow)
    pyplot.close(figure)
    closed, _ = host.receive(CloseWindow)

    assert opened.title == "loss"
    assert title.title == "new title"
    assert (size.width, size.height) == (300, 200)
    assert closed.window_id == opened.window_id


def test_the_title_can_be_read_back(figure):
    manager = figure.canvas.manager
    assert manager.get_window_title() == "Figure 1"

    manager.set_window_title("x" * 1000)

    assert len(manager.get_window_title()) == 256


def test_a_change_of_size_by_the_program_resizes_the_window(host, client, pyplot):
    pyplot.ion()
    figure = pyplot.figure(dpi=100)
    host.welcome()
    host.show()

    figure.set_size_inches(3, 2)

    size, _ = host.receive(ResizeWindow)
    assert (size.width, size.height) == (300, 200)


def test_a_closed_figure_has_no_window_and_can_be_shown_anew(pyplot, figure, canvas):
    pyplot.ion()
    figure.show()
    window = canvas.manager.window
    assert window.isVisible()

    pyplot.close(figure)
    assert not window.isVisible()
    if mpl.__version_info__ < (3, 11):
        return  # pyplot takes no figure back
    pyplot.figure(figure)
    figure.show()

    assert figure.canvas is not canvas
    assert figure.canvas.followed.opened


@pytest.mark.timeout(30)
@pytest.mark.parametrize("timeout", [0, -1, 600])
def test_nobody_waits_for_clicks_in_a_window_that_is_closed(pyplot, timeout):
    figure = pyplot.figure()
    figure.gca().plot([1, 2])
    pyplot.close(figure)

    assert figure.ginput(2, timeout=timeout) == []
    assert figure.waitforbuttonpress(timeout) is None


def test_a_callback_that_fails_is_shown_and_all_figures_are_closed(pyplot, capsys):
    def fail(event):
        raise RuntimeError("the callback's own")

    heard = []
    for number in (1, 2):
        canvas = pyplot.figure(number).canvas
        canvas.mpl_connect("close_event", fail)
        canvas.mpl_connect("close_event", heard.append)

    pyplot.close("all")

    assert pyplot.get_fignums() == []
    assert len(heard) == 2
    assert capsys.readouterr().err.count("RuntimeError: the callback's") == 2


def test_a_figure_with_another_canvas_is_closed_too(host, client, pyplot):
    pyplot.ion()
    figure = pyplot.figure()
    window_id = figure.canvas.followed.window_id
    host.welcome()
    host.show()
    FigureCanvasAgg(figure).draw()  # a recipe for its pixels

    host.send(WindowResized(window_id, 300, 200))
    host.send(WindowClosed(window_id))
    client.main_queue.run_until(lambda: not pyplot.get_fignums(), LIMIT)

    assert pyplot.get_fignums() == []
    assert figure.get_size_inches().tolist() == [3, 2]


def test_a_window_closed_while_its_figure_is_saved_closes_it(host, client, pyplot):
    pyplot.ion()
    figure = pyplot.figure()
    host.welcome()
    host.show()
    host.send(WindowClosed(figure.canvas.followed.window_id))
    canvas = figure.canvas
    manager, canvas.manager = canvas.manager, None  # as `print_figure` does

    client.main_queue.run_until(lambda: not pyplot.get_fignums(), LIMIT)

    canvas.manager = manager
    assert pyplot.get_fignums() == []


def test_a_pickle_made_in_a_callback_has_nothing_of_ours(pyplot):
    figure = pyplot.figure()
    pickles = []
    figure.canvas.mpl_connect(
        "close_event", lambda event: pickles.append(pickle.dumps(figure))
    )

    pyplot.close(figure)

    assert b"jlab_qtwindows" not in pickles[0]


def test_closing_sends_the_close_event_once(pyplot, figure, canvas):
    events = []
    canvas.mpl_connect("close_event", events.append)
    manager = canvas.manager

    pyplot.close(figure)
    manager.destroy()

    assert len(events) == 1
    assert events[0].canvas is canvas


def test_a_closed_figure_is_no_longer_followed(pyplot, figure, canvas, client):
    followed = canvas.followed
    before = followed.changes.newest

    pyplot.close(figure)
    figure.axes[0].lines[0].set_color("red")

    assert followed.changes.newest == before
    assert client.figures == {}


def test_a_closed_figure_can_still_be_saved(pyplot, figure):
    pyplot.close(figure)
    file = io.BytesIO()

    figure.savefig(file, format="png")

    assert file.getvalue()


def test_pyplots_own_stale_callback_does_not_replace_ours(pyplot):
    # Outside IPython, pyplot.figure installs one of its own after the manager.
    pyplot.install_repl_displayhook()

    figure, axes = pyplot.subplots()
    before = figure.canvas.followed.changes.newest
    axes.plot([1, 2])

    assert figure.canvas.followed.changes.newest != before


def test_our_stale_callback_comes_back_after_the_figure_was_cleared(pyplot):
    pyplot.install_repl_displayhook()
    pyplot.ion()

    figure = pyplot.figure(clear=True)
    (line,) = figure.add_subplot().plot([1, 2])
    figure.canvas.followed.changes.dirty = False
    with figure.canvas.followed.changes.own_rendering():
        line.set_ydata([2, 1])

    assert not figure.canvas.followed.changes.dirty
