"""What cells call says clearly what it cannot do."""

from __future__ import annotations

import itertools
import math
import threading

import matplotlib as mpl
import pytest
from handhost import LIMIT
from matplotlib import pyplot as plt
from matplotlib._pylab_helpers import Gcf
from matplotlib.figure import Figure

from jlab_qtwindows.kernel import api, windowinfo


@pytest.fixture
def followed(pyplot):
    return pyplot.figure(3).canvas.followed


@pytest.fixture
def settings(client):
    return client.follower.settings


# -- follow ----------------------------------------------------------------------------


def test_follow_sets_what_it_is_given(settings):
    api.follow(fps=12)
    api.follow(budget=0.2)

    assert (settings.fps, settings.budget) == (12, 0.2)


def test_new_settings_are_looked_at_at_once(client, settings, monkeypatch):
    woken = []
    monkeypatch.setattr(client, "wake", lambda: woken.append(1))

    api.follow(budget=0.5)

    assert woken == [1]


@pytest.mark.parametrize("fps", [0, -1, math.nan, math.inf])
def test_a_frame_rate_that_makes_no_sense_is_refused(settings, fps):
    with pytest.raises(ValueError, match="fps must be a number above 0"):
        api.follow(fps=fps, budget=0.5)

    assert (settings.fps, settings.budget) == (30, 0.05)


@pytest.mark.parametrize("budget", [0, -0.1, 1.01, math.nan])
def test_a_budget_that_makes_no_sense_is_refused(settings, budget):
    with pytest.raises(ValueError, match="budget must be above 0 and at most 1"):
        api.follow(fps=5, budget=budget)

    assert (settings.fps, settings.budget) == (30, 0.05)


def test_one_figure_may_follow_less_eagerly_than_the_others(pyplot, client, followed):
    other = pyplot.figure(4).canvas.followed
    api.follow(3, fps=2)

    def intervals():
        fps = client.follower.settings.fps
        return [1 / one.pace.interval(fps) for one in (followed, other)]

    assert intervals() == [2, 30]
    api.follow(fps=10)  # all of them
    assert intervals() == [10, 10]


def test_a_figure_is_not_taken_more_often_than_it_is_asked_to(
    follower, follow, figure, clock, taken
):
    slow = follow(figure)
    slow.pace.fps = 2
    follower.settings.budget = 1
    steps = 300
    for _ in range(steps):  # 3 s
        slow.request()
        slow.delivery.in_flight = None
        follower.step([slow], clock.now)
        clock.now += 0.01

    assert 4 <= len(taken) <= 7


def test_the_budget_of_one_figure_is_refused(settings, followed):
    with pytest.raises(ValueError, match="for all figures together"):
        api.follow(followed.figure, budget=0.5)

    assert settings.budget == 0.05


# -- which figure ----------------------------------------------------------------------


CALLS = [api.hold, api.raise_window, api.close, api.follow]


@pytest.mark.parametrize(
    ("call", "name"),
    [
        *((call, None) for call in CALLS if call is not api.follow),
        *itertools.product(CALLS, [7, "loss", "", 1.5, [1], b"loss"]),
    ],
)
def test_a_name_without_a_figure_is_refused_and_makes_none(pyplot, call, name):
    with pytest.raises(ValueError, match=r"there is no figure.*; plot something first"):
        enter(call(name))

    assert pyplot.get_fignums() == []


def test_a_wrong_name_is_answered_with_the_right_ones(pyplot):
    pyplot.figure(3)
    pyplot.figure("loss")

    with pytest.raises(ValueError, match=r"no figure 'los'; there are 3, 'loss'$"):
        api.close("los")


@pytest.mark.parametrize("call", CALLS)
def test_a_figure_outside_pyplot_is_refused(client, call):
    with pytest.raises(ValueError, match="make it with pyplot after %matplotlib"):
        enter(call(Figure()))


def enter(result):
    if result is not None:
        result.__enter__()


@pytest.mark.parametrize("which", ["figure", "number", "label", "current"])
@pytest.mark.parametrize("call", ["hold", "raise_window", "close"])
def test_every_function_takes_a_figure_its_number_its_label_or_the_current_one(
    pyplot, followed, which, call, monkeypatch
):
    figure, done = followed.figure, []
    figure.set_label("loss")
    other = pyplot.figure("other") if which != "current" else None
    name = {"figure": figure, "number": 3, "label": "loss", "current": None}[which]
    monkeypatch.setattr(
        type(figure.canvas.manager), "raise_window", lambda m: done.append(m.num)
    )

    if call == "hold":
        with api.hold(name):
            assert followed.changes.holds == 1
    elif call == "raise_window":
        api.raise_window(name)
        assert done == [3]
    else:
        api.close(name)
        assert not pyplot.fignum_exists(3)

    if other is not None:
        assert pyplot.gcf() is other  # the current one stays so


