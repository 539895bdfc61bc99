"""The limits that the user has chosen, in new states."""

from __future__ import annotations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from user import ZOOM


class TestLimits:
    def test_a_new_state_keeps_the_zoom(self, edits, zoomed, make_figure):
        state = make_figure([5, 6, 7, 8])

        edits.carry_over(state)

        assert state.axes[0].get_xlim() == ZOOM
        assert edits

    def test_what_the_user_left_alone_follows_the_program(
        self, edits, zoomed, make_figure
    ):
        state = make_figure([50, 60, 70])
        expected = state.axes[0].get_ylim()

        edits.carry_over(state)

        assert state.axes[0].get_ylim() == expected

    def test_the_zoom_lasts_for_many_states(self, edits, zoomed, make_figure):
        for number in range(5):
            state = make_figure([number, 1, 2])
            edits.carry_over(state)

        assert state.axes[0].get_xlim() == ZOOM

    def test_the_zoom_yields_to_limits_set_by_the_program(
        self, edits, zoomed, make_figure
    ):
        state = make_figure()
        state.axes[0].set_xlim(0, 9)

        edits.carry_over(state)

        assert state.axes[0].get_xlim() == (0, 9)
        assert not edits

    def test_limits_set_along_y_leave_the_zoom_along_x(
        self, edits, zoomed, make_figure
    ):
        state = make_figure()
        state.axes[0].set_ylim(0, 9)

        edits.carry_over(state)

        assert state.axes[0].get_xlim() == ZOOM
        assert state.axes[0].get_ylim() == (0, 9)

    def test_a_program_that_sets_the_same_limits_again_does_not_take_the_zoom(
        self, edits, act, make_figure
    ):
        def state():
            figure = make_figure()
            figure.axes[0].set_xlim(0, 9)
            return figure

        act(state(), lambda figure: figure.axes[0].set_xlim(*ZOOM))

        second = state()
        edits.carry_over(second)

        assert second.axes[0].get_xlim() == ZOOM

    def test_limits_that_follow_from_a_new_scale_are_no_choice_of_the_user(
        self, edits, act, make_figure
    ):
        act(make_figure(), lambda figure: figure.axes[0].set_yscale("log"))
        state = make_figure([1000, 2000])
        expected = make_figure([1000, 2000]).axes[0]
        expected.set_yscale("log")

        edits.carry_over(state)

        assert state.axes[0].get_yscale() == "log"
        assert state.axes[0].get_ylim() == expected.get_ylim()

    @pytest.mark.parametrize("count", [0, 2])
    def test_another_number_of_axes_breaks_nothing(self, edits, zoomed, count):
        state = Figure()
        FigureCanvasAgg(state)
        for position in range(count):
            state.add_subplot(2, 1, position + 1).plot([1, 2])

        edits.carry_over(state)

        if count:
            assert state.axes[0].get_xlim() == ZOOM
            assert state.axes[1].get_xlim() != ZOOM

    def test_the_angle_of_a_3d_view_is_kept(self, edits, act, make_3d):
        act(make_3d(), lambda figure: figure.axes[0].view_init(10, 20))
        second = make_3d()

        edits.carry_over(second)

        assert (second.axes[0].elev, second.axes[0].azim) == (10, 20)

    def test_a_zoom_in_3d_is_kept_although_it_leaves_autoscale_on(
        self, edits, act, make_3d
    ):
        figure, limits = make_3d(), []

        def zoom(figure):
            figure.axes[0]._scale_axis_limits(0.5, 0.5, 0.5)  # as the mouse does
            limits[:] = figure.axes[0].get_zlim()

        act(figure, zoom)
        act(figure, zoom)  # and again before the next state
        second = make_3d()
        edits.carry_over(second)

        assert figure.axes[0].get_autoscalez_on()
        assert list(second.axes[0].get_zlim()) == limits

    def test_home_gives_a_3d_view_back_to_the_program(self, edits, act, make_3d):
        figure = make_3d()
        home = figure.axes[0]._get_view()
        act(figure, lambda figure: figure.axes[0]._scale_axis_limits(0.5, 0.5, 0.5))
        act(figure, lambda figure: figure.axes[0]._set_view(home))
        second = make_3d(scale=10)
        its_own = second.axes[0].get_zlim()

        edits.carry_over(second)

        assert second.axes[0].get_zlim() == its_own

    def test_limits_that_follow_from_a_new_scale_in_3d_are_no_choice_either(
        self, edits, act, make_3d
    ):
        act(make_3d(), lambda figure: figure.axes[0].set_zscale("log"))
        second = make_3d(scale=10)

        edits.carry_over(second)

        assert second.axes[0].get_zlim()[1] > 10


class TestHome:
    """The user goes back to the program's view."""

    @pytest.fixture
    def home(self, act, edits):
        def press(figure, own):
            low, high, auto = own["axes/0", "xlim"]
            act(figure, lambda f: f.axes[0].set_xlim(low, high, auto=auto))

        return press

    def test_the_kernel_is_told_to_autoscale_again(
        self, edits, zoomed, kernel, home, sent
    ):
        kernel.apply()
        state = kernel.state()
        own = kernel.show(state)

        home(state, own)
        kernel.apply()

        assert kernel.figure.axes[0].get_autoscalex_on()

    def test_a_busy_kernel_does_not_bring_the_zoom_back(
        self, edits, zoomed, kernel, home
    ):
        kernel.apply()
        state = kernel.state()
        own = kernel.show(state)
        home(state, own)
        late = kernel.state()

        kernel.show(late)

        assert late.axes[0].get_xlim() == pytest.approx(own["axes/0", "xlim"][:2])

    def test_nothing_is_left_of_the_edit_when_the_kernel_has_followed(
        self, edits, zoomed, kernel, home
    ):
        kernel.apply()
        state = kernel.state()
        home(state, kernel.show(state))
        kernel.apply()

        kernel.show(kernel.state([10, 20, 30, 40, 50]))

        assert not edits


class TestHold:
    def test_limits_stay_even_when_the_program_sets_them(self, edits, make_figure):
        figure = make_figure()
        before = figure.axes[0].get_xlim()
        edits.hold(figure, True)
        state = make_figure()
        state.axes[0].set_xlim(0, 9)

        edits.carry_over(state)

        assert state.axes[0].get_xlim() == before

    def test_a_zoom_while_held_is_held_too_and_not_told(
        self, edits, act, make_figure, sent
    ):
        figure = make_figure()
        edits.hold(figure, True)
        act(figure, lambda f: f.axes[0].set_xlim(*ZOOM))
        state = make_figure()
        state.axes[0].set_xlim(0, 9)

        edits.carry_over(state)

        assert state.axes[0].get_xlim() == ZOOM
        assert sent == []

    def test_a_zoom_made_before_is_held_too(self, edits, zoomed, make_figure, sent):
        edits.hold(zoomed, True)
        sent.clear()
        state = make_figure()
        state.axes[0].set_xlim(0, 9)

        edits.carry_over(state)
        assert state.axes[0].get_xlim() == ZOOM
        assert sent == []

        edits.hold(state, False)
        assert state.axes[0].get_xlim() == (0, 9)

    def test_the_end_of_it_shows_the_programs_view_at_once(self, edits, make_figure):
        edits.hold(make_figure(), True)
        state = make_figure()
        state.axes[0].set_xlim(0, 9)
        edits.carry_over(state)

        edits.hold(state, False)

        assert state.axes[0].get_xlim() == (0, 9)
        assert not edits
