"""A figure that draws for ever does not take the other windows with it."""

from __future__ import annotations

import math
import signal
import time

import pytest
from matplotlib.artist import Artist

from jlab_qtwindows.host.figure import drawlimit
from jlab_qtwindows.host.window import drawing
from jlab_qtwindows.protocol.errors import ExportFailed

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="needs an interval timer"
)


class Endless(Artist):
    """Is never drawn to its end."""

    def draw(self, renderer):
        while True:
            pass


@pytest.fixture
def figure(make_figure):
    figure = make_figure()
    figure.add_artist(Endless())
    return figure


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(drawlimit, "SECONDS", 0.2)


def test_drawing_ends_with_the_reason_in_words(window, show, figure, short):
    show(figure)

    model = window.model()
    assert model["state"] == "failed"
    assert "drawing takes more than 0.2 s" in model["reason"]


def test_the_last_good_picture_stays(
    window, show, make_figure, figure, request, pixels
):
    show(make_figure())
    good = pixels(window.canvas)

    request.getfixturevalue("short")  # from now on: a good one may take longer, once
    show(figure)

    assert (pixels(window.canvas) == good).all()


def test_an_export_ends_too(window, show, figure, short):
    from jlab_qtwindows.host.window.pictures import export

    show(figure)

    with pytest.raises(ExportFailed, match="takes more than"):
        export(window.canvas, "png", None)


def test_quick_drawings_are_left_alone(window, show, make_figure):
    handler = signal.getsignal(signal.SIGALRM)

    show(make_figure())

    assert window.model()["state"] != "failed"
    assert signal.getsignal(signal.SIGALRM) is handler
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_after_a_slow_drawing_the_others_come_first(
    window, show, make_figure, monkeypatch, eventually
):
    monkeypatch.setattr(drawing, "SLOW", math.inf)  # on a busy machine too
    show(make_figure())
    assert not window.content.is_held()
    monkeypatch.setattr(drawing, "SLOW", 0.0)

    show(make_figure())

    assert window.content.is_held()
    eventually(lambda: not window.content.is_held())


def test_the_end_of_yielding_is_reported(window, show, make_figure, monkeypatch, qtbot):
    # Longer than all other reasons for a report: a state that waits would wait on.
    end = time.monotonic() + 2.5
    monkeypatch.setattr(
        window.canvas, "yield_left", lambda: max(0.0, end - time.monotonic())
    )
    held = []
    monkeypatch.setattr(
        window, "_on_changed", lambda w: held.append(w.content.is_held())
    )
    show(make_figure())
    window.canvas.drawn_slowly.emit(2.5)

    qtbot.waitUntil(lambda: False in held, timeout=30_000)


def test_it_yields_after_a_slow_drawing_that_the_user_causes_too(
    window, show, make_figure, monkeypatch
):
    show(make_figure())
    monkeypatch.setattr(drawing, "SLOW", 0.0)

    window.canvas.draw()

    assert window.liveness._yielding.isActive()


def test_a_slow_figure_says_so(window, show, make_figure, monkeypatch):
    show(make_figure())

    window.canvas.draw_seconds = 7.04

    assert window.model()["note"] == "drawing takes 7.0 s"
