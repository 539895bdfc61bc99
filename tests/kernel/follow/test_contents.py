"""A program that clears and plots again does not flicker."""

from __future__ import annotations

import pytest

from jlab_qtwindows.kernel.follow.contents import (
    EMPTY_HOLD,
    EMPTY_HOLD_AT_REST,
    structure_of,
)
from jlab_qtwindows.kernel.follow.follower import RETRY
from jlab_qtwindows.kernel.follow.pace import QUIET, REBUILT_INTERVAL

MS = 0.001


def test_an_emptied_axes_waits_for_its_new_content(shown, step, taken, figure, clock):
    figure.axes[0].clear()
    step()
    step(QUIET)
    assert taken == []

    figure.axes[0].plot([5, 6])
    step()
    step(QUIET)

    assert len(taken) == 1


def test_an_axes_that_stays_empty_is_shown_so(shown, step, taken, figure):
    figure.axes[0].clear()
    step()
    step(QUIET)

    step(EMPTY_HOLD - 1 * MS)
    assert taken == []
    step(1 * MS + RETRY)
    assert len(taken) == 1


def test_a_program_at_rest_says_no_more_and_is_not_waited_for_long(
    shown, step, taken, figure, follower
):
    with follower.activity.waiting(None):
        figure.axes[0].clear()
        step()
        step(QUIET)
        step(EMPTY_HOLD_AT_REST - 1 * MS)
        assert taken == []
        step(1 * MS + RETRY)
        assert len(taken) == 1


def test_a_new_clear_begins_the_wait_again(shown, step, taken, figure):
    figure.axes[0].clear()
    step()
    step(QUIET)
    step(200 * MS)

    figure.axes[0].clear()
    step()
    step(QUIET)

    step(200 * MS)
    assert taken == []
    step(EMPTY_HOLD)
    assert len(taken) == 1


def test_an_axes_that_was_empty_before_does_not_wait(
    follow, follower, clock, taken, figure
):
    figure.axes[0].clear()
    followed = follow(figure)
    followed.request()
    follower.step([followed], clock.now)

    clock.now += QUIET
    follower.step([followed], clock.now)

    assert taken == [followed]


@pytest.fixture
def shown_empty(shown, step, taken, figure):
    """Show the figure with an empty Axes."""
    figure.axes[0].clear()
    step()
    step(QUIET)
    step(EMPTY_HOLD)
    assert len(taken) == 1


def test_an_axes_that_is_shown_empty_and_cleared_again_waits_too(
    shown_empty, step, taken, figure
):
    # A loop that clears, computes and plots would else show nothing but empty states.
    figure.axes[0].clear()
    step()
    step(QUIET)
    step(REBUILT_INTERVAL)
    assert len(taken) == 1

    figure.axes[0].plot([5, 6])
    step()
    step(QUIET)
    assert len(taken) == 2


def test_a_figure_that_is_shown_without_axes_and_cleared_again_waits_too(
    shown, step, taken, figure
):
    figure.clear()
    step()
    step(QUIET)
    step(EMPTY_HOLD)
    assert len(taken) == 1

    figure.clear()
    step()
    step(QUIET)
    step(REBUILT_INTERVAL)
    assert len(taken) == 1

    figure.add_subplot().plot([5, 6])
    step()
    step(QUIET)
    assert len(taken) == 2


def test_another_change_of_an_axes_that_is_shown_empty_does_not_wait(
    shown_empty, step, taken, figure
):
    figure.axes[0].set_title("no data yet")
    step()
    step(1 / 30 + 1 * MS)  # the default of `fps`

    assert len(taken) == 2


def test_a_figure_without_its_axes_counts_as_emptied(shown, step, taken, figure):
    figure.clear()
    step()

    step(QUIET)
    assert taken == []
    step(EMPTY_HOLD)
    assert len(taken) == 1


def test_new_data_keeps_the_structure_and_new_artists_change_it(figure, line):
    before = structure_of(figure)

    line.set_ydata([7, 8, 9])
    assert structure_of(figure) == before

    figure.axes[0].plot([1, 2])
    assert structure_of(figure) != before


def test_a_new_window_of_a_cleared_figure_is_not_left_blank(
    shown, step, taken, figure, followed
):
    figure.clear()
    followed.request()
    followed.restart()  # another host has come, which has shown nothing yet

    step()
    step(QUIET)

    assert len(taken) == 1
