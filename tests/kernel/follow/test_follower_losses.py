"""A snapshot counts only if nothing happened to the figure meanwhile."""

from __future__ import annotations

import io
import threading

import pytest
from handhost import LIMIT
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from jlab_qtwindows.kernel.follow.contents import Held
from jlab_qtwindows.kernel.follow.follower import (
    HUNT,
    LOSSES_BEFORE_TRAP,
    RETRY,
    Follower,
)
from jlab_qtwindows.kernel.follow.pace import QUIET
from jlab_qtwindows.kernel.follow.trap import Catch, SafePointTrap


class Meddling(Line2D):
    """A line that does something while it is being pickled."""

    action = staticmethod(lambda: None)

    def __getstate__(self):
        Meddling.action()
        return super().__getstate__()


class PlayedTrap(SafePointTrap):
    """The real one, until a test says what comes of it; notes what is asked of it."""

    def __init__(self):
        super().__init__()
        self.patience = HUNT
        self.actions = []
        self.answers = []  # the last one counts

    def set_and_wait(self, action, figure, timeout, *, ask_main=True):
        assert timeout == HUNT
        self.actions.append(action)
        if self.answers:
            return self.answers[-1]
        return super().set_and_wait(action, figure, self.patience, ask_main=ask_main)


@pytest.fixture
def trap():
    return PlayedTrap()


@pytest.fixture
def meddle(figure, monkeypatch):
    """Return a function that sets what happens during each snapshot."""
    figure.axes[0].add_artist(Meddling([0, 1], [0, 1]))

    def set_action(action):
        monkeypatch.setattr(Meddling, "action", staticmethod(action))

    return set_action


@pytest.fixture
def attempt(meddle, follower, followed, clock):
    """Return a function that makes one attempt at the dirty figure."""
    followed.request()
    follower.step([followed], clock.now)
    clock.now += QUIET

    def look():
        wait = follower.step([followed], clock.now)
        clock.now += RETRY
        return wait

    return look


def in_another_thread(function):
    def run():
        thread = threading.Thread(target=function)
        thread.start()
        thread.join(LIMIT)

    return run


def test_an_undisturbed_snapshot_counts(attempt, taken, followed):
    attempt()

    assert taken == [followed]
    assert not followed.changes.dirty


def test_a_change_by_another_thread_makes_it_worthless(
    attempt, meddle, taken, followed, figure
):
    line = figure.axes[0].lines[0]
    meddle(in_another_thread(lambda: line.set_color("red")))

    assert attempt() == RETRY

    assert taken == []
    assert followed.changes.dirty


def test_a_change_counts_also_while_interactive_mode_is_off(
    attempt, meddle, taken, followed, figure
):
    import matplotlib as mpl

    mpl.interactive(False)
    line = figure.axes[0].lines[0]
    meddle(in_another_thread(lambda: line.set_color("red")))

    attempt()

    assert taken == []
    assert followed.changes.dirty


def test_a_thread_that_enters_matplotlib_makes_it_worthless(
    attempt, meddle, taken, followed, blocked_inside
):
    meddle(blocked_inside)

    attempt()

    assert taken == []
    assert followed.changes.dirty


def test_no_snapshot_is_begun_while_a_thread_is_inside_matplotlib(
    attempt, meddle, taken, followed, blocked_inside
):
    begun = []
    meddle(lambda: begun.append(1))
    leave = blocked_inside()

    attempt()
    assert begun == []
    assert taken == []

    leave()
    attempt()
    assert taken == [followed]


def test_a_thread_that_saves_another_figure_is_in_nobodys_way(attempt, taken, followed):
    entered, release = threading.Event(), threading.Event()

    def slow_label(value, position):
        entered.set()
        release.wait(LIMIT)
        return ""

    other = Figure()
    other.add_subplot().xaxis.set_major_formatter(slow_label)
    thread = threading.Thread(target=other.savefig, args=[io.BytesIO()])
    thread.start()
    try:
        assert entered.wait(LIMIT)
        attempt()
        assert taken == [followed]
    finally:
        release.set()
        thread.join(LIMIT)


def test_a_lost_snapshot_is_tried_again(
    attempt, meddle, taken, followed, figure, clock
):
    line = figure.axes[0].lines[0]
    meddle(in_another_thread(lambda: line.set_color("red")))
    attempt()
    attempt()

    meddle(lambda: None)
    clock.now += QUIET
    attempt()

    assert taken == [followed]
    assert followed.pace.losses == 0


