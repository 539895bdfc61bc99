"""Whoever connects and disconnects callbacks, and however: the window knows."""

from __future__ import annotations

import copy
import gc
import pickle

import matplotlib as mpl
import pytest
from matplotlib.cbook import CallbackRegistry
from matplotlib.widgets import Slider

from jlab_qtwindows.kernel.input.registry import watch

KEY, KEY_RELEASE = "key_press_event", "key_release_event"
PRESS, RELEASE = "button_press_event", "button_release_event"
DRAG = {PRESS, "button_release_event", "motion_notify_event", "scroll_event"}


@pytest.fixture
def figure(plt):
    figure = plt.figure(figsize=(4, 2), dpi=100)
    figure.add_subplot().plot([1, 2], label="a line")
    return figure


@pytest.fixture
def wanted(figure):
    """Return a function that gives which events are wanted, and which are taken."""
    return lambda: tuple(map(set, figure.canvas.followed.wanted))


def test_keys_disconnected_in_the_registry_are_taken(figure, wanted):
    callbacks = figure.canvas.callbacks

    for cid in list(callbacks.callbacks[KEY]):
        callbacks.disconnect(cid)

    assert wanted() == (set(), {KEY})


def test_what_is_connected_in_the_registry_is_wanted(figure, wanted):
    callbacks = figure.canvas.callbacks

    cid = callbacks.connect(KEY, print)
    assert wanted()[0] == {KEY, KEY_RELEASE}

    callbacks.disconnect(cid)
    assert wanted()[0] == set()


@pytest.mark.parametrize("draggable", ["legend", "annotation"])
def test_what_is_draggable_wants_the_mouse(figure, wanted, draggable):
    (axes,) = figure.axes
    if draggable == "legend":
        dragged = axes.legend().set_draggable(True)
    else:
        dragged = axes.annotate("b", (0.5, 1.5)).draggable()
    assert wanted()[0] == DRAG

    dragged.disconnect()
    assert wanted()[0] == set()


def test_a_widget_that_is_thrown_away_wants_nothing(figure, wanted):
    slider = Slider(figure.add_axes((0, 0, 1, 0.1)), "", 0, 1)
    assert wanted()[0]

    del slider
    figure.axes[-1].remove()
    gc.collect()

    assert wanted()[0] == set()


class TestPickle:
    def test_a_figure_pickled_by_the_program_has_nothing_of_ours(self, figure):
        figure.axes[0].legend().set_draggable(True)

        pickled = pickle.dumps(figure)

        assert b"jlab_qtwindows" not in pickled

    @pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
    def test_its_registry_is_matplotlibs(self, figure, protocol):
        callbacks = CallbackRegistry()
        watch(callbacks, figure.canvas._on_connection)
        callbacks._connect_picklable("pick_event", print)

        again = pickle.loads(pickle.dumps(callbacks, protocol))

        assert type(again) is CallbackRegistry
        assert vars(again).keys() == vars(CallbackRegistry()).keys()
        assert "pick_event" in again.callbacks

    def test_so_is_a_copy(self, figure):
        assert type(copy.copy(figure.canvas.callbacks)) is CallbackRegistry


def test_a_registry_put_in_the_place_of_the_first_is_watched(figure, wanted):
    figure._canvas_callbacks = CallbackRegistry(signals=figure.canvas.events)
    figure.canvas.mpl_connect(PRESS, print)

    figure.canvas.callbacks.connect(KEY, print)

    assert wanted()[0] == {KEY, KEY_RELEASE, PRESS, RELEASE}


def test_a_registry_of_another_class_stays_as_it_is(figure, wanted):
    class Own(CallbackRegistry):
        pass

    figure._canvas_callbacks = Own(signals=figure.canvas.events)

    figure.canvas.mpl_connect(PRESS, print)

    assert type(figure.canvas.callbacks) is Own
    assert wanted()[0] == {PRESS, RELEASE}


def test_a_closed_figure_has_matplotlibs_registry_again(plt, figure):
    plt.close(figure)

    callbacks = figure.canvas.callbacks
    assert type(callbacks) is CallbackRegistry
    assert not [name for name in vars(callbacks) if "told" in name]


def test_a_registry_does_not_keep_the_canvas_alive():
    class Canvas:
        def told(self, connected):
            raise AssertionError("it is gone")

    registry = CallbackRegistry()
    watch(registry, Canvas().told)
    gc.collect()

    registry.connect(KEY, print)


def test_a_style_context_does_not_travel_as_keys(figure):
    """The keymap is told in the order of the input, and not with a picture."""
    from jlab_qtwindows.kernel.snapshot.style import Style

    with mpl.rc_context({"keymap.quit": []}):
        style = pickle.loads(Style().pickled())

    assert not [name for name in style["rc"] if name.startswith("keymap.")]
