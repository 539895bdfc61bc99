"""What a program draws by hand upon the picture is shown."""

from __future__ import annotations

import time

import numpy as np
import pytest


@pytest.fixture
def by_hand(host, client, pyplot):
    """Return a function that draws a line by hand, as the manual shows it."""
    pyplot.ion()
    figure = pyplot.figure(figsize=(2, 1), dpi=50)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    (line,) = axes.plot([0, 1], [0.5, 0.5], "r", lw=20, animated=True)
    axes.set_ylim(0, 10)
    host.welcome()
    host.show()
    figure.canvas.draw()
    background = figure.canvas.copy_from_bbox(figure.bbox)

    def draw(height):
        figure.canvas.restore_region(background)
        line.set_ydata([height, height])
        axes.draw_artist(line)
        figure.canvas.blit(figure.bbox)

    return draw


def received_picture(host):
    """Return whether each row of the next picture is red."""
    while True:
        update, parts = host.show()
        if update.kind == "frame":
            break
    assert (update.transfer, update.width, update.height) == ("frames", 100, 50)
    assert "blit" in update.reason
    rgba = np.frombuffer(parts[0], np.uint8).reshape(50, 100, 4)
    return (rgba[:, 50, :3] == (255, 0, 0)).all(axis=1)


def test_the_age_of_a_picture_is_counted_from_the_blitting(
    host, client, by_hand, eventually
):
    [followed] = client.figures.values()
    eventually(lambda: followed.delivery.shown == 1)
    began = time.monotonic()
    by_hand(2.5)
    received_picture(host)

    eventually(lambda: followed.delivery.shown == 2)
    assert followed.delivery.latencies[-1] <= time.monotonic() - began


def test_what_is_drawn_by_hand_is_shown(host, by_hand):
    by_hand(2.5)
    rows = received_picture(host)
    assert rows[37]
    assert not rows[12]

    by_hand(7.5)
    rows = received_picture(host)
    assert rows[12]
    assert not rows[37]


def test_the_figure_is_no_longer_taken_without_it(host, by_hand, pyplot):
    by_hand(2.5)
    received_picture(host)

    pyplot.gcf().axes[0].set_title("changed")

    assert host.is_silent()


def test_a_change_is_drawn_when_the_main_thread_is_free(host, by_hand, pyplot, client):
    canvas = pyplot.gcf().canvas
    canvas.mpl_connect("draw_event", lambda event: by_hand(7.5))
    by_hand(2.5)
    received_picture(host)

    pyplot.gcf().set_facecolor("blue")
    canvas.flush_events()

    assert received_picture(host)[12]


def test_an_animated_artist_drawn_by_a_listener_of_draw_event_is_shown(
    host, client, pyplot
):
    pyplot.ion()
    figure = pyplot.figure(figsize=(2, 1), dpi=50)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    (line,) = axes.plot([0, 1], [2.5, 2.5], "r", lw=20, animated=True)
    axes.set_ylim(0, 10)

    def listener(event):
        axes.set_title("drawn")
        axes.draw_artist(line)
        figure.canvas.copy_from_bbox(figure.bbox)  # does not wipe it out

    host.welcome()
    host.show()
    figure.canvas.mpl_connect("draw_event", listener)

    figure.canvas.draw()

    assert received_picture(host)[37]


def test_widgets_and_animations_are_told_not_to(canvas):
    assert not canvas.supports_blit
