"""Which state of a figure is shown, and when."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from jlab_qtwindows.kernel.follow.budget import BURST
from jlab_qtwindows.kernel.follow.contents import EMPTY_HOLD, EMPTY_HOLD_AT_REST
from jlab_qtwindows.kernel.follow.follower import BEHIND, RETRY
from jlab_qtwindows.kernel.follow.pace import MAX_AGE, QUIET, REBUILT_INTERVAL
from jlab_qtwindows.kernel.follow.taker import MOST_REFUNDS
from jlab_qtwindows.kernel.process import activity as activity_module
from jlab_qtwindows.kernel.process import identity
from jlab_qtwindows.kernel.process.activity import LOOK
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, Snapshot
from jlab_qtwindows.protocol.errors import FigureNotTransferable
from jlab_qtwindows.protocol.messages import FigureBehind

MS = 0.001


@pytest.fixture
def line(figure):
    return figure.axes[0].lines[0]


@pytest.fixture
def step(follower, clock, followed):
    """Return a function that lets time pass and looks once."""

    def look(seconds=0.0):
        clock.now += seconds
        return follower.step([followed], clock.now)

    return look


@pytest.fixture
def shown(followed, step, taken, clock):
    """Bring the first state to the screen, long ago."""
    followed.request()
    step()
    step(QUIET)
    assert taken == [followed]
    taken.clear()
    clock.now += 10


def change(line):
    line.set_ydata([3, 2, 1])
    line.figure.stale = False  # each change is reported, as after a draw
    line.stale = line.axes.stale = False


# -- when ------------------------------------------------------------------------------


def test_a_figure_without_changes_is_left_alone(shown, step, taken):
    assert step() is None
    assert taken == []


def test_a_change_is_shown_when_the_figure_is_quiet(shown, step, taken, line):
    change(line)

    assert step() == pytest.approx(QUIET)
    step(QUIET - 1 * MS)
    assert taken == []
    step(1 * MS)
    assert len(taken) == 1


def test_a_further_change_begins_the_quiet_time_again(shown, step, taken, line):
    change(line)
    step()
    step(10 * MS)

    change(line)
    step()

    step(QUIET - 1 * MS)
    assert taken == []
    step(1 * MS)
    assert len(taken) == 1


def test_data_that_never_rests_is_shown_at_the_frame_rate(
    shown, step, taken, line, clock, follower
):
    follower.settings.fps = 20
    change(line)
    step()
    began = clock.now

    while not taken:
        change(line)
        step(5 * MS)

    assert clock.now - began == pytest.approx(1 / 20, abs=5 * MS)


def test_a_figure_that_is_rebuilt_gets_longer_to_finish(
    shown, step, taken, clock, line
):
    began = clock.now

    while not taken:
        line.axes.plot([1, 2])
        change(line)
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


def test_frames_come_no_faster_than_asked_for(shown, step, taken, line, follower):
    follower.settings.fps = 4
    change(line)
    step()
    step(QUIET)
    taken.clear()

    change(line)
    step()

    assert step(QUIET) == pytest.approx(0.250 - QUIET)
    step(0.250 - QUIET - 1 * MS)
    assert taken == []
    step(1 * MS)
    assert len(taken) == 1


def test_a_figure_without_a_window_is_not_taken(followed, step, taken):
    followed.opened = False
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
    shown, step, taken, line, followed, follower
):
    followed.changes.frames_marked_in = follower.activity.episode()

    for _ in range(200):
        change(line)
        step(5 * MS)
    assert taken == []

    step(QUIET)
    assert len(taken) == 1


def test_marks_of_an_earlier_callback_do_not_count(
    shown, step, taken, line, followed, follower
):
    with follower.activity.running():
        followed.changes.frames_marked_in = follower.activity.episode()

    with follower.activity.running():
        for _ in range(200):
            change(line)
            step(5 * MS)

    assert taken


def test_marks_of_an_earlier_cell_do_not_count(
    shown, step, taken, line, followed, follower, monkeypatch
):
    followed.changes.frames_marked_in = follower.activity.episode()
    monkeypatch.setattr(identity, "cell_number", lambda: 99)

    for _ in range(200):
        change(line)
        step(5 * MS)

    assert taken


def test_a_held_figure_waits(shown, step, taken, line, followed):
    followed.holds = 1
    change(line)

    assert step() is None
    assert step(60.0) is None
    assert taken == []

    followed.holds = 0
    step()
    step(QUIET)
    assert len(taken) == 1


def test_a_state_on_its_way_blocks_the_next_one(shown, step, taken, line, followed):
    followed.delivery.in_flight = 1
    change(line)

    assert step() is None
    assert step(1.0) is None
    assert taken == []

    followed.delivery.in_flight = None
    step()
    assert len(taken) == 1


# -- the budget ------------------------------------------------------------------------


def test_an_overdrawn_budget_blocks(shown, step, taken, line, follower, clock):
    follower.budget.spend(BURST + 0.050, clock.now)
    change(line)
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


@pytest.fixture
def rest(follower, monkeypatch):
    """Return the clock of the program, which waits for its windows and does nothing."""
    program = SimpleNamespace(cpu=0.0)
    monkeypatch.setattr(
        activity_module,
        "time",
        SimpleNamespace(
            monotonic=lambda: 0.0,
            process_time=lambda: program.cpu,
            thread_time=lambda: 0.0,
        ),
    )
    with follower.activity.waiting(None):
        yield program


def test_a_program_at_rest_is_followed_beyond_the_budget(
    rest, shown, step, taken, line, follower, clock
):
    follower.budget.spend(BURST + 1.0, clock.now)
    change(line)
    step()
    assert step(QUIET) <= LOOK
    assert not follower.budget_spent  # a change is looked at at once

    step(LOOK)

    assert len(taken) == 1
    assert follower.budget.wait(clock.now) == 0


def test_a_program_whose_other_threads_work_is_not_at_rest(
    rest, shown, step, taken, line, follower, clock
):
    follower.budget.spend(BURST + 0.050, clock.now)
    change(line)
    step()
    for _ in range(5):
        rest.cpu += LOOK / 2
        step(LOOK)
    assert taken == []

    step(0.050 / 0.05)  # what it would have been without
    assert len(taken) == 1


def test_a_figure_whose_state_is_held_back_for_long_says_so_once(
    shown, step, line, follower, followed, clock, taken
):
    follower.budget.spend(BURST + 0.150, clock.now)
    change(line)
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
    shown, step, line, follower, clock
):
    follower.budget.spend(BURST + 1.0, clock.now)
    change(line)
    step()

    assert step(QUIET) <= BEHIND


# -- clear and plot again --------------------------------------------------------------


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


# -- the calling thread ----------------------------------------------------------------


def test_the_calling_thread_takes_its_state_at_once(shown, taker, followed, taken):
    followed.request()

    assert taker.take_now(followed)
    assert taken == [followed]
    assert not followed.changes.dirty


@pytest.mark.parametrize(
    "obstruct",
    [
        lambda followed: setattr(followed, "opened", False),
        lambda followed: setattr(followed, "holds", 1),
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


# -- after a snapshot ------------------------------------------------------------------


def test_a_figure_that_was_taken_is_no_longer_stale(shown, step, figure, line):
    line.set_ydata([3, 2, 1])
    assert figure.stale

    step()
    step(QUIET)

    assert not figure.stale


def test_the_age_of_a_state_is_counted_from_its_newest_change(
    shown, step, line, taker, clock
):
    snapshots = []
    taker.on_taken = lambda followed, snapshot: snapshots.append(snapshot)
    change(line)
    step()
    change(line)
    step(QUIET / 2)
    began = clock.now

    step(QUIET)

    assert [snapshot.since for snapshot in snapshots] == [began]


# -- the ladder ------------------------------------------------------------------------


def test_a_figure_that_cannot_be_pickled_goes_down_the_ladder(
    followed, follower, clock, taken, figure
):
    figure.axes[0].xaxis.set_major_formatter(lambda x, pos: "label")
    followed.request()
    follower.step([followed], clock.now)

    for _ in range(3):
        clock.now += QUIET
        follower.step([followed], clock.now)

    assert taken == [followed]
    assert followed.ladder.rung is Rung.MIRROR_BY_VALUE
    assert "lambda" in followed.ladder.reason


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
    followed, follower, clock, monkeypatch, taker
):
    def fail(figure, rung):
        clock.cpu += 0.250
        raise FigureNotTransferable("the program's own")

    taker.take = fail

    for _ in range(MOST_REFUNDS + 1):
        followed.ladder.rung = Rung.MIRROR
        taker.take_now(followed)

    assert follower.budget.wait(clock.now) > 0
    monkeypatch.setattr(identity, "cell_number", lambda: 99)
    followed.ladder.rung = Rung.MIRROR
    clock.now += 60
    taker.take_now(followed)
    assert follower.budget.wait(clock.now) == 0


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
    assert caplog.text.count("Traceback") == 1
    monkeypatch.undo()
    followed.request()
    clock.now += 1
    assert taker.take_now(followed)


def test_a_figure_that_nothing_can_show_waits_for_its_next_change(
    followed, follower, clock, taken, figure
):
    def broken(renderer):
        raise RuntimeError("cannot be drawn")

    followed.ladder.rung = Rung.FRAMES
    figure.axes[0].lines[0].draw = broken
    followed.request()
    follower.step([followed], clock.now)

    clock.now += QUIET
    follower.step([followed], clock.now)

    assert taken == []
    assert "cannot be drawn" in followed.delivery.draw_error
    assert not followed.changes.dirty
    assert follower.step([followed], clock.now + RETRY) is None
