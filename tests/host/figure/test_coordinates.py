"""The window asks the kernel for coordinates that the program writes in its own way."""

from __future__ import annotations

import pytest
from user import move

from jlab_qtwindows.protocol.messages import AskCoordinates, CoordinatesWritten


@pytest.fixture
def figure(make_figure):
    figure = make_figure()
    figure.axes[0].format_coord = lambda x, y: "the program's"
    return figure


@pytest.fixture
def asked(told):
    """Return a function that gives the questions since its last call."""

    def read():
        questions = [m for m in told if isinstance(m, AskCoordinates)]
        told.clear()
        return questions

    return read


@pytest.fixture
def line(window, show, figure):
    """Return the status line of a window that shows this figure."""
    show(figure)
    return window.status


def answer(window, question, text="answer"):
    window.coordinates.show(CoordinatesWritten("w1", question.serial, text))


def test_matplotlibs_own_stand_there_until_the_kernel_answers(window, line, asked):
    move(window.canvas, 200, 150)

    (question,) = asked()
    axes = window.canvas.figure.axes[question.axes]
    assert line.coordinates == axes.format_coord(question.x, question.y)

    answer(window, question)

    assert line.coordinates == "answer"


def test_where_the_kernel_has_none_matplotlibs_own_stay(window, line, asked):
    move(window.canvas, 200, 150)
    before = line.coordinates

    answer(window, asked()[0], "")

    assert line.coordinates == before != ""


def test_a_busy_kernel_is_asked_once_and_then_where_the_mouse_is(window, line, asked):
    for x in (150, 200, 250):
        move(window.canvas, x, 150)
    (first,) = asked()

    answer(window, first, "where the mouse was")

    (newest,) = asked()
    assert newest.x > first.x
    assert "where" not in line.coordinates
    answer(window, newest)
    assert line.coordinates == "answer"
    assert asked() == []


def test_an_answer_for_a_place_that_the_mouse_has_left_is_not_shown(
    window, line, asked
):
    move(window.canvas, 200, 150)
    move(window.canvas, 1, 1)  # beside the Axes

    answer(window, asked()[0])

    assert line.coordinates == ""


def test_an_answer_to_an_earlier_connection_is_not_shown(window, line, asked):
    move(window.canvas, 200, 150)
    (lost,) = asked()
    window.reattach(window.peer)

    move(window.canvas, 210, 150)
    answer(window, lost)

    assert line.coordinates != "answer"
    assert len(asked()) == 1


def test_the_value_of_an_image_stands_behind_the_programs_text(
    window, show, make_figure, asked
):
    figure = make_figure()
    figure.axes[0].imshow([[5.0, 5.0], [5.0, 5.0]])
    figure.axes[0].format_coord = lambda x, y: "the program's"
    show(figure)
    move(window.canvas, 200, 150)
    before = window.status.coordinates

    answer(window, asked()[0])

    assert window.status.coordinates.startswith("answer")
    assert window.status.coordinates.endswith(before[before.index("[") :])


def test_no_kernel_is_asked_where_matplotlib_writes(window, show, make_figure, asked):
    show(make_figure())

    move(window.canvas, 200, 150)

    assert asked() == []
