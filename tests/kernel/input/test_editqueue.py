"""The user's edits reach the program's figure, on the main thread."""

from __future__ import annotations

import threading
import warnings

import pytest

from jlab_qtwindows.kernel.input.edits import EditQueue, ignore_warnings
from jlab_qtwindows.protocol.messages import FigureEdited


@pytest.fixture
def queue(figure):
    return EditQueue(figure)


def edited(serial, *edits):
    return FigureEdited("w1", serial, [list(edit) for edit in edits])


def test_the_figure_gets_what_the_user_has_chosen(queue, figure):
    queue.put(edited(1, ("axes/0", "xlim", [0.0, 9.0, False])))

    queue.apply()

    assert queue.applied == 1
    assert figure.axes[0].get_xlim() == (0, 9)


def test_of_two_quick_edits_of_one_property_the_newer_counts(queue, figure):
    assert queue.put(edited(1, ("axes/0", "xlim", [0.0, 9.0, False])))
    assert not queue.put(edited(2, ("axes/0", "xlim", [1.0, 2.0, False])))

    queue.apply()

    assert queue.applied == 2
    assert figure.axes[0].get_xlim() == (1, 2)


def test_edits_of_a_busy_kernel_do_not_pile_up(queue):
    for serial in range(1, 10_000):
        queue.put(edited(serial, ("axes/0", "xlim", [0.0, serial, False])))

    assert len(queue._waiting) == 1


def test_an_edit_after_that_is_a_new_one(queue, figure):
    queue.put(edited(1, ("axes/0", "title", "first")))
    queue.apply()

    assert queue.put(edited(2, ("axes/0", "title", "second")))
    queue.apply()

    assert queue.applied == 2
    assert figure.axes[0].get_title() == "second"


def test_an_edit_of_an_axes_that_is_gone_is_confirmed_and_harms_nothing(queue, figure):
    queue.put(edited(1, ("axes/7", "title", "x"), ("axes/0", "title", "mine")))

    queue.apply()

    assert queue.applied == 1
    assert figure.axes[0].get_title() == "mine"


def test_limits_that_the_program_undoes_at_once_are_not_set_again(queue, figure):
    (axes,) = figure.axes
    axes.get_xlim()
    asked_for = []

    def undo(axes):
        asked_for.append(axes.get_xlim())
        axes.set_xlim(0, 1, emit=False)

    axes.callbacks.connect("xlim_changed", undo)
    for serial in (1, 2, 3):
        queue.put(edited(serial, ("axes/0", "xlim", [3.0, 4.0, False])))
        queue.apply()
    assert asked_for == [(3, 4)]

    queue.put(edited(4, ("axes/0", "xlim", [5.0, 6.0, False])))
    queue.apply()

    assert asked_for == [(3, 4), (5, 6)]


@pytest.mark.parametrize("edit", [[], ["figure"], [1, "xlim", []], "axes", None])
def test_what_is_no_edit_is_left_out(queue, edit):
    queue.put(FigureEdited("w1", 1, [edit]))

    queue.apply()

    assert queue.applied == 1


def test_only_the_program_warns(queue, figure):
    figure.axes[0].callbacks.connect(
        "xlim_changed", lambda axes: warnings.warn("out of the range", stacklevel=1)
    )
    queue.put(edited(1, ("axes/0", "xlim", [3.0, 3.0, False])))  # Matplotlib warns

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        ignore_warnings()
        queue.apply()

    assert {str(warning.message) for warning in caught} == {"out of the range"}
    assert figure.axes[0].get_xlim() != (0, 1)


def test_a_host_that_comes_while_edits_are_applied_is_not_told_of_them(queue, figure):
    # Its own are counted from one again: it would take them for applied.
    figure.axes[0].callbacks.connect("xlim_changed", lambda axes: queue.forget())
    queue.put(edited(7, ("axes/0", "xlim", [3.0, 4.0, False])))

    queue.apply()

    assert queue.applied == 0


def test_the_main_thread_applies_and_the_next_state_says_so(
    host, client, pyplot, eventually
):
    pyplot.ion()
    figure, axes = pyplot.subplots()
    host.welcome()
    host.show()
    followed = figure.canvas.followed
    changed_by = []
    axes.callbacks.connect(
        "xlim_changed", lambda axes: changed_by.append(threading.get_ident())
    )
    host.send(
        FigureEdited(followed.window_id, 7, [["axes/0", "xlim", [3.0, 4.0, False]]])
    )
    eventually(lambda: followed.edits._serial)

    figure.canvas.flush_events()

    assert axes.get_xlim() == (3, 4)
    assert changed_by == [threading.main_thread().ident]
    assert host.show()[0].edits == 7


def test_an_edit_of_a_figure_that_is_closed_is_nobodys(
    host, client, pyplot, eventually
):
    pyplot.ion()
    closed, open_ = (pyplot.figure().canvas.followed for _ in range(2))
    host.welcome()
    host.show()
    pyplot.close(closed.figure)

    for followed in (closed, open_):
        host.send(
            FigureEdited(followed.window_id, 1, [["figure", "subplots", [0.5] * 6]])
        )

    eventually(lambda: open_.edits._serial)
    assert not closed.edits._serial


def test_what_an_earlier_host_has_sent_counts_no_more(queue, figure):
    queue.put(edited(5, ("axes/0", "title", "first")))
    queue.apply()
    queue.put(edited(6, ("axes/0", "title", "second")))

    queue.forget()
    queue.apply()

    assert queue.applied == 0
    assert figure.axes[0].get_title() == "first"
