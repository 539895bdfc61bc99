"""The newest state is sent, by its rung, and closings are not lost."""

from __future__ import annotations

import pickle

import pytest
from handhost import y_values
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.lines import Line2D

from jlab_qtwindows.kernel.snapshot.snapshot import Rung
from jlab_qtwindows.protocol.messages import (
    CloseWindow,
    UpdateFigure,
    UpdateTaken,
)


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


# -- how it travels --------------------------------------------------------------------


def test_a_frame_is_sent_again_after_each_change(host, line):
    line.figure.canvas.followed.ladder.rung = Rung.FRAMES
    host.welcome()
    host.show()

    line.set_color("red")
    update, _ = host.show()

    assert update.revision == 2
    assert host.is_silent()


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


# -- closed windows --------------------------------------------------------------------


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


def test_a_figure_that_is_closed_closes_its_window(host, shown, plt, window_id):
    plt.close("all")

    closed, _ = host.receive(CloseWindow)

    assert closed.window_id == window_id


def test_a_figure_that_is_closed_as_the_last_act_closes_its_window(
    host, shown, plt, client, window_id, monkeypatch, eventually
):
    # The thread sleeps, and does not come to look before it is told to stop.
    eventually(lambda: client._io._sleeping)
    monkeypatch.setattr(client, "wake", lambda: None)
    plt.close("all")
    client.stop()

    closed, _ = host.receive(CloseWindow)

    assert closed.window_id == window_id
