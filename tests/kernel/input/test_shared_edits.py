"""What is done in one window reaches the figures that share with its figure."""

from __future__ import annotations

import pickle

import pytest

from jlab_qtwindows.protocol.messages import FigureEdited


@pytest.fixture(params=["interactive", "not interactive"])
def two(request, host, plt):
    """Return two figures whose second shares all it can with the first."""
    if request.param == "not interactive":
        plt.ioff()

    def make(projection=None):
        first = plt.figure()
        leader = first.add_subplot(projection=projection)
        second = plt.figure()
        shares = {"sharex": leader, "sharey": leader}
        if projection == "3d":
            shares.update(sharez=leader, shareview=leader)
        second.add_subplot(projection=projection, **shares)
        for figure in (first, second):
            figure.canvas.draw_idle()
            figure.show()
        return first, second

    return make


@pytest.fixture
def next_state(host):
    """Return a function that gives the next figure that is shown in a window."""

    def load(figure):
        while True:
            update, (head, *buffers) = host.show()
            if update.window_id == figure.canvas.followed.window_id:
                loaded = pickle.loads(head, buffers=buffers)["figure"]
                return loaded.axes[0]

    return load


@pytest.mark.parametrize("edited", [0, 1], ids=["the leader", "the follower"])
def test_a_zoom_reaches_the_window_and_the_figure_that_shares(
    two, host, client, next_state, edited
):
    figures = two()
    host.welcome()
    mine, other = figures[edited], figures[1 - edited]
    next_state(other)

    window_id = mine.canvas.followed.window_id
    host.send(FigureEdited(window_id, 1, [["axes/0", "xlim", [0.25, 0.5, False]]]))
    client.main_queue.run_until(lambda: mine.canvas.followed.edits.applied == 1, 5)

    assert other.axes[0].get_xlim() == (0.25, 0.5)
    while next_state(other).viewLim._points[0][0] != 0.25:
        pass


@pytest.mark.parametrize("edited", [0, 1], ids=["the leader", "the follower"])
def test_what_is_turned_turns_the_figure_that_shares_its_view(
    two, host, client, next_state, edited
):
    figures = two("3d")
    host.welcome()
    mine, other = figures[edited], figures[1 - edited]
    next_state(other)

    window_id = mine.canvas.followed.window_id
    host.send(FigureEdited(window_id, 1, [["axes/0", "angles", [10.0, 20.0, 5.0]]]))
    client.main_queue.run_until(lambda: mine.canvas.followed.edits.applied == 1, 5)

    axes = other.axes[0]
    assert (axes.elev, axes.azim, axes.roll) == (10, 20, 5)
    while next_state(other).azim != 20:
        pass


def test_the_vertical_axis_stays_what_it_was(two, host, client):
    first, second = two("3d")
    host.welcome()
    second.axes[0].view_init(vertical_axis="x")

    window_id = first.canvas.followed.window_id
    host.send(FigureEdited(window_id, 1, [["axes/0", "angles", [1.0, 2.0, 3.0]]]))
    client.main_queue.run_until(lambda: first.canvas.followed.edits.applied == 1, 5)

    assert second.axes[0]._vertical_axis == 0
