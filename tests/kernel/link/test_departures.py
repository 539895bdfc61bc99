"""A figure whose window the user has closed leaves pyplot, whatever runs."""

from __future__ import annotations

import threading

import pytest
from handhost import LIMIT
from matplotlib._pylab_helpers import Gcf
from matplotlib.figure import Figure

from jlab_qtwindows.kernel.link import departures
from jlab_qtwindows.protocol.messages import WindowClosed


@pytest.fixture
def figure(plt):
    return plt.figure(1)


@pytest.fixture
def close(host, figure):
    """Return a function that plays the user who closes the window."""
    host.welcome()
    host.show()
    return lambda: host.send(WindowClosed(figure.canvas.followed.window_id))


@pytest.fixture
def closings(figure):
    """Return the list of what the program has heard of it."""
    found = []
    figure.canvas.mpl_connect("close_event", found.append)
    return found


def test_a_loop_that_asks_for_it_without_a_pause_ends(plt, figure, close, closings):
    close()

    turns = 0
    while plt.fignum_exists(1):
        turns += 1

    assert not closings  # they follow when the main thread lets them
    assert plt.get_fignums() == []


def test_its_callbacks_follow(plt, figure, close, closings, client):
    close()
    while plt.fignum_exists(1):
        pass

    client.main_queue.run_pending()

    assert [event.name for event in closings] == ["close_event"]
    assert figure.canvas is not closings[0].canvas  # a plain one: it is closed


def test_a_loop_with_a_pause_hears_of_it_before_it_ends(plt, figure, close, closings):
    close()

    while plt.fignum_exists(1):
        plt.pause(0.01)

    assert len(closings) == 1


def test_a_thread_that_asks_is_told_while_the_main_thread_waits(plt, figure, close):
    close()

    def ask():
        while plt.fignum_exists(1):
            pass

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join(LIMIT)

    assert not thread.is_alive()


def test_nothing_leaves_while_somebody_goes_through_the_list(
    plt, figure, close, eventually, inside_matplotlib
):
    def look():
        close()
        eventually(lambda: figure.canvas.followed.window.closing)
        for _ in Gcf.figs.values():
            closed.check(LIMIT)  # long after its time

    closed = departures.Departures()
    closed.add(figure.canvas.followed, 0.0)

    inside_matplotlib(look)

    while plt.fignum_exists(1):  # now it may
        closed.check(LIMIT)


def test_a_thread_that_saves_another_figure_delays_nobody(
    plt, figure, close, eventually, tmp_path
):
    saving, release = threading.Event(), threading.Event()

    def slow_label(value, position):
        saving.set()
        release.wait(LIMIT)
        return ""

    other = Figure()
    other.add_subplot().xaxis.set_major_formatter(slow_label)
    thread = threading.Thread(target=other.savefig, args=[tmp_path / "a.png"])
    thread.start()
    try:
        assert saving.wait(LIMIT)
        close()
        eventually(lambda: not plt.fignum_exists(1))
    finally:
        release.set()
        thread.join(LIMIT)


def test_another_figure_of_the_same_number_stays(plt, figure, close, client):
    close()
    while plt.fignum_exists(1):
        pass
    other = plt.figure(1)

    client.main_queue.run_pending()

    assert other is not figure
    assert plt.get_fignums() == [1]


def test_show_ends_after_the_callbacks(plt, host, figure, close, closings):
    close()

    plt.show(block=True)

    assert len(closings) == 1


def test_what_no_main_thread_has_let_run_is_run_at_the_end(
    plt, figure, close, closings, client
):
    close()
    while plt.fignum_exists(1):
        pass

    client.close_what_left()

    assert len(closings) == 1
