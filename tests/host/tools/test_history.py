"""The toolbar's history outlives the figure's states; Home is the program's view."""

from __future__ import annotations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from jlab_qtwindows.host.tools.history import home_views, rebind_history

ZOOM = (0.5, 1.5)


class TestEntries:
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

    def test_axes_that_are_new_are_in_every_entry_as_they_came(self, make_figure):
        old, new = make_figure(), make_figure()
        added = new.add_axes((0.1, 0.1, 0.2, 0.2))
        entries = [self.entry(old), self.entry(old, xlim=ZOOM)]
        program = [axes._get_view() for axes in new.axes]

        rebound = rebind_history(entries, old, new, program)

        for entry in rebound:
            view, positions = entry[added]
            assert view == program[1]
            assert positions[0].bounds == added.get_position().bounds

    def test_axes_of_a_figure_that_was_empty_for_a_while_have_a_home(self, make_figure):
        old, empty, new = make_figure(), Figure(), make_figure()
        program = [new.axes[0]._get_view()]

        (entry,) = rebind_history([self.entry(old)], old, empty, [])
        (entry,) = rebind_history([entry], empty, new, program)

        assert entry[new.axes[0]][0] == program[0]

    def test_axes_that_are_gone_are_left_out(self, make_figure):
        old = make_figure()

        assert list(rebind_history([self.entry(old)], old, Figure(), [])[0]) == []


class TestHome:
    def test_it_is_the_state_where_nothing_was_changed(self, make_figure):
        figure = make_figure()

        assert home_views(figure, {}) == [figure.axes[0]._get_view()]

    def test_it_is_the_programs_where_the_user_has_changed_the_limits(
        self, make_figure
    ):
        figure = make_figure()
        program = figure.axes[0]._get_view()
        own = {("axes/0", "xlim"): [*figure.axes[0].get_xlim(), True]}
        figure.axes[0].set_xlim(*ZOOM)

        (home,) = home_views(figure, own)

        assert home == {**program, "xlim": home["xlim"]}
        assert home["xlim"] == program["xlim"]

    def test_of_a_colorbar_it_is_the_limits_of_its_colours(self, make_figure):
        figure = make_figure()
        figure.colorbar(figure.axes[0].imshow([[1, 2]]))

        _, home = home_views(figure, {})

        assert home == (1, 2)

    def test_of_a_colorbar_it_is_the_programs_where_the_user_has_zoomed_it(
        self, make_figure
    ):
        figure = make_figure()
        figure.colorbar(figure.axes[0].imshow([[1, 2]]))

        _, home = home_views(figure, {("axes/1/mappables/0", "clim"): [3.0, 4.0]})

        assert home == (3, 4)

    def test_of_a_3d_view_it_has_the_angles(self):
        figure = Figure()
        FigureCanvasAgg(figure)
        axes = figure.add_subplot(projection="3d")
        axes.view_init(10, 20)

        ((_, angles),) = home_views(figure, {("axes/0", "angles"): [1.0, 2.0, 3.0]})

        assert angles == (1.0, 2.0, 3.0)
