"""A figure that one rung cannot carry travels by the next."""

from __future__ import annotations

from jlab_qtwindows.kernel.follow.follower import RETRY
from jlab_qtwindows.kernel.follow.pace import QUIET
from jlab_qtwindows.kernel.snapshot.snapshot import Rung


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
