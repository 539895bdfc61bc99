"""What a host says is acted on, and one that goes and comes gets what it needs."""

from __future__ import annotations

import pytest
from handhost import y_values

from jlab_qtwindows.kernel.process import localmodules
from jlab_qtwindows.kernel.snapshot.snapshot import Rung
from jlab_qtwindows.protocol.errors import QtWindowsWarning
from jlab_qtwindows.protocol.messages import (
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


def test_packages_that_the_host_lacks_travel_by_value_then_the_figure_as_frames(
    host, line, monkeypatch
):
    monkeypatch.setattr(localmodules, "_lacking", set())
    host.welcome()
    update, _ = host.receive(UpdateFigure)
    lack = "cannot be imported in the environment in which Jupyter was started"

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
