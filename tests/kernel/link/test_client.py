"""The conversation with a host, whatever becomes of the host."""

from __future__ import annotations

import pickle
import threading
import time

import pytest
from handhost import LIMIT
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.lines import Line2D

from jlab_qtwindows.kernel.follow.budget import BURST
from jlab_qtwindows.kernel.link.client import FigureClient
from jlab_qtwindows.kernel.process import localmodules
from jlab_qtwindows.kernel.snapshot.snapshot import Rung
from jlab_qtwindows.protocol.errors import QtWindowsWarning
from jlab_qtwindows.protocol.messages import (
    CloseWindow,
    FigureRejected,
    Hello,
    OpenFigure,
    Refused,
    SendFull,
    UpdateFigure,
    UpdateTaken,
    UseKeymap,
    WindowClosed,
)


@pytest.fixture
def line(plt):
    return plt.figure().add_subplot().plot([1, 2, 3])[0]


@pytest.fixture
def window_id(line):
    return line.figure.canvas.followed.window_id


@pytest.fixture
def shown(host, line):
    """Bring the first state into a window."""
    host.welcome()
    host.show()


def y_values(parts):
    head, *buffers = parts
    state = pickle.loads(head, buffers=[bytearray(part) for part in buffers])
    return list(state["figure"].axes[0].lines[0].get_ydata())


def test_windows_closed_while_nobody_hears_of_it_do_not_pile_up(
    host, client, figure, follow
):
    for _ in range(2_000):
        followed = follow(figure)
        client.add(followed)
        client.close(followed)

    waiting = client._conversation.sender._closed_windows
    assert len(waiting) == 1_000
    assert waiting[-1] == followed.window_id


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

    assert client.follower.budget._spent > 0


def test_a_change_wakes_nobody_while_the_budget_is_spent(client, monkeypatch):
    woken = []
    monkeypatch.setattr(client, "wake", lambda: woken.append(1))

    client._budget_spent = True
    client.wake_for_change()
    assert woken == []

    client._budget_spent = False
    client.wake_for_change()
    assert woken == [1]


def test_a_following_thread_that_rests_does_not_spend_what_it_waits_for(
    host, shown, line, client
):
    budget = client.follower.budget
    budget.spend(BURST + 0.020, time.monotonic())
    spent = budget._spent

    line.set_ydata([4, 5, 6])
    host.show()

    assert budget._spent - spent < 0.020


# -- newest wins -----------------------------------------------------------------------


def test_a_state_not_yet_taken_holds_the_next_ones_back(host, line):
    host.welcome()
    first, _ = host.receive(UpdateFigure)

    for value in range(5):
        line.set_ydata([value] * 3)
        assert host.is_silent(30)
    host.send(UpdateTaken(first.window_id, first.revision))

    _, parts = host.receive(UpdateFigure)
    assert y_values(parts) == [4, 4, 4]
    assert host.is_silent()


# -- a host that goes and comes --------------------------------------------------------


def test_a_new_host_gets_every_open_figure_again(host, shown, line, window_id):
    host.break_off()
    line.set_ydata([7, 8, 9])
    host.seen.clear()

    host.open()
    host.welcome("host-2")
    update, parts = host.show()

    assert list(map(type, host.seen)) == [Hello, OpenFigure, UseKeymap, UpdateFigure]
    assert update.window_id == window_id
    assert y_values(parts) == [7, 8, 9]


def test_a_new_host_gets_figures_that_have_not_changed(host, shown, line):
    host.break_off()
    host.open()
    host.welcome("host-2")

    _, parts = host.show()

    assert y_values(parts) == [1, 2, 3]


def test_the_same_host_gets_only_what_was_on_its_way(host, line):
    host.welcome()
    host.receive(UpdateFigure)
    host.break_off()
    host.open()
    host.seen.clear()

    host.welcome()
    host.show()

    assert [type(message) for message in host.seen] == [Hello, UpdateFigure]


def test_the_same_host_is_not_sent_what_it_has_shown(host, shown, eventually, line):
    eventually(lambda: line.figure.canvas.followed.delivery.shown == 1)
    host.break_off()
    host.open()

    host.welcome()

    assert host.is_silent()


def test_a_host_that_lost_a_window_gets_all_of_it(host, shown, window_id):
    host.seen.clear()

    host.send(SendFull(window_id))
    host.show()

    assert list(map(type, host.seen)) == [OpenFigure, UseKeymap, UpdateFigure]


# -- what the host says ----------------------------------------------------------------


def test_a_window_that_the_user_closes_closes_the_figure(
    host, shown, plt, client, window_id, eventually
):
    host.send(WindowClosed(window_id))

    eventually(lambda: client.main_queue.run_pending() or not plt.get_fignums())
    assert host.is_silent()  # it is not asked to close what is closed


def test_a_figure_that_is_closed_closes_its_window(host, shown, plt, window_id):
    plt.close("all")

    closed, _ = host.receive(CloseWindow)

    assert closed.window_id == window_id


def test_a_figure_that_is_closed_as_the_last_act_closes_its_window(
    host, shown, plt, client, window_id, monkeypatch, eventually
):
    # The thread sleeps, and does not come to look before it is told to stop.
    eventually(lambda: client._sleeping)
    monkeypatch.setattr(client, "wake", lambda: None)
    plt.close("all")
    client.stop()

    closed, _ = host.receive(CloseWindow)

    assert closed.window_id == window_id


