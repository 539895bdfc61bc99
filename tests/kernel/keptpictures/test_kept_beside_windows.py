"""Keeping pictures is no news for the windows."""

from __future__ import annotations

import threading

import matplotlib as mpl
import pytest
from handhost import LIMIT
from keptnotebook import fill


@pytest.fixture
def window(host, notebook, request, monkeypatch):
    """Return a figure in a window, in a notebook whose pictures are kept."""
    monkeypatch.setenv("JPY_SESSION_NAME", "notebook.ipynb")
    plt = request.getfixturevalue("plt")
    with notebook.running():
        figure = plt.figure()
        fill(figure)
        host.welcome()
        while figure.canvas.followed.has_unsent_state():
            host.show()
    return figure


def all_that_counts(figure):
    followed, axes = figure.canvas.followed, figure.axes[0]
    layout = axes.viewLim.bounds, axes.bbox.bounds
    return (
        *(
            followed.changes.newest,
            followed.changes.noticed,
            followed.changes.dirty,
            followed.ladder.rung,
        ),
        *(figure.stale, figure.dpi, layout),
    )


def test_a_picture_is_no_news_for_the_window(window, notebook, host):
    events = notebook.shell.events
    events.trigger("pre_run_cell", None)
    window.axes[0].set_title("new")
    host.show()
    before = all_that_counts(window)

    events.trigger("post_run_cell", None)

    assert len(notebook.outputs) == 1
    assert all_that_counts(window) == before
    assert host.is_silent()


def test_a_cell_inside_a_cell_leaves_what_came_before_it_to_be_seen(
    window, notebook, host
):
    with notebook.running() as cell:
        window.axes[0].set_title("outside")
        host.show()
        inner = notebook.run()

    assert len(inner) + len(cell.outputs) == 1


@pytest.mark.parametrize("cells", [1, 2])
def test_what_changes_between_two_cells_is_of_neither(window, notebook, host, cells):
    window.axes[0].set_title("by a click")
    host.show()

    with notebook.running() as cell:
        if cells > 1:
            notebook.run()

    assert cell.outputs == []


def test_one_that_the_window_has_not_shown_yet_is_not_drawn_in_every_cell(
    window, notebook, drawings
):
    window.canvas.followed.changes.holds = 1
    notebook.run(lambda: window.axes[0].set_title("new"))
    assert drawings
    assert window.stale
    drawings.clear()

    for _ in range(3):
        assert notebook.run() == []

    assert drawings == []


def test_what_the_window_has_not_shown_stays_to_be_shown(window, notebook, host):
    mpl.interactive(False)

    assert len(notebook.run(lambda: window.axes[0].set_title("new"))) == 1

    assert window.stale


def test_nobody_waits_for_a_user_who_is_not_there(window, notebook, plt):
    ends = []

    def wait():
        plt.show(block=True)
        ends.append(plt.ginput(1, timeout=0))
        ends.append(plt.waitforbuttonpress())

    thread = threading.Thread(target=lambda: notebook.run(wait), daemon=True)
    thread.start()
    thread.join(LIMIT)

    assert len(ends) == 2
