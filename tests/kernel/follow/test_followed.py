"""A change costs a flag, and only changes of the program count."""

from __future__ import annotations

import io
import threading

import matplotlib as mpl
import pytest
from handhost import LIMIT
from matplotlib.backends.backend_agg import FigureCanvasAgg

from jlab_qtwindows.kernel.follow.contents import Held
from jlab_qtwindows.protocol.messages import (
    ControlWindow,
    OpenFigure,
    ResizeWindow,
    SetTitle,
    WantEvents,
)


@pytest.fixture
def clean(followed, figure):
    """Return a followed figure without changes."""
    figure.canvas.draw()
    followed.changes.dirty = False
    return followed


@pytest.fixture
def line(figure):
    return figure.axes[0].lines[0]


def test_a_change_marks_the_figure(clean, line):
    before = clean.changes.newest

    line.set_color("red")

    assert clean.changes.dirty
    assert clean.changes.newest != before


def test_every_change_has_a_number_of_its_own(clean, line, figure):
    numbers = set()
    for _ in range(5):
        line.set_color("red")
        numbers.add(clean.changes.newest)
        figure.stale = figure.axes[0].stale = line.stale = False

    assert len(numbers) == 5


def test_without_interactive_mode_a_change_is_counted_but_not_shown(clean, line):
    mpl.interactive(False)
    before = clean.changes.newest

    line.set_color("red")

    assert not clean.changes.dirty
    assert clean.changes.newest != before


def test_a_request_shows_the_figure_in_either_mode(clean):
    mpl.interactive(False)

    clean.request()

    assert clean.changes.dirty


@pytest.mark.parametrize(
    "options",
    [
        {"format": "png"},
        {"format": "png", "bbox_inches": "tight"},
        {"format": "svg", "facecolor": "red"},
        {"format": "png", "transparent": True},
    ],
    ids=["png", "tight", "facecolor", "transparent"],
)
def test_saving_is_no_change(clean, figure, options):
    before = clean.changes.newest

    figure.savefig(io.BytesIO(), **options)

    assert clean.changes.newest == before
    assert not clean.changes.dirty


def test_our_own_rendering_is_no_change(clean, figure, line):
    before = clean.changes.newest

    with clean.changes.own_rendering(), clean.changes.own_rendering():
        line.set_color("blue")
    assert clean.changes.newest == before

    with clean.changes.own_rendering():
        with clean.changes.own_rendering():
            pass
        line.set_color("red")

    assert clean.changes.newest == before
    assert not clean.changes.dirty


def test_what_waits_for_a_change_raises_nothing_into_it(clean, line, caplog):
    def fail():
        raise LookupError("a fault")

    clean.changes.on_next = fail

    line.set_color("red")

    assert clean.changes.dirty
    assert clean.changes.on_next is None
    assert "a fault" in caplog.text


def test_our_rendering_in_one_thread_ends_none_in_another(clean, line):
    inside, leave = threading.Event(), threading.Event()

    def render():
        with clean.changes.own_rendering():
            inside.set()
            leave.wait(LIMIT)
            line.set_color("blue")

    rendering = threading.Thread(target=render)
    rendering.start()
    assert inside.wait(LIMIT)
    with clean.changes.own_rendering():
        pass
    before = clean.changes.newest

    leave.set()
    rendering.join(LIMIT)

    assert clean.changes.newest == before
    assert not clean.changes.dirty


def test_a_change_by_another_thread_counts_while_we_render(clean, line):
    thread = threading.Thread(target=lambda: line.set_color("red"))

    with clean.changes.own_rendering():
        thread.start()
        thread.join()

    assert clean.changes.dirty


def test_only_the_first_change_wakes_and_only_with_a_window(figure, follow):
    woken = []
    followed = follow(figure)
    followed._wake_for_change = lambda: woken.append(1)
    followed.window.opened = False
    followed.on_stale(figure, True)
    assert woken == []

    followed.changes.dirty = False
    followed.window.opened = True
    followed.on_stale(figure, True)
    followed.on_stale(figure, True)
    followed.on_stale(figure, False)

    assert woken == [1]


def test_a_state_that_gives_way_to_a_newer_one_is_counted(followed):
    followed.put_waiting("first")
    followed.put_waiting("second")

    assert followed.outbox.pop_state() == "second"
    assert followed.delivery.dropped == 1


def test_a_new_host_knows_nothing(followed):
    followed.put_waiting("state")
    followed.delivery.in_flight = 3
    followed.contents.shown = Held(((1,),))

    followed.restart()

    assert followed.outbox.state is None
    assert followed.delivery.in_flight is None
    assert followed.contents.shown.structure == ()


def test_what_was_asked_of_a_window_before_there_was_one_follows_its_opening(followed):
    followed.post(ControlWindow("w", "showMaximized"))
    followed.post(SetTitle("w", "old"))
    followed.post(ResizeWindow("w", 1, 1))
    followed.want(["button_press_event"], [])

    followed.announce()

    # Title and size are those of the opening.
    assert [type(message) for _, message in followed.outbox.waiting()] == [
        OpenFigure,
        WantEvents,
        ControlWindow,
    ]


def test_the_open_message_has_the_present_size_and_title(figure, follow):
    figure.set_size_inches(3, 2)
    figure.set_dpi(50)
    followed = follow(figure)
    followed.window.title = "loss"

    followed.announce()
    message = dict(followed.outbox.waiting())[OpenFigure]

    assert (message.width, message.height) == (150, 100)
    assert message.title == "loss"
    assert message.num == 1


def test_changes_of_another_canvas_of_the_figure_count(clean, figure, line):
    FigureCanvasAgg(figure)

    line.set_color("red")

    assert clean.changes.dirty


def test_a_figure_whose_state_is_lost_falls_behind_like_any_other(followed, clock):
    followed.request()
    followed.changes.mark_clean()  # its state is taken, and on its way

    clock.now += 5
    followed.changes.retake()

    assert followed.changes.dirty_since == clock.now