def test_a_state_that_cannot_be_loaded_comes_by_the_next_rung(host, line):
    host.welcome()
    update, _ = host.receive(UpdateFigure)

    for transfer, reason in (
        ("mirror-by-value", "no module mine"),
        ("frames", "the figure cannot be sent whole: no module mine"),
    ):
        host.send(
            FigureRejected(update.window_id, update.revision, "load", "no module mine")
        )
        update, parts = host.receive(UpdateFigure)
        assert update.transfer == transfer
        assert update.reason == reason

    assert update.kind == "frame"
    assert len(parts[0]) == update.width * update.height * 4


class Knowing(Line2D):
    """An artist that draws itself, and may need all that it has."""

    def draw(self, renderer):
        super().draw(renderer)


def test_a_figure_whose_artists_know_its_canvas_travels_without_it(host, line):
    figure = line.figure
    knowing = line.axes.add_line(Knowing([0, 1], [1, 0]))
    knowing.keeps = figure.canvas, figure.canvas.manager
    host.welcome()

    update, parts = host.receive(UpdateFigure)

    assert update.transfer == "mirror"
    canvas, manager = pickle.loads(parts[0])["figure"].axes[0].lines[1].keeps
    assert type(canvas) is FigureCanvasBase
    assert manager is None


def test_packages_that_the_host_lacks_travel_by_value_then_the_figure_as_frames(
    host, line, monkeypatch
):
    monkeypatch.setattr(localmodules, "_lacking", set())
    host.welcome()
    update, _ = host.receive(UpdateFigure)
    lack = "cannot be imported in the environment of the windows"

    for package, transfer, reason in (
        (
            "pytest",
            "mirror-by-value",
            f"pytest {lack}: its code travels with the figure",
        ),
        (
            "_pytest",
            "mirror-by-value",
            f"pytest and _pytest {lack}: its code travels with the figure",
        ),
        (
            "_pytest",
            "frames",
            f"pytest and _pytest {lack}: install it there; its code ",
        ),
    ):
        why = f"ModuleNotFoundError: No module named '{package}.part'"
        host.send(FigureRejected(update.window_id, update.revision, "load", why))
        update, _ = host.receive(UpdateFigure)
        assert update.transfer == transfer
        assert update.reason.startswith(reason)

    assert localmodules._lacking == {"pytest", "_pytest"}


def test_a_frame_is_sent_again_after_each_change(host, line):
    line.figure.canvas.followed.ladder.rung = Rung.FRAMES
    host.welcome()
    host.show()

    line.set_color("red")
    update, _ = host.show()

    assert update.revision == 2
    assert host.is_silent()


def test_a_figure_that_cannot_be_drawn_is_logged_once(
    host, line, window_id, caplog, eventually
):
    host.welcome()
    for value in (4, 5):
        update, _ = host.receive(UpdateFigure)
        host.send(UpdateTaken(window_id, update.revision))
        host.send(FigureRejected(window_id, update.revision, "draw", "ValueError: no"))
        line.set_ydata([value] * 3)
    host.receive(UpdateFigure)

    eventually(lambda: "cannot be drawn" in caplog.text)
    assert caplog.text.count("Figure 1 cannot be drawn: ValueError: no") == 1
    assert line.figure.canvas.followed.ladder.rung is Rung.MIRROR


@pytest.mark.parametrize(
    ("versions", "reason"),
    [
        ({"python": "3.8.1"}, "the window process 3.8.1"),
        ({"matplotlib": "2.0.0"}, "the window process 2.0.0"),
        ({"numpy": "0.1"}, "the window process 0.1"),
    ],
    ids=["Python", "Matplotlib", "numpy"],
)
def test_another_version_in_the_host_means_frames(host, line, versions, reason):
    host.welcome(**versions)

    update, _ = host.show()

    assert update.transfer == "frames"
    assert reason in update.reason


def test_a_later_patch_version_is_no_other_version(host, line):
    from jlab_qtwindows.kernel.process import identity

    major, minor, _ = identity.versions()["matplotlib"].split(".")[:3]
    numpy = identity.versions()["numpy"].partition(".")[0]
    host.welcome(matplotlib=f"{major}.{minor}.99", numpy=f"{numpy}.99.0")

    update, _ = host.show()

    assert update.transfer == "mirror"


def test_garbage_from_the_host_is_dropped(host, shown, line, caplog, eventually):
    host._socket.send_multipart([host._peer, b"garbage"])
    eventually(lambda: "was dropped" in caplog.text)

    line.set_ydata([4, 5, 6])

    assert y_values(host.show()[1]) == [4, 5, 6]


def test_a_refusal_is_told_once_and_plotting_goes_on(host, line, client, eventually):
    host.receive(Hello)

    def refuse_twice():
        host.send(Refused("its token is wrong"))
        eventually(lambda: client.unavailable)
        host.send(Refused("its token is wrong"))
        assert host.is_silent()

    with pytest.warns(QtWindowsWarning, match="its token is wrong") as caught:
        refuse_twice()

    assert len(caught) == 1
    line.set_ydata([4, 5, 6])
    line.figure.canvas.draw()


# -- the end ---------------------------------------------------------------------------


def test_stopping_leaves_and_may_be_done_twice(host, shown, client):
    client.stop()
    client.stop()

    assert not client._thread.is_alive()
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
        ("link.client.threading.Thread.start", RuntimeError("can't start new thread")),
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
