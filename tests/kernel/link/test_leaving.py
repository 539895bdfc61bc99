"""What a program has drawn has left it when it goes on, whatever it does then."""

from __future__ import annotations

import pickle
import time
from types import SimpleNamespace

import pytest
from handhost import LIMIT

from jlab_qtwindows.kernel.link import leaving
from jlab_qtwindows.kernel.process import identity
from jlab_qtwindows.protocol.messages import UpdateFigure, UpdateTaken


@pytest.fixture
def line(plt, host):
    """A line that is shown; the host waits for no more."""
    line = plt.figure().add_subplot().plot([1, 2, 3])[0]
    host.welcome()
    host.show()
    return line


@pytest.fixture
def followed(line, client, eventually):
    followed = line.figure.canvas.followed
    eventually(lambda: followed.delivery.shown)
    client.leaving._let_go_at = 0.0  # as long after
    return followed


@pytest.fixture
def generous(monkeypatch):
    """Let no busy machine end a wait that is over at once otherwise."""
    monkeypatch.setattr(leaving, "LONGEST", LIMIT)


def has_left(followed):
    waits = followed.outbox.state is not None or followed.delivery.sending
    return not waits and not followed.changes.dirty


@pytest.mark.parametrize(
    "show",
    [
        lambda plt: (plt.gcf().canvas.draw(), plt.gcf().canvas.flush_events()),
        lambda plt: (plt.gcf().canvas.draw_idle(), plt.gcf().canvas.flush_events()),
        lambda plt: plt.pause(0.001),
        lambda plt: plt.show(block=False),
        lambda plt: plt.show(),
    ],
    ids=["draw", "draw_idle", "pause", "show", "show in a kernel"],
)
def test_a_state_has_left_when_the_call_returns(
    show, plt, host, followed, line, generous, monkeypatch
):
    monkeypatch.setattr(identity, "ipython", lambda: SimpleNamespace(kernel=True))
    before = followed.delivery.revision
    line.set_ydata([4, 5, 6])

    show(plt)

    assert has_left(followed)
    assert followed.delivery.revision == before + 1


def test_in_a_loop_each_state_that_was_taken_has_left(
    plt, host, followed, line, generous, client
):
    client.follower.settings.fps = 1e6
    client.follower.settings.budget = 1.0
    for turn in range(20):
        line.set_ydata([turn, 5, 6])
        line.figure.canvas.draw()
        taken = followed.outbox.state is not None or followed.delivery.sending
        line.figure.canvas.flush_events()

        assert followed.outbox.state is None or not taken
        host.send(UpdateTaken(followed.window_id, followed.delivery.revision))
    assert followed.delivery.revision > 1


def test_nothing_is_waited_for_where_nothing_waits(followed, client, monkeypatch):
    monkeypatch.setattr(client.leaving._looked, "wait", None)  # it is not called

    client.leaving.let_go()


def test_a_loop_waits_for_no_state_that_may_not_be_taken_yet(
    followed, line, client, monkeypatch
):
    client.leaving.let_go()
    monkeypatch.setattr(client.leaving._looked, "wait", None)
    followed.delivery.in_flight = 99
    line.set_ydata([4, 5, 6])

    line.figure.canvas.draw()
    line.figure.canvas.flush_events()

    assert followed.changes.dirty


def test_a_host_that_takes_nothing_is_waited_for_a_short_time_and_seldom(
    followed, line, client, monkeypatch
):
    waits = []
    wait = client.leaving._looked.wait
    monkeypatch.setattr(
        client.leaving._looked, "wait", lambda left: waits.append(left) or wait(left)
    )
    monkeypatch.setattr(leaving, "SELDOM", 0.0)
    followed.delivery.in_flight = 99
    line.set_ydata([4, 5, 6])
    began = time.monotonic()

    client.leaving.let_go()
    assert waits
    assert max(waits) <= leaving.LONGEST

    again = client.leaving._waits_again_at - time.monotonic()
    assert again > leaving.LONGEST / client.follower.settings.budget * 0.5
    count = len(waits)
    while time.monotonic() - began < 2 * leaving.LONGEST:
        client.leaving.let_go()
    assert len(waits) == count


def test_without_a_host_nothing_is_waited_for(pyplot, client, monkeypatch):
    pyplot.ion()
    canvas = pyplot.figure().canvas
    monkeypatch.setattr(client.leaving._looked, "wait", None)

    canvas.draw()
    canvas.flush_events()

    assert canvas.followed.outbox.state is not None or canvas.followed.changes.dirty


def test_the_state_that_has_left_is_the_one_drawn(host, followed, line, generous):
    line.set_ydata([4, 5, 6])
    line.figure.canvas.draw()
    line.figure.canvas.flush_events()
    line.set_ydata([7, 8, 9])

    _, (head, *_) = host.receive(UpdateFigure)

    state = pickle.loads(head)
    assert list(state["figure"].axes[0].lines[0].get_ydata()) == [4, 5, 6]