# -- hold ------------------------------------------------------------------------------


def test_a_hold_ends_also_after_an_error(followed):
    with pytest.raises(ValueError, match="mine"), api.hold(followed.figure):
        raise ValueError("mine")

    assert followed.changes.holds == 0


def test_several_threads_may_hold_together(followed):
    everybody = threading.Barrier(4)

    def hold():
        for _ in range(200):
            with api.hold(followed.figure):
                pass
        with api.hold(followed.figure):
            everybody.wait(LIMIT)
            everybody.wait(LIMIT)

    threads = [threading.Thread(target=hold) for _ in range(3)]
    for thread in threads:
        thread.start()
    everybody.wait(LIMIT)
    during = followed.changes.holds
    everybody.wait(LIMIT)
    for thread in threads:
        thread.join(LIMIT)

    assert during == 3
    assert followed.changes.holds == 0


def test_all_changes_of_a_hold_are_one_frame(host, client, pyplot):
    pyplot.ion()
    figure, axes = pyplot.subplots()
    host.welcome()
    host.show()

    with api.hold(figure):
        for _ in range(5):
            axes.clear()
            axes.plot([1, 2, 3])
            assert host.is_silent(30)
        figure.suptitle("done")

    update, parts = host.show()
    assert update.revision == 2
    assert b"done" in bytes(parts[0])
    assert host.is_silent()


# -- windows and status ----------------------------------------------------------------


def test_without_windows_the_status_is_empty(client):
    assert api.windows() == []
    assert not api.status().connected
    assert "nothing is plotted yet" in repr(api.status())


def test_windows_that_are_not_there_yet_are_being_opened(host, client, pyplot):
    pyplot.ion()
    pyplot.figure()

    assert "not connected: the windows are being opened" in repr(api.status())
    assert [window.state for window in api.windows()] == ["opening"]


def test_windows_are_listed_in_the_order_in_which_they_were_made(host, client, pyplot):
    pyplot.ion()
    for number in (5, 2, 9):
        pyplot.figure(number)

    assert [window.num for window in api.windows()] == [5, 2, 9]


def test_the_status_shows_the_host(host, client, pyplot, eventually, monkeypatch):
    monkeypatch.setattr(windowinfo, "_LIVE", 600.0)
    pyplot.ion()
    pyplot.figure()
    host.welcome()
    host.show()

    eventually(lambda: api.windows()[0].shown == 1)

    status = api.status()
    assert status.connected
    assert "PyQt5 5 on xcb, process 1" in status.host
    assert status.windows[0].fps == 20.0
    assert status.windows[0].transfer == "mirror"

    # Long after the last frame, which had come with 20 others in its second.
    monkeypatch.setattr(windowinfo, "_LIVE", 0.0)
    assert api.windows()[0].fps == 0.0


def test_close_closes_figure_and_window(pyplot):
    first, second = pyplot.figure(1), pyplot.figure(2)
    followed = second.canvas.followed

    api.close(first)
    assert pyplot.get_fignums() == [2]

    api.close("all")
    assert pyplot.get_fignums() == []
    assert followed.closed


def test_naming_a_figure_by_its_number_leaves_the_current_one_current(pyplot):
    pyplot.figure(3)
    pyplot.figure(4)

    with api.hold(3):
        pass
    api.raise_window(3)

    assert pyplot.gcf().number == 4


@pytest.mark.parametrize("call", CALLS)
def test_a_closed_figure_is_told_so(pyplot, call):
    figure = pyplot.figure(3)
    pyplot.close(figure)
    pyplot.figure(3)  # another one of its number

    with pytest.raises(ValueError, match="this figure is closed; plot it again"):
        enter(call(figure))

    assert pyplot.get_fignums() == [3]


def test_a_figure_of_another_backend_can_be_closed(client):
    mpl.use("agg")
    figure = plt.figure(3)

    with pytest.raises(ValueError, match="this figure has no window"):
        api.raise_window(figure)
    api.close(figure)

    assert not plt.fignum_exists(3)


def test_a_loop_goes_on_that_holds_a_figure_whose_window_was_closed_just_now(pyplot):
    figure = pyplot.figure()
    Gcf.figs.pop(1)  # as the window's end does; the program's own close follows

    with api.hold(figure):
        figure.add_subplot()

    Gcf.figs[1] = figure.canvas.manager