def test_our_own_rendering_is_no_change(attempt, meddle, taken, followed, figure):
    line = figure.axes[0].lines[0]
    meddle(lambda: line.set_color("red"))  # in our thread: as Agg does when it draws

    attempt()

    assert taken == [followed]


def test_an_interrupt_during_a_snapshot_loses_no_change(
    attempt, meddle, taken, taker, followed
):
    def interrupt():
        raise KeyboardInterrupt

    meddle(interrupt)

    with pytest.raises(KeyboardInterrupt):
        taker.take_now(followed)

    assert followed.changes.dirty
    meddle(lambda: None)
    attempt()
    assert taken == [followed]


def test_only_one_thread_takes_at_a_time(attempt, meddle, taken, taker, followed):
    results = []
    meddle(in_another_thread(lambda: results.append(taker.take_now(followed))))

    attempt()

    assert results == [False]
    assert taken == [followed]


def test_a_figure_without_a_safe_point_is_taken_where_the_thread_comes_out(
    attempt, taken, followed, inside_matplotlib
):
    def lose():
        # The main thread is inside Matplotlib, where a snapshot would be torn.
        for _ in range(LOSSES_BEFORE_TRAP + 1):
            attempt()
        assert taken == []

    inside_matplotlib(in_another_thread(lose))

    assert taken == [followed]


class NoSafePoint:
    """Threads that are never all outside of Matplotlib; notes what is waited for."""

    def __init__(self):
        self.waits = []

    def all_clear(self, figure=None):
        return False

    def wait_until_clear(self, timeout, figure=None):
        self.waits.append((timeout, figure))
        return False


def test_the_trap_is_set_after_a_few_looks_without_a_safe_point(
    followed, taker, clock, taken, trap
):
    points = NoSafePoint()
    follower = Follower(taker, trap, points=points)
    trap.answers.append(Catch.DONE)
    followed.request()
    follower.step([followed], clock.now)
    clock.now += QUIET

    for _ in range(LOSSES_BEFORE_TRAP + 1):
        assert taken == trap.actions == []
        follower.step([followed], clock.now)
        clock.now += RETRY

    assert points.waits == [(HUNT, followed.figure)] * LOSSES_BEFORE_TRAP
    assert len(trap.actions) == 1


@pytest.fixture
def lost_once(attempt, meddle, figure, clock):
    """A snapshot that another thread made worthless; the figure is quiet again."""
    line = figure.axes[0].lines[0]
    meddle(in_another_thread(lambda: line.set_color("red")))
    attempt()
    meddle(lambda: None)
    attempt()  # it sees the change
    clock.now += QUIET


@pytest.fixture
def sprung(trap):
    """The trap, by which no thread comes unless the test says so."""
    trap.answers.append(Catch.NOT_YET)
    return trap


def test_a_finished_snapshot_is_lost_once_and_the_next_is_the_busy_threads(
    lost_once, attempt, taken, sprung
):
    sprung.answers.append(Catch.IN_VAIN)

    assert attempt() == RETRY

    assert len(sprung.actions) == 1
    assert taken == []


def test_the_io_thread_takes_it_where_no_thread_comes_by(
    lost_once, attempt, taken, followed, sprung
):
    attempt()

    assert len(sprung.actions) == 1
    assert taken == [followed]


def test_a_busy_thread_that_came_at_a_wrong_moment_is_asked_again(
    lost_once, attempt, taken, sprung
):
    sprung.answers.append(Catch.IN_VAIN)

    attempt()
    attempt()

    assert len(sprung.actions) == 2
    assert taken == []


def test_a_thread_that_comes_by_late_takes_no_state_that_is_shown_already(
    lost_once, attempt, taken, followed, sprung
):
    attempt()
    assert taken == [followed]

    assert sprung.actions[0]() is Catch.IN_VAIN

    assert taken == [followed]


def test_a_program_that_rests_between_clear_and_plot_is_taken_after_plot(
    figure, follower, followed, taken, clock, trap
):
    trap.patience = LIMIT  # however long this thread waits for a processor
    axes = figure.axes[0]
    followed.contents.shown = Held.by(figure)
    axes.clear()
    follower.step([followed], clock.now)
    clock.now += QUIET
    follower.step([followed], clock.now)  # here it rests, and nothing is to be shown
    assert taken == []
    clock.now += RETRY
    looking = threading.Thread(target=lambda: follower.step([followed], clock.now))
    looking.start()
    while followed.changes.on_next is None:
        assert looking.is_alive()

    axes.plot([1, 2, 3])

    looking.join(LIMIT)
    assert taken == [followed]
