"""Which state of a figure is shown, and when."""

from __future__ import annotations

import itertools

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from jlab_qtwindows.kernel.follow.budget import BURST
from jlab_qtwindows.kernel.follow.follower import BEHIND
from jlab_qtwindows.kernel.follow.pace import MAX_AGE, QUIET, REBUILT_INTERVAL
from jlab_qtwindows.kernel.process.activity import LOOK
from jlab_qtwindows.protocol.messages import FigureBehind

MS = 0.001


# -- when ------------------------------------------------------------------------------


def test_a_figure_without_changes_is_left_alone(shown, step, taken):
    assert step() is None
    assert taken == []


def test_a_change_is_shown_when_the_figure_is_quiet(shown, step, taken, change):
    change()

    assert step() == pytest.approx(QUIET)
    step(QUIET - 1 * MS)
    assert taken == []
    step(1 * MS)
    assert len(taken) == 1


def test_a_further_change_begins_the_quiet_time_again(shown, step, taken, change):
    change()
    step()
    step(10 * MS)

    change()
    step()

    step(QUIET - 1 * MS)
    assert taken == []
    step(1 * MS)
    assert len(taken) == 1


def test_data_that_never_rests_is_shown_at_the_frame_rate(
    shown, step, taken, change, clock, follower
):
    follower.settings.fps = 20
    change()
    step()
    began = clock.now

    while not taken:
        change()
        step(5 * MS)

    assert clock.now - began == pytest.approx(1 / 20, abs=5 * MS)


def test_a_figure_that_is_rebuilt_gets_longer_to_finish(
    shown, step, taken, clock, line, change
):
    began = clock.now

    while not taken:
        line.axes.plot([1, 2])
        change()
        step(5 * MS)

    assert clock.now - began == pytest.approx(MAX_AGE, abs=10 * MS)


def test_a_figure_that_is_rebuilt_without_rest_gets_frames_further_apart(
    shown, step, taken, clock, line
):
    times = []

    while len(times) < 3:
        line.axes.plot([1, 2])
        step(5 * MS)
        if len(taken) > len(times):
            times.append(clock.now)

    apart = [b - a for a, b in itertools.pairwise(times)]
    assert apart == [pytest.approx(REBUILT_INTERVAL, abs=10 * MS)] * 2


def test_a_rebuilt_figure_that_rests_is_shown_at_once(shown, step, taken, line):
    line.axes.plot([1, 2])
    step()
    step(QUIET)
    taken.clear()

    line.axes.plot([1, 2])
    step()
    step(1 / 30)

    assert len(taken) == 1


def test_frames_come_no_faster_than_asked_for(shown, step, taken, change, follower):
    follower.settings.fps = 4
    change()
    step()
    step(QUIET)
    taken.clear()

    change()
    step()

    assert step(QUIET) == pytest.approx(0.250 - QUIET)
    step(0.250 - QUIET - 1 * MS)
    assert taken == []
    step(1 * MS)
    assert len(taken) == 1


def test_a_figure_without_a_window_is_not_taken(followed, step, taken):
    followed.window.opened = False
    followed.request()

    assert step() is None
    assert step(1.0) is None
    assert taken == []


def test_the_figure_that_has_waited_longest_is_first(follower, follow, clock, taken):
    figures = [Figure() for _ in range(3)]
    for figure in figures:
        FigureCanvasAgg(figure)
    followed = [follow(figure) for figure in figures]
    for at, one in zip((990.0, 980.0, 985.0), followed, strict=True):
        one.pace.taken_at = at
        one.request()
    follower.step(followed, clock.now)
    clock.now += QUIET

    while follower.step(followed, clock.now) is not None:
        pass

    assert taken == [followed[1], followed[2], followed[0]]


# -- who marks the frames --------------------------------------------------------------


