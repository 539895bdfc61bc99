"""What the user does reaches the program that listens, and only that."""

from __future__ import annotations

import contextlib
import threading

import numpy as np
import pytest
from handhost import LIMIT
from matplotlib.backend_bases import MouseButton
from matplotlib.widgets import Slider

from jlab_qtwindows.kernel.input.inputs import InputQueue, wanted_events
from jlab_qtwindows.kernel.link.answers import Answers
from jlab_qtwindows.protocol.messages import (
    InputEvent,
    UpdateFigure,
    WantEvents,
    WindowResized,
)

BUTTON = {"button_press_event", "button_release_event"}


@contextlib.contextmanager
def background(user):
    """Let the user act while the main thread waits."""
    thread = threading.Thread(target=user)
    thread.start()
    try:
        yield
    finally:
        thread.join(LIMIT)


@pytest.fixture
def figure(plt):
    """Return a figure whose window is open, with one Axes over all of it."""
    figure = plt.figure(figsize=(4, 2), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, 40), ylim=(0, 20))
    return figure


@pytest.fixture
def window(host, figure):
    """Return the id of the window, after its first state."""
    host.welcome()
    host.show()
    return figure.canvas.followed.window_id


@pytest.fixture
def events(figure):
    """Return a function that connects, and the list of what comes."""
    found = []

    def connect(*names):
        for name in names:
            figure.canvas.mpl_connect(name, found.append)
        return found

    return connect


class TestWanted:
    @pytest.mark.parametrize("projection", [None, "3d"])
    def test_a_figure_alone_wants_nothing(self, plt, projection):
        figure = plt.figure()
        figure.add_subplot(projection=projection)

        assert wanted_events(figure.canvas) == []

    @pytest.mark.parametrize(
        ("listened", "wanted"),
        [
            ("button_press_event", BUTTON),
            ("button_release_event", {"button_release_event"}),
            ("key_press_event", {"key_press_event", "key_release_event"}),
            ("key_release_event", {"key_release_event"}),
            ("pick_event", {*BUTTON, "scroll_event"}),
            ("axes_enter_event", {"motion_notify_event"}),
            ("resize_event", set()),
            ("close_event", set()),
        ],
    )
    def test_what_the_program_listens_to_is_wanted(self, figure, listened, wanted):
        cid = figure.canvas.mpl_connect(listened, print)
        assert set(figure.canvas.followed.wanted[0]) == wanted

        figure.canvas.mpl_disconnect(cid)
        assert figure.canvas.followed.wanted == ([], [])

    def test_a_widget_wants_what_it_needs(self, figure):
        slider = Slider(figure.add_axes((0.1, 0.1, 0.8, 0.1)), "a", 0, 1)

        assert set(figure.canvas.followed.wanted[0]) == {
            "button_press_event",
            "button_release_event",
            "motion_notify_event",
        }
        assert not slider.useblit if hasattr(slider, "useblit") else True

    def test_handlers_of_matplotlib_that_a_program_disconnects_are_taken(
        self, host, figure, window
    ):
        canvas = figure.canvas

        canvas.mpl_disconnect(canvas.manager.key_press_handler_id)

        told, _ = host.receive(WantEvents)
        assert told == WantEvents(window, [], ["key_press_event"])

    def test_the_host_is_told_and_told_again_when_it_is_a_new_one(
        self, host, figure, window, events
    ):
        events("scroll_event")
        told, _ = host.receive(WantEvents)
        assert told == WantEvents(window, ["scroll_event"])

        host.break_off()
        host.open()
        host.welcome("host-2")

        assert host.receive(WantEvents)[0] == told


