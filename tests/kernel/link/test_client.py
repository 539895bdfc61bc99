"""What changes is sent without being asked for, from the first to the last act."""

from __future__ import annotations

import threading
import time

import pytest
from handhost import LIMIT, y_values

from jlab_qtwindows.kernel.follow.budget import BURST
from jlab_qtwindows.kernel.link.client import FigureClient
from jlab_qtwindows.protocol.messages import (
    Hello,
    OpenFigure,
    UpdateFigure,
    UseKeymap,
)

# -- the beginning ---------------------------------------------------------------------


def test_the_servers_doorbell_is_rung_with_the_token(host, client):
    assert host.doorbell.poll(LIMIT * 1000)
    assert host.doorbell.recv() == host.info.token.encode()


def test_the_first_message_says_who_this_is(host, client):
    hello = host.welcome()

    assert hello.token == host.info.token
    assert hello.role == "kernel"
    assert hello.python
    assert hello.pid


def test_a_figure_is_opened_before_its_first_state(host, line, window_id):
    host.welcome()
    update, parts = host.show()

    assert list(map(type, host.seen)) == [Hello, OpenFigure, UseKeymap, UpdateFigure]
    assert host.seen[1].window_id == update.window_id == window_id
    assert (update.kind, update.transfer, update.reason) == ("mirror", "mirror", "")
    assert y_values(parts) == [1, 2, 3]


def test_a_change_is_sent_without_any_call_to_draw(host, shown, line):
    line.set_ydata([4, 5, 6])

    update, parts = host.show()

    assert update.revision == 2
    assert y_values(parts) == [4, 5, 6]


def test_a_change_by_any_thread_is_sent(host, shown, line):
    thread = threading.Thread(target=lambda: line.set_ydata([4, 5, 6]))
    thread.start()
    thread.join(LIMIT)

    _, parts = host.show()

    assert y_values(parts) == [4, 5, 6]


def test_nothing_is_sent_while_nothing_changes(host, shown):
    assert host.is_silent()


def test_without_interactive_mode_a_change_waits_for_draw(host, shown, plt, line):
    plt.ioff()
    line.set_ydata([4, 5, 6])
    assert host.is_silent()

    line.figure.canvas.draw()

    _, parts = host.show()
    assert y_values(parts) == [4, 5, 6]


def test_a_loop_without_pauses_is_followed(host, shown, line):
    stop = threading.Event()

    def loop():
        value = 0
        while not stop.is_set():
            value += 1
            line.set_ydata([value] * 3)

    thread = threading.Thread(target=loop)
    thread.start()
    try:
        states = [y_values(host.show()[1]) for _ in range(3)]
    finally:
        stop.set()
        thread.join(LIMIT)

    values = [state[0] for state in states]
    assert values == sorted(set(values))
    assert all(len(set(state)) == 1 for state in states)


def test_the_time_of_the_following_thread_is_counted(host, shown, line, client):
    line.set_ydata([4, 5, 6])
    host.show()

    assert client.follower.budget.cost.spent > 0


def test_a_change_wakes_nobody_while_the_budget_is_spent(client, monkeypatch):
    woken = []
    monkeypatch.setattr(client, "wake", lambda: woken.append(1))

    client._io.budget_spent = True
    client.wake_for_change()
    assert woken == []

    client._io.budget_spent = False
    client.wake_for_change()
    assert woken == [1]


def test_a_following_thread_that_rests_does_not_spend_what_it_waits_for(
    host, shown, line, client
):
    budget = client.follower.budget
    budget.spend(BURST + 0.020, time.monotonic())
    spent = budget.cost.spent

    line.set_ydata([4, 5, 6])
    host.show()

    assert budget.cost.spent - spent < 0.020


# -- the end ---------------------------------------------------------------------------


def test_stopping_leaves_and_may_be_done_twice(host, shown, client):
    client.stop()
    client.stop()

    assert not client._io.is_alive()
    assert host.is_silent()  # the windows stay open


def test_a_process_has_one_client(client, monkeypatch):
    from jlab_qtwindows.kernel.link import client as module

    found = []
    threads = [
        threading.Thread(target=lambda: found.append(module.get_client()))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)

    assert found == [client] * 4


# -- a system that gives no more -------------------------------------------------------


def fail(error):
    def failing(*args, **options):
        raise error

    return failing


@pytest.mark.parametrize(
    ("where", "error"),
    [
        (
            "link.iothread.threading.Thread.start",
            RuntimeError("can't start new thread"),
        ),
        ("link.link.socket.socketpair", OSError(24, "Too many open files")),
    ],
    ids=["threads", "descriptors"],
)
def test_without_threads_or_descriptors_plotting_goes_on(
    monkeypatch, eventually, where, error
):
    warned = []
    monkeypatch.setattr("warnings.showwarning", lambda *args: warned.append(args[0]))
    with monkeypatch.context() as patch:
        patch.setattr(f"jlab_qtwindows.kernel.{where}", fail(error))
        client = FigureClient()
        eventually(lambda: client.unavailable)

    assert str(error) in client.unavailable
    assert len(warned) == 1
    client.wake()
    client.stop()
