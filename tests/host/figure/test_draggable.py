"""A draggable legend is moved by the program, and by its copy only without one."""

from __future__ import annotations

import pytest
from user import drag


@pytest.fixture
def legend(window, show, make_figure):
    """Return the window's copy of a draggable legend in the middle of the canvas."""
    figure = make_figure()
    (axes,) = figure.axes
    axes.legend(["a line"], loc="center").set_draggable(True)
    (axes,) = show(figure)
    return axes.get_legend()


def place(legend):
    legend.figure.canvas.draw()
    return tuple(legend.get_window_extent().get_points()[0].round())


def test_the_copy_stays_where_the_program_has_it(window, legend, qtbot):
    before = place(legend)

    drag(qtbot, window.canvas, (0.5, 0.5), (0.7, 0.7))

    assert place(legend) == before
    assert legend._loc == 10  # as the program has said: the center


def test_a_copy_that_was_made_in_the_middle_of_a_drag_lets_go(window, legend, qtbot):
    legend._draggable.got_artist = True
    legend._draggable.mouse_x = legend._draggable.mouse_y = 0
    before = place(legend)

    drag(qtbot, window.canvas, (0.5, 0.5), (0.7, 0.7))
    window.detach()
    drag(qtbot, window.canvas, (0.1, 0.1), (0.2, 0.2))

    assert place(legend) == before


def test_without_the_kernel_the_window_moves_it(window, legend, qtbot):
    left, bottom = place(legend)
    window.detach()

    drag(qtbot, window.canvas, (0.5, 0.5), (0.7, 0.6))

    assert place(legend) == pytest.approx((left + 80, bottom - 30), abs=2)
