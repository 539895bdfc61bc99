"""The program's own functions write the coordinates that its windows ask for."""

from __future__ import annotations

import pytest

from jlab_qtwindows.protocol.messages import AskCoordinates, CoordinatesWritten


@pytest.fixture
def axes(host, plt):
    axes = plt.figure().add_subplot()
    host.welcome()
    host.show()
    return axes


@pytest.fixture
def written(host, client, axes):
    """Return a function that gives the kernel's answer to a question."""

    def ask(number=0):
        followed = axes.figure.canvas.followed
        host.send(AskCoordinates(followed.window_id, 7, number, 1.5, 2.5))
        client.main_queue.run_until(lambda: CoordinatesWritten in posted, 5)
        return host.receive(CoordinatesWritten)[0]

    posted = []
    post = axes.figure.canvas.followed.post
    axes.figure.canvas.followed.post = lambda message: (
        posted.append(type(message)),
        post(message),
    )
    return ask


def test_the_function_is_called_with_the_place(axes, written):
    stack = {(1.5, 2.5): "found"}
    axes.format_coord = lambda x, y: stack[x, y]

    answer = written()

    assert (answer.serial, answer.text) == (7, "found")


def test_functions_of_one_axis_count_too(axes, written):
    axes.fmt_xdata = lambda x: f"<{x}>"

    assert "<1.5>" in written().text


@pytest.mark.parametrize("number", [0, 5], ids=["raises", "is gone"])
def test_where_nothing_can_be_written_the_window_hears_so(axes, written, number):
    axes.format_coord = lambda x, y: {}[x]

    assert written(number).text == ""
