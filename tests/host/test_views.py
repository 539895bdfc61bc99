"""The person's view outlives the program's frames, but not the program's own word."""

from __future__ import annotations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from jlab_qtwindows.host.views import Views, rebind_history

ZOOM = (0.5, 1.5)


@pytest.fixture
def views():
    return Views()


@pytest.fixture
def zoomed(views, make_figure):
    """Show a first state, into which the person then zooms, along x."""
    figure = make_figure()
    views.carry_over(figure)
    figure.axes[0].set_xlim(*ZOOM)
    views.note_edits(figure)
    return figure


def test_a_new_state_keeps_the_persons_zoom(views, zoomed, make_figure):
    state = make_figure([5, 6, 7, 8])

    views.carry_over(state)

    assert state.axes[0].get_xlim() == ZOOM
    assert views.edited


def test_what_the_person_left_alone_follows_the_program(views, zoomed, make_figure):
    state = make_figure([50, 60, 70])
    expected = state.axes[0].get_ylim()

    views.carry_over(state)

    assert state.axes[0].get_ylim() == expected


def test_the_zoom_lasts_for_many_states(views, zoomed, make_figure):
    for number in range(5):
        state = make_figure([number, 1, 2])
        views.carry_over(state)

    assert state.axes[0].get_xlim() == ZOOM


def test_the_zoom_yields_to_limits_set_by_the_program(views, zoomed, make_figure):
    state = make_figure()
    state.axes[0].set_xlim(0, 9)

    views.carry_over(state)

    assert state.axes[0].get_xlim() == (0, 9)
    assert not views.edited


def test_limits_set_along_y_leave_the_zoom_along_x(views, zoomed, make_figure):
    state = make_figure()
    state.axes[0].set_ylim(0, 9)

    views.carry_over(state)

    assert state.axes[0].get_xlim() == ZOOM
    assert state.axes[0].get_ylim() == (0, 9)


def test_a_program_that_sets_the_same_limits_again_does_not_take_the_zoom(
    views, make_figure
):
    def state():
        figure = make_figure()
        figure.axes[0].set_xlim(0, 9)
        return figure

    first = state()
    views.carry_over(first)
    first.axes[0].set_xlim(*ZOOM)
    views.note_edits(first)

    second = state()
    views.carry_over(second)

    assert second.axes[0].get_xlim() == ZOOM


def test_a_view_brought_home_is_no_edit(views, zoomed, make_figure):
    zoomed.axes[0]._set_view(views._program[0])

    views.note_edits(zoomed)

    assert not views.edited


def test_the_programs_views_are_those_before_the_edits(views, zoomed, make_figure):
    state = make_figure([5, 6, 7, 8])
    expected = state.axes[0].get_xlim()

    (program,) = views.carry_over(state)

    assert program["xlim"] == expected


@pytest.mark.parametrize("count", [0, 2])
def test_another_number_of_axes_breaks_nothing(views, zoomed, count):
    state = Figure()
    FigureCanvasAgg(state)
    for position in range(count):
        state.add_subplot(2, 1, position + 1).plot([1, 2])

    program = views.carry_over(state)
    views.note_edits(state)

    assert len(program) == count
    if count:
        assert state.axes[0].get_xlim() == ZOOM
        assert state.axes[1].get_xlim() != ZOOM


def test_the_angle_of_a_3d_view_is_kept(views):
    def state():
        figure = Figure()
        FigureCanvasAgg(figure)
        figure.add_subplot(projection="3d").plot([1, 2], [1, 2], [1, 2])
        return figure

    first, second = state(), state()
    views.carry_over(first)
    first.axes[0].view_init(10, 20)
    views.note_edits(first)

    views.carry_over(second)

    assert (second.axes[0].elev, second.axes[0].azim) == (10, 20)


class TestHistory:
    def entry(self, figure, **view):
        from weakref import WeakKeyDictionary

        axes = figure.axes[0]
        entry = WeakKeyDictionary()
        entry[axes] = ({**axes._get_view(), **view}, (axes.get_position(),) * 2)
        return entry

    def test_entries_move_to_the_new_axes(self, make_figure):
        old, new = make_figure(), make_figure([7, 8])
        entries = [self.entry(old), self.entry(old, xlim=ZOOM)]

        home, zoom = rebind_history(entries, old, new, [new.axes[0]._get_view()])

        assert set(home) == set(zoom) == {new.axes[0]}
        assert zoom[new.axes[0]][0]["xlim"] == ZOOM

    def test_home_is_the_newest_view_of_the_program(self, make_figure):
        old, new = make_figure(), make_figure([70, 80])
        program = [new.axes[0]._get_view()]

        (home,) = rebind_history([self.entry(old)], old, new, program)

        assert home[new.axes[0]][0] == program[0]

    def test_axes_that_are_gone_are_left_out(self, make_figure):
        old = make_figure()

        assert list(rebind_history([self.entry(old)], old, Figure(), [])[0]) == []
