"""One state of a figure is on its way at most, whoever takes it."""

from __future__ import annotations

import pytest

from jlab_qtwindows.kernel.follow.flowcontrol import may_send, may_take
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, Snapshot

STATE = Snapshot(Rung.MIRROR, (), 1, 1)


def test_a_state_of_a_figure_with_a_window_may_be_taken_and_none_waits_to_go(followed):
    assert may_take(followed)
    assert not may_send(followed)


def test_a_state_that_was_taken_goes_before_the_next_is_taken(followed):
    followed.put_waiting(STATE)

    assert may_send(followed)
    assert not may_take(followed)


def test_until_the_host_has_taken_a_state_none_is_taken_or_sent(followed):
    followed.delivery.depart(STATE)
    assert not may_take(followed)

    followed.put_waiting(STATE)
    assert not may_send(followed)

    followed.delivery.arrive(followed.delivery.revision)
    assert may_send(followed)


def test_what_a_cell_leaves_is_taken_in_place_of_what_waits(followed):
    followed.delivery.depart(STATE)
    followed.put_waiting(STATE)

    assert may_take(followed, leaves_cell=True)


@pytest.mark.parametrize("leaves_cell", [False, True])
def test_nothing_is_taken_of_what_the_program_holds(followed, leaves_cell):
    with followed.held():
        assert not may_take(followed, leaves_cell=leaves_cell)
    assert may_take(followed, leaves_cell=leaves_cell)


@pytest.mark.parametrize("leaves_cell", [False, True])
def test_nothing_is_taken_or_sent_without_a_window(followed, leaves_cell):
    followed.put_waiting(STATE)
    followed.window.opened = False

    assert not may_take(followed, leaves_cell=leaves_cell)
    assert not may_send(followed)


def test_the_follower_leaves_a_state_alone_that_waits_to_be_sent(
    shown, step, taken, change, followed
):
    followed.put_waiting(STATE)
    change()

    assert step() is None
    assert step(1.0) is None
    assert taken == []

    followed.outbox.pop_state()
    step()
    assert taken == [followed]