class TestEvents:
    def test_a_click_has_all_that_matplotlib_says_of_it(
        self, figure, window, events, deliver
    ):
        found = events("button_press_event")

        deliver(
            figure,
            InputEvent(
                window,
                "button_press_event",
                0.25,
                0.5,
                button=3,
                key="control",
                modifiers=["ctrl"],
                dblclick=True,
            ),
        )

        (event,) = found
        assert (event.x, event.y) == (100, 100)
        assert (event.xdata, event.ydata) == pytest.approx((10, 10))
        assert event.inaxes is figure.axes[0]
        assert event.button is MouseButton.RIGHT
        assert event.dblclick
        assert event.key == "control"
        assert event.modifiers == frozenset({"ctrl"})
        assert event.canvas is figure.canvas

    def test_a_place_is_the_px_it_was_in_the_window(
        self, figure, window, events, deliver
    ):
        found = events("button_press_event")

        deliver(
            figure,
            *(InputEvent(window, "button_press_event", x / 400, 0) for x in range(400)),
        )

        assert [event.x for event in found] == list(range(400))

    def test_keys_and_scrolls_too(self, figure, window, events, deliver):
        found = events("key_press_event", "scroll_event")

        deliver(
            figure,
            InputEvent(window, "key_press_event", 0.5, 0.5, key="ctrl+a"),
            InputEvent(window, "scroll_event", 0.5, 0.5, step=-1.0),
        )

        key, scroll = found
        assert (key.key, key.xdata) == ("ctrl+a", pytest.approx(20))
        assert (scroll.button, scroll.step) == ("down", -1.0)

    def test_a_motion_over_an_axes_enters_it(self, figure, window, events, deliver):
        found = events("axes_enter_event", "figure_leave_event")

        deliver(
            figure,
            InputEvent(window, "motion_notify_event", 0.5, 0.5),
            InputEvent(window, "figure_leave_event", 1.0, 0.5),
        )

        entered, left = found
        assert entered.inaxes is figure.axes[0]
        assert left.name == "figure_leave_event"

    def test_picking_works(self, figure, window, events, deliver):
        (line,) = figure.axes[0].plot([0, 40], [10, 10], picker=5)
        found = events("pick_event")

        deliver(figure, InputEvent(window, "button_press_event", 0.5, 0.5, button=1))

        assert [event.artist for event in found] == [line]

    def test_a_slider_follows_the_mouse(self, figure, window, deliver):
        slider = Slider(figure.add_axes((0, 0, 1, 0.1)), "", 0, 100)

        deliver(
            figure,
            InputEvent(window, "button_press_event", 0.5, 0.05, button=1),
            InputEvent(window, "motion_notify_event", 0.75, 0.05, buttons=[1]),
            InputEvent(window, "button_release_event", 0.75, 0.05, button=1),
        )

        assert slider.val == pytest.approx(75)

    def test_a_resize_gives_the_figure_its_size_and_is_told(
        self, figure, window, events, deliver
    ):
        found = events("resize_event")

        deliver(figure, WindowResized(window, 600, 300))

        assert list(figure.get_size_inches()) == [6, 3]
        assert [(event.width, event.height) for event in found] == [(600, 300)]

    def test_an_error_of_a_callback_is_shown_and_the_next_event_comes(
        self, figure, window, events, deliver, capsys
    ):
        def fail(event):
            raise RuntimeError("the callback's own")

        figure.canvas.mpl_connect("key_press_event", fail)
        found = events("key_release_event")

        deliver(
            figure,
            InputEvent(window, "key_press_event", 0, 0, key="a"),
            InputEvent(window, "key_release_event", 0, 0, key="a"),
        )

        assert "the callback's own" in capsys.readouterr().err
        assert [event.key for event in found] == ["a"]

    def test_ginput_returns_the_clicks(self, host, figure, window):
        def user():
            while "button_press_event" not in host.receive(WantEvents)[0].kinds:
                pass
            for x in (0.25, 0.5):
                for kind in ("button_press_event", "button_release_event"):
                    host.send(InputEvent(window, kind, x, 0.5, button=1))

        with background(user):
            points = figure.ginput(2, timeout=10)

        assert np.array(points) == pytest.approx(np.array([(10, 10), (20, 10)]))

    def test_waitforbuttonpress_tells_keys_from_clicks(self, host, figure, window):
        def user():
            while "key_press_event" not in host.receive(WantEvents)[0].kinds:
                pass
            host.send(InputEvent(window, "key_press_event", 0.5, 0.5, key="x"))

        with background(user):
            assert figure.waitforbuttonpress(timeout=10) is True


class TestQueue:
    def test_of_motions_in_a_row_the_newest_is_kept(self, figure):
        waiting = InputQueue()
        motion = "motion_notify_event"

        added = [
            waiting.put(InputEvent("w", kind, x, 0))
            for kind, x in [
                (motion, 0.1),
                (motion, 0.2),
                ("button_press_event", 0.2),
                (motion, 0.3),
                (motion, 0.4),
            ]
        ]

        assert added == [True, False, True, True, False]
        assert [event.x for event in waiting._waiting] == [0.2, 0.2, 0.4]

    def test_a_kernel_that_is_busy_for_long_keeps_the_newest(self, figure):
        waiting = InputQueue()

        posted = sum(
            waiting.put(InputEvent("w", "key_press_event", 0, 0, key=str(number)))
            for number in range(3_000)
        )

        assert posted == len(waiting) == 1_000
        assert waiting._waiting[-1].key == "2999"

    def test_an_interrupted_callback_is_not_called_again_for_what_was_done_in_vain(
        self, figure, window, client
    ):
        followed = figure.canvas.followed

        def interrupted(event):
            raise KeyboardInterrupt

        figure.canvas.mpl_connect("button_press_event", interrupted)
        click = ("button_press_event", "button_release_event")
        for kind in (*click, *click, "key_press_event", "key_release_event"):
            followed.inputs.put(InputEvent(window, kind, 0.5, 0.5, button=1, key="x"))
        followed.inputs.put(WindowResized(window, 600, 300))

        with pytest.raises(KeyboardInterrupt):
            Answers(client.follower, client.main_queue).run_next_event(followed)

        # What the program knows as pressed is released, and the size is no event.
        left = list(followed.inputs._waiting)
        assert [type(message) for message in left] == [InputEvent, WindowResized]
        assert left[0].kind == "button_release_event"


def test_what_a_callback_changes_is_shown(host, figure, window, deliver):
    (line,) = figure.axes[0].plot([1, 2])
    host.show()
    figure.canvas.mpl_connect(
        "button_press_event", lambda event: line.set_ydata([5, event.ydata])
    )

    deliver(figure, InputEvent(window, "button_press_event", 0.5, 0.5, button=1))

    assert host.receive(UpdateFigure)[0].window_id == window
