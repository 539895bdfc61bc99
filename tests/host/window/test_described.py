"""What a kernel is told of its window gives the words that the status bar has."""

from __future__ import annotations

import pytest
from peer import PEER
from PyQt5.QtCore import QTimer

from jlab_qtwindows.host.window import liveness, windowmodel
from jlab_qtwindows.kernel.follow.followed import FollowedFigure
from jlab_qtwindows.kernel.snapshot.snapshot import Rung
from jlab_qtwindows.kernel.windowinfo import WindowInfo
from jlab_qtwindows.protocol.messages import FigureShown, UpdateTaken


@pytest.fixture
def present(window, update_of, make_figure):
    """Return a function that hands the window its next state."""
    revisions = iter(range(1, 1000))

    def put():
        window.content.present(
            update_of(make_figure(), next(revisions), window.window_id)
        )

    return put


@pytest.fixture
def table(told, make_figure):
    """Return a function that gives the state in the kernel's table."""
    followed = FollowedFigure(make_figure(), 1, lambda: None, lambda: None)

    def state():
        while told:
            message = told.pop(0)
            if isinstance(message, FigureShown):
                followed.delivery.on_shown(message)
            else:
                assert isinstance(message, UpdateTaken)
        if told.described:
            followed.delivery.describe(told.described[-1])
        return WindowInfo.of(followed, Rung.MIRROR, "").state

    return state


def both(window, table):
    """Return the words of the status bar, and those of the table."""
    window._report()  # as it does by itself in a moment
    words = [w for w in window.status.state.split(" · ") if not w.endswith("/s")]
    return " · ".join(words), table()


def test_a_frozen_window_is_called_so_with_what_waits(window, present, table):
    present()
    assert both(window, table) == ("live", "live")

    window.buttons.freeze.setChecked(True)
    assert both(window, table) == ("frozen", "frozen")

    present()
    waits = "frozen, 1 update waits"
    assert both(window, table) == (waits, waits)

    window.buttons.freeze.setChecked(False)
    assert both(window, table) == ("live", "live")


def test_a_drawing_that_fails_later_is_told_in_both_and_so_is_its_cure(
    window, present, table
):
    present()
    figure = window.canvas.figure
    draw = figure.axes[0].draw

    def fail(renderer):
        raise RuntimeError("no")

    figure.axes[0].draw = fail
    window.canvas.draw()  # as for a paint event
    fails = "cannot be drawn: RuntimeError: no"
    assert both(window, table) == (fails, fails)

    figure.axes[0].draw = draw
    window.canvas.draw()
    assert both(window, table) == ("live", "live")


def test_a_window_that_is_slow_says_why_in_both(window, present, table, monkeypatch):
    present()
    monkeypatch.setattr(windowmodel, "SLOW", 0.0)
    window.canvas.draw_seconds = 3.0

    slow = "live · drawing takes 3.0 s"
    assert both(window, table) == (slow, slow)


def test_a_size_that_does_not_fit_is_said_in_both(window, present, table):
    present()
    window.presence.resize(30_000, 30_000)

    bar, in_table = both(window, table)

    assert "30000 x 30000 px do not fit the screen" in bar
    assert in_table == bar


def test_a_window_that_is_minimized_is_told_to_the_panel(
    window, present, events, qtbot, monkeypatch
):
    monkeypatch.setattr(liveness, "_LIVE_MS", 10)
    present()
    qtbot.waitUntil(lambda: window.status.state == "up to date")
    timers = window.window.findChildren(QTimer)
    # Nothing else will be a reason to tell how it stands.
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in timers))

    window.window.showMinimized()

    qtbot.waitUntil(lambda: events[-1][1]["minimized"])
    assert events[-1][0] == "changed"


def test_an_ordinary_window_tells_nothing_of_it(window, present, told):
    present()
    window._report()

    assert told.described == []


def test_the_same_is_told_once(window, present, told):
    present()
    window.buttons.freeze.setChecked(True)
    window._report()
    window._report()

    assert len(told.described) == 1


def test_a_kernel_that_comes_back_is_told_again(window, present, told):
    present()
    window.buttons.freeze.setChecked(True)
    window.detach()
    window.buttons.freeze.setChecked(False)  # nobody hears of it
    assert [message.frozen for message in told.described] == [True]

    window.reattach(PEER)
    window._report()

    assert [message.frozen for message in told.described] == [True, False]
