"""Without the GIL states are taken by threads that may read them, at their moments."""

from __future__ import annotations

import threading
import time

import pytest
from handhost import LIMIT

from jlab_qtwindows.kernel.follow import changes as changes_module
from jlab_qtwindows.kernel.follow import follower as follower_module
from jlab_qtwindows.kernel.follow import pace as pace_module
from jlab_qtwindows.kernel.link.departures import Departures
from jlab_qtwindows.protocol.messages import (
    FigureBehind,
    UpdateFigure,
    UpdateTaken,
    WindowClosed,
)

pytestmark = pytest.mark.usefixtures("forbidden")

LONG_AGO = -1.0  # for OTHERS_REST: a change of a moment ago is one of long ago


@pytest.fixture
def line(takers, plt, host, client, shell, eventually, idle_until):
    """A line whose figure is shown; no cell runs."""
    client.follower.settings.fps = 1e6
    client.follower.settings.budget = 1.0
    line = plt.figure().add_subplot().plot([1, 2, 3])[0]
    host.welcome()
    eventually(lambda: client.welcome)
    shell.events.trigger("post_execute")
    host.show()
    followed = line.figure.canvas.followed
    idle_until(lambda: followed.delivery.shown and not followed.changes.dirty)
    takers.clear()
    return line


@pytest.fixture
def followed(line):
    return line.figure.canvas.followed


def in_thread(function):
    thread = threading.Thread(target=function)
    thread.start()
    thread.join(LIMIT)
    assert not thread.is_alive()
    return thread


MOMENTS = {
    "draw": lambda plt, shell: plt.gcf().canvas.draw(),
    "flush_events": lambda plt, shell: plt.gcf().canvas.flush_events(),
    "draw_idle and flush_events": lambda plt, shell: (
        plt.gcf().canvas.draw_idle(),
        plt.gcf().canvas.flush_events(),
    ),
    "pause": lambda plt, shell: plt.pause(0.001),
    "show": lambda plt, shell: plt.show(block=False),
    "end of a cell": lambda plt, shell: shell.events.trigger("post_execute"),
    "beginning of a cell": lambda plt, shell: shell.events.trigger("pre_execute"),
}


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_the_main_thread_takes_the_present_state(
    moment, line, plt, shell, next_data, takers, monkeypatch
):
    monkeypatch.setattr(pace_module, "QUIET", LIMIT)  # the I/O thread asks for
    monkeypatch.setattr(pace_module, "MAX_AGE", LIMIT)  # nothing meanwhile
    line.set_ydata([4, 5, 6])

    moment(plt, shell)

    assert next_data() == [4, 5, 6]
    assert takers == [threading.main_thread()]


def test_so_it_does_while_it_waits(line, plt, next_data, takers):
    timer = line.figure.canvas.new_timer(1, [(line.set_ydata, ([4, 5, 6],), {})])
    timer.single_shot = True
    timer.start()
    look = line.figure.canvas.new_timer(1, [(lambda: takers and stop(), (), {})])
    look.start()
    stop = line.figure.canvas.stop_event_loop

    plt.pause(LIMIT)

    assert next_data() == [4, 5, 6]
    assert takers == [threading.main_thread()]


def test_so_it_does_when_it_becomes_idle(line, idle_until, followed, next_data, takers):
    line.set_ydata([4, 5, 6])

    idle_until(lambda: not followed.changes.dirty)

    assert next_data() == [4, 5, 6]
    assert takers == [threading.main_thread()]


def test_nothing_is_taken_while_a_cell_only_changes_the_figure(
    line, host, followed, takers
):
    end = time.monotonic() + 0.4  # many times what is waited for with the GIL
    turn = 0
    while time.monotonic() < end:
        turn += 1
        line.set_ydata([turn, 5, 6])

    assert takers == []
    assert followed.changes.dirty
    assert host.is_silent()


def test_a_window_whose_cell_comes_to_no_moment_says_that_it_is_behind(line, host):
    line.set_ydata([4, 5, 6])

    host.receive(FigureBehind)


@pytest.mark.parametrize("moment", ["draw", "flush_events", "end of a cell"])
def test_inside_a_call_of_matplotlib_there_is_no_moment(
    moment, line, plt, shell, takers, inside_matplotlib
):
    line.set_ydata([4, 5, 6])

    inside_matplotlib(lambda: MOMENTS[moment](plt, shell))

    assert takers == []


def test_a_thread_that_draws_takes_its_own_state(line, next_data, takers):
    def work():
        line.set_ydata([4, 5, 6])
        line.figure.canvas.draw()

    thread = in_thread(work)

    assert next_data() == [4, 5, 6]
    assert takers == [thread]


def test_a_thread_that_lets_events_in_takes_only_what_it_has_changed(
    line, plt, takers, next_data, monkeypatch
):
    monkeypatch.setattr(changes_module, "OTHERS_REST", LONG_AGO)
    other = plt.figure()
    other.set_facecolor("red")

    def work():
        line.set_ydata([4, 5, 6])
        line.figure.canvas.flush_events()

    thread = in_thread(work)

    assert next_data() == [4, 5, 6]
    assert takers == [thread]
    assert other.canvas.followed.changes.dirty