def test_a_program_that_draws_itself_marks_the_frames(
    shown, step, taken, change, followed, follower
):
    followed.changes.frames_marked_in = follower.activity.episode()

    for _ in range(200):
        change()
        step(5 * MS)
    assert taken == []

    step(QUIET)
    assert len(taken) == 1


def test_marks_of_an_earlier_callback_do_not_count(
    shown, step, taken, change, followed, follower
):
    with follower.activity.running():
        followed.changes.frames_marked_in = follower.activity.episode()

    with follower.activity.running():
        for _ in range(200):
            change()
            step(5 * MS)

    assert taken


def test_marks_of_an_earlier_cell_do_not_count(
    shown, step, taken, change, followed, follower, cell
):
    followed.changes.frames_marked_in = follower.activity.episode()
    cell.number += 1

    for _ in range(200):
        change()
        step(5 * MS)

    assert taken


def test_a_held_figure_waits(shown, step, taken, change, followed):
    followed.changes.holds = 1
    change()

    assert step() is None
    assert step(60.0) is None
    assert taken == []

    followed.changes.holds = 0
    step()
    step(QUIET)
    assert len(taken) == 1


def test_a_state_on_its_way_blocks_the_next_one(shown, step, taken, change, followed):
    followed.delivery.in_flight = 1
    change()

    assert step() is None
    assert step(1.0) is None
    assert taken == []

    followed.delivery.in_flight = None
    step()
    assert len(taken) == 1


# -- the budget ------------------------------------------------------------------------


def test_an_overdrawn_budget_blocks(shown, step, taken, change, follower, clock):
    follower.budget.spend(BURST + 0.050, clock.now)
    change()
    step()

    assert step(QUIET) == pytest.approx(0.050 / 0.05 - QUIET)
    step(0.9)
    assert taken == []
    step(0.1)
    assert len(taken) == 1


def test_a_spent_budget_is_waited_for_also_before_anything_changes(
    shown, step, follower, clock
):
    follower.budget.spend(BURST + 0.010, clock.now)

    assert step() == pytest.approx(0.010 / 0.05)
    assert follower.budget_spent

    assert step(0.010 / 0.05 + 0.001) is None
    assert not follower.budget_spent


@pytest.fixture
def waits(follower):
    """Have the program wait for its windows."""
    with follower.activity.waiting(None):
        yield


def test_a_program_at_rest_is_followed_beyond_the_budget(
    waits, shown, step, taken, change, follower, clock
):
    follower.budget.spend(BURST + 1.0, clock.now)
    change()
    step()
    assert step(QUIET) <= LOOK
    assert not follower.budget_spent  # a change is looked at at once

    step(LOOK)

    assert len(taken) == 1
    assert follower.budget.wait(clock.now) == 0


def test_a_program_whose_other_threads_work_is_not_at_rest(
    waits, shown, step, taken, change, follower, clock
):
    follower.budget.spend(BURST + 0.050, clock.now)
    change()
    step()
    for _ in range(5):
        clock.others += LOOK / 2
        step(LOOK)
    assert taken == []

    step(0.050 / 0.05)  # what it would have been without
    assert len(taken) == 1


def test_a_figure_whose_state_is_held_back_for_long_says_so_once(
    shown, step, change, follower, followed, clock, taken
):
    follower.budget.spend(BURST + 0.150, clock.now)
    change()
    step()
    step(QUIET)
    assert not followed.delivery.behind
    assert followed.outbox.waiting() == []

    assert step(BEHIND) > BEHIND
    assert followed.delivery.behind
    behind = FigureBehind(followed.window_id)
    assert followed.outbox.waiting() == [(FigureBehind, behind)]

    step(2.1)
    assert len(taken) == 1
    assert not followed.delivery.behind


def test_a_blocked_figure_is_looked_at_when_it_is_late(
    shown, step, change, follower, clock
):
    follower.budget.spend(BURST + 1.0, clock.now)
    change()
    step()

    assert step(QUIET) <= BEHIND
