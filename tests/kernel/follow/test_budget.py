"""The follower spends its share of the time and no more."""

from __future__ import annotations

import gc

import pytest

from jlab_qtwindows.kernel.follow.budget import BURST, Budget, FollowerSettings


@pytest.fixture
def budget():
    return Budget(FollowerSettings(budget=0.05))


def test_a_new_budget_allows_a_snapshot_at_once(budget):
    assert budget.wait(1000.0) == 0


def test_what_was_saved_up_covers_a_large_figure(budget):
    budget.wait(1000.0)

    budget.spend(BURST, 1000.0)

    assert budget.wait(1000.0) == 0


def test_an_overdraft_is_paid_back_by_waiting(budget):
    budget.wait(1000.0)

    budget.spend(BURST + 0.010, 1000.0)

    assert budget.wait(1000.0) == pytest.approx(0.010 / 0.05)
    assert budget.wait(1000.1) == pytest.approx(0.010 / 0.05 - 0.1)
    assert budget.wait(1000.2) == pytest.approx(0.0, abs=1e-9)


def test_a_long_pause_saves_up_one_burst_only(budget):
    budget.wait(1000.0)

    budget.spend(BURST + 0.010, 1_000_000.0)

    assert budget.wait(1_000_000.0) == pytest.approx(0.010 / 0.05)


def test_a_busy_loop_spends_its_share_in_the_long_run(budget):
    now, spent = 1000.0, 0.0

    while now < 1060.0:
        now += max(budget.wait(now), 0.001)
        if budget.wait(now) == 0:
            budget.spend(0.008, now)
            spent += 0.008

    assert spent / 60.0 == pytest.approx(0.05, abs=0.002)


def test_a_clock_that_goes_back_earns_nothing(budget):
    budget.wait(1000.0)
    budget.spend(BURST + 0.010, 1000.0)

    assert budget.wait(999.0) == pytest.approx(0.010 / 0.05)


def test_a_new_setting_counts_at_once():
    settings = FollowerSettings(budget=0.05)
    budget = Budget(settings)
    budget.wait(1000.0)
    budget.spend(BURST + 0.010, 1000.0)

    settings.budget = 0.5

    assert budget.wait(1000.0) == pytest.approx(0.020)


def test_overhead_is_the_share_of_recent_time(budget):
    budget.spend(0.05, 1000.05)
    budget.spend(0.05, 1001.0)

    assert budget.overhead(1002.0) == pytest.approx(0.05)


def test_overhead_is_not_told_before_there_is_enough_to_tell(budget):
    assert budget.overhead(1000.0) == 0

    budget.spend(0.02, 1000.02)

    assert budget.overhead(1000.03) == 0


def test_overhead_forgets_what_is_long_ago(budget):
    budget.overhead(1000.0)
    budget.spend(1.0, 1000.0)

    for second in range(1, 31):
        budget.overhead(1000.0 + second)

    assert budget.overhead(1031.0) < 0.01


def test_the_calling_threads_time_is_charged_and_no_collection_of_garbage(clock):
    budget = Budget(FollowerSettings(budget=0.05), clock)
    before = gc.get_threshold()

    with budget.charged():
        assert gc.get_threshold()[0] == 0  # as Python says that none begins
        clock.cpu += BURST + 0.010
        clock.others += 1.0

    assert gc.get_threshold() == before
    assert budget.wait(1000.0) == pytest.approx(0.010 / 0.05)