@pytest.mark.parametrize("moment", ["flush_events", "pause", "end of a cell"])
def test_what_another_thread_may_be_changing_is_not_read(
    moment, line, plt, shell, followed, takers, monkeypatch
):
    monkeypatch.setattr(changes_module, "OTHERS_REST", LIMIT)
    in_thread(lambda: line.set_ydata([4, 5, 6]))

    MOMENTS[moment](plt, shell)

    assert takers == []
    assert followed.changes.dirty


def test_what_another_thread_has_changed_is_shown_once_that_rests(
    line, idle_until, followed, next_data, takers, monkeypatch
):
    monkeypatch.setattr(follower_module, "BEHIND", 10 * LIMIT)  # no look is due then
    in_thread(lambda: line.set_ydata([4, 5, 6]))

    idle_until(lambda: not followed.changes.dirty)

    assert next_data() == [4, 5, 6]
    assert takers == [threading.main_thread()]


def test_the_end_of_a_cell_is_taken_though_the_window_is_behind(
    line, shell, host, followed, next_data, client
):
    line.set_ydata([4, 5, 6])
    line.figure.canvas.draw()
    assert next_data() == [4, 5, 6]  # and not acknowledged
    client.follower.settings.fps = 1e-3
    client.follower.budget.spend(1000.0, time.monotonic())
    line.set_ydata([7, 8, 9])

    shell.events.trigger("post_execute")
    host.send(UpdateTaken(followed.window_id, followed.delivery.revision))

    assert next_data() == [7, 8, 9]


def test_a_figure_that_no_pickle_carries_is_a_picture_at_the_end_of_its_cell(
    line, shell, host, takers
):
    line.figure.set_gid(threading.Lock())
    line.set_ydata([4, 5, 6])

    shell.events.trigger("post_execute")

    assert host.receive(UpdateFigure)[0].kind == "frame"
    assert set(takers) == {threading.main_thread()}


def test_a_program_that_marks_its_frames_shows_no_state_between_two_of_them(
    line, plt, followed, takers, next_data, monkeypatch
):
    monkeypatch.setattr(pace_module, "QUIET", LIMIT)
    line.set_ydata([4, 5, 6])
    line.figure.canvas.draw()
    assert next_data() == [4, 5, 6]
    followed.delivery.in_flight = None
    line.set_ydata([7, 8, 9])

    line.figure.canvas.flush_events()

    assert len(takers) == 1
    assert followed.changes.dirty


def test_a_figure_leaves_pyplot_when_its_window_is_closed(line, plt, host, followed):
    host.send(WindowClosed(followed.window_id))

    end = time.monotonic() + LIMIT
    while plt.fignum_exists(followed.num):
        assert time.monotonic() < end


def test_only_the_main_thread_takes_it_out(
    line, host, followed, eventually, monkeypatch
):
    threads = []
    take_out = Departures._take_out

    def noted(departures):
        threads.append(threading.current_thread())
        take_out(departures)

    monkeypatch.setattr(Departures, "_take_out", noted)
    host.send(WindowClosed(followed.window_id))

    host.is_silent(600)  # longer than the main thread is asked for with the GIL

    eventually(lambda: threads)
    assert set(threads) == {threading.main_thread()}


def test_a_users_drag_is_answered_once_no_other_thread_is_at_the_figure(
    line, followed, client, takers, monkeypatch
):
    answers = client._conversation._answers
    monkeypatch.setattr(changes_module, "OTHERS_REST", LIMIT)
    in_thread(lambda: line.set_ydata([4, 5, 6]))
    answers._take(followed)
    assert takers == []

    monkeypatch.setattr(changes_module, "OTHERS_REST", LONG_AGO)
    answers._take(followed)

    assert takers == [threading.main_thread()]


def test_a_thread_that_never_rests_does_not_keep_the_main_thread_busy(
    line, client, idle_until, monkeypatch
):
    moments = client._conversation.moments
    asked = []
    post = moments._post
    monkeypatch.setattr(moments, "_post", lambda job: asked.append(job) or post(job))
    end = time.monotonic() + 4 * changes_module.OTHERS_REST

    def work():
        while time.monotonic() < end:
            line.set_ydata([4, 5, 6])

    thread = threading.Thread(target=work)
    thread.start()
    idle_until(lambda: time.monotonic() >= end)
    thread.join(LIMIT)

    assert 1 <= len(asked) <= 6


def test_of_many_threads_that_have_changed_a_figure_most_are_forgotten(line, followed):
    """As of a program that starts a thread for each change."""
    long_ago = time.monotonic() - 10 * changes_module.OTHERS_REST
    followed.changes.changers.update(dict.fromkeys(range(-1000, 0), long_ago))

    assert followed.changes.may_be_read()
    assert len(followed.changes.changers) < 100
