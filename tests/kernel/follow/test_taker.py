"""A state is taken in the calling thread, and what it costs is paid for."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from jlab_qtwindows.kernel.follow.budget import BURST
from jlab_qtwindows.kernel.follow.pace import QUIET
from jlab_qtwindows.kernel.follow.taker import MOST_REFUNDS
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, Snapshot
from jlab_qtwindows.protocol.errors import FigureNotTransferable


def test_the_calling_thread_takes_its_state_at_once(shown, taker, followed, taken):
    followed.request()

    assert taker.take_now(followed)
    assert taken == [followed]
    assert not followed.changes.dirty


@pytest.mark.parametrize(
    "obstruct",
    [
        lambda followed: setattr(followed.window, "opened", False),
        lambda followed: setattr(followed.changes, "holds", 1),
        lambda followed: setattr(followed.delivery, "in_flight", 3),
        lambda followed: followed.put_waiting(object()),
    ],
    ids=["not open", "held", "in flight", "waiting"],
)
def test_flow_control_stops_the_calling_thread_too(
    shown, taker, followed, taken, obstruct
):
    followed.request()
    obstruct(followed)

    assert not taker.take_now(followed)
    assert taken == []
    assert followed.changes.dirty


def test_the_calling_thread_keeps_to_the_frame_rate(
    shown, follower, followed, clock, taker
):
    assert taker.take_now(followed)

    clock.now += 0.5 / follower.settings.fps
    assert not taker.take_now(followed)
    clock.now += 0.6 / follower.settings.fps
    assert taker.take_now(followed)


def test_the_calling_thread_keeps_to_the_budget(
    shown, follower, followed, clock, taker
):
    follower.budget.spend(1.0, clock.now)

    assert not taker.take_now(followed)


# -- the budget ------------------------------------------------------------------------


@pytest.mark.parametrize("lost", [False, True], ids=["taken", "lost"])
def test_the_calling_threads_time_is_spent(
    shown, follower, followed, clock, taken, lost, taker
):
    def take_a_quarter_second(figure, rung):
        clock.cpu += 0.250
        if lost:
            followed.changes.newest = -1
        return Snapshot(rung, (), 1, 1)

    taker.take = take_a_quarter_second

    taker.take_now(followed)

    assert follower.budget.wait(clock.now) == pytest.approx((0.250 - BURST) / 0.05)


def test_a_rung_that_cannot_carry_a_figure_holds_no_other_back(
    followed, follower, clock, taker
):
    def fail(figure, rung):
        clock.cpu += 0.250
        raise FigureNotTransferable("the program's own")

    taker.take = fail

    for rung in (Rung.MIRROR, Rung.MIRROR_BY_VALUE):
        assert followed.ladder.rung is rung
        taker.take_now(followed)
        assert follower.budget.wait(clock.now) == 0


def test_a_cell_that_makes_such_figures_without_end_pays(
    followed, follower, clock, cell, taker
):
    def fail(figure, rung):
        clock.cpu += 0.250
        raise FigureNotTransferable("the program's own")

    taker.take = fail

    for _ in range(MOST_REFUNDS + 1):
        followed.ladder.rung = Rung.MIRROR
        taker.take_now(followed)

    assert follower.budget.wait(clock.now) > 0
    cell.number += 1
    followed.ladder.rung = Rung.MIRROR
    clock.now += 60
    taker.take_now(followed)
    assert follower.budget.wait(clock.now) == 0


# -- after a snapshot ------------------------------------------------------------------


def test_a_figure_that_was_taken_is_no_longer_stale(shown, step, figure, line):
    line.set_ydata([3, 2, 1])
    assert figure.stale

    step()
    step(QUIET)

    assert not figure.stale


def test_the_age_of_a_state_is_counted_from_its_newest_change(
    shown, step, change, taker, clock
):
    snapshots = []
    taker.on_taken = lambda followed, snapshot: snapshots.append(snapshot)
    change()
    step()
    change()
    step(QUIET / 2)
    began = clock.now

    step(QUIET)

    assert [snapshot.since for snapshot in snapshots] == [began]


# -- what cannot be taken --------------------------------------------------------------


def test_the_hosts_versions_decide_the_best_rung(followed, taker, clock):
    rungs = []
    taker.take = lambda figure, rung: rungs.append(rung) or Snapshot(rung, (), 1, 1)
    taker.best_rung = Rung.FRAMES

    taker.take_now(followed)

    assert rungs == [Rung.FRAMES]


def test_a_figure_that_does_not_tell_its_axes_is_in_no_others_way(
    followed, follow, follower, clock, taken, figure, monkeypatch
):
    class Reticent(type(figure)):
        @property
        def axes(self):
            raise RuntimeError("only after the measurement")

    monkeypatch.setattr(figure, "__class__", Reticent)
    other = follow(Figure())
    for one in (followed, other):
        one.request()
    for _ in range(6):
        follower.step([followed, other], clock.now)
        clock.now += 1

    assert taken == [other]
    assert "only after the measurement" in followed.delivery.draw_error


def test_no_fault_of_ours_is_raised_into_the_programs_drawing(
    shown, followed, taker, clock, taken, monkeypatch, caplog
):
    def fail(now, *, at_rest):
        raise LookupError("a fault")

    monkeypatch.setattr(followed.contents, "is_freshly_emptied", fail)
    followed.request()

    for _ in range(5):
        clock.now += 1
        assert taker.take_now(followed) is False

    assert "a fault" in followed.delivery.draw_error
    assert not followed.changes.dirty
    assert caplog.text.count("was not taken (LookupError('a fault'))") == 1
    assert "Traceback" not in caplog.text
    monkeypatch.undo()
    followed.request()
    clock.now += 1
    assert taker.take_now(followed)
