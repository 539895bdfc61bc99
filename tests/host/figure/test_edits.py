"""What the user changes outlives the program's frames, but not its own word."""

from __future__ import annotations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.path import Path

from jlab_qtwindows.host.figure.edits import Edits
from jlab_qtwindows.protocol.edits import apply_edits

ZOOM = (0.5, 1.5)


@pytest.fixture
def sent():
    """Return what the kernel was told: numbers and edits."""
    return []


@pytest.fixture
def edits(sent):
    return Edits(lambda serial, told: sent.append((serial, told)))


@pytest.fixture
def act(edits):
    """Return a function with which the user does something to a figure."""

    def do(figure, action):
        edits.begin(figure)
        action(figure)
        edits.end(figure)
        return figure

    return do


@pytest.fixture
def zoomed(make_figure, act):
    """The user zooms into a first state, along x."""
    return act(make_figure(), lambda figure: figure.axes[0].set_xlim(*ZOOM))


@pytest.fixture
def make_3d():
    """Return a function that makes a figure with a line in space."""

    def make(scale=1):
        figure = Figure()
        FigureCanvasAgg(figure)
        data = [scale, 2 * scale]
        figure.add_subplot(projection="3d").plot(data, data, data)
        return figure

    return make


@pytest.fixture
def kernel(edits, sent, make_figure):
    """The program's figure, which applies what it is told."""

    class Kernel:
        figure = make_figure()
        applied = 0

        def apply(self):
            while sent:
                self.applied, told = sent.pop(0)
                assert apply_edits(self.figure, told) == []

        def show(self, state):
            """Let the window show this state now."""
            return edits.carry_over(state, self.applied)

        def state(self, *data):
            """Return a copy of the figure, as a state of it."""
            axes, copy = self.figure.axes[0], make_figure(*data)
            for name in "xy":
                if not getattr(axes, f"get_autoscale{name}_on")():
                    limits = getattr(axes, f"get_{name}lim")()
                    getattr(copy.axes[0], f"set_{name}lim")(*limits)
            return copy

    return Kernel()


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


class TestStyle:
    def test_subplot_parameters_stay(self, edits, act, make_figure):
        act(make_figure(), lambda figure: figure.subplots_adjust(left=0.3))
        state = make_figure()

        edits.carry_over(state)

        assert state.subplotpars.left == 0.3

    def test_a_program_that_sets_them_has_the_last_word(self, edits, act, make_figure):
        act(make_figure(), lambda figure: figure.subplots_adjust(left=0.3))
        state = make_figure()
        state.subplots_adjust(left=0.2)

        edits.carry_over(state)

        assert state.subplotpars.left == 0.2

    def test_a_line_made_anew_has_the_users_colour(self, edits, act, make_figure):
        act(make_figure(), lambda figure: figure.axes[0].lines[0].set_color("red"))
        state = make_figure([7, 8, 9])

        edits.carry_over(state)

        assert state.axes[0].lines[0].get_color() == "#ff0000ff"

    def test_a_colour_that_the_program_chooses_wins(self, edits, act, make_figure):
        act(make_figure(), lambda figure: figure.axes[0].lines[0].set_color("red"))
        state = make_figure()
        state.axes[0].lines[0].set_color("green")

        edits.carry_over(state)

        assert state.axes[0].lines[0].get_color() == "green"

    def test_a_title_that_changes_with_each_frame_wins(self, edits, act, make_figure):
        act(make_figure(), lambda figure: figure.axes[0].set_title("mine"))
        state = make_figure()
        state.axes[0].set_title("step 2")

        edits.carry_over(state)

        assert state.axes[0].get_title() == "step 2"

    @pytest.mark.parametrize("marker", ["^", 7, (5, 1, 30)])
    def test_a_marker_stays_however_it_is_written(
        self, edits, act, kernel, make_figure, marker
    ):
        act(make_figure(), lambda figure: figure.axes[0].lines[0].set_marker(marker))
        state = make_figure()

        edits.carry_over(state)
        kernel.apply()

        for figure in (state, kernel.figure):
            assert figure.axes[0].lines[0].get_marker() == marker

    @pytest.mark.parametrize("own", [Path.unit_circle(), [(-1, -1), (1, -1), (0, 1)]])
    def test_the_users_marker_replaces_a_shape_of_the_programs_own(
        self, edits, act, kernel, make_figure, own
    ):
        first, state = make_figure(), make_figure()
        for figure in (first, state, kernel.figure):
            figure.axes[0].lines[0].set_marker(own)
        act(first, lambda figure: figure.axes[0].lines[0].set_marker("o"))

        edits.carry_over(state)
        kernel.apply()

        for figure in (state, kernel.figure):
            assert figure.axes[0].lines[0].get_marker() == "o"

    def test_the_user_may_take_a_shape_of_the_programs_own_again(
        self, edits, act, kernel, make_figure
    ):
        own = Path.unit_circle()
        figure = make_figure()
        line = figure.axes[0].lines[0]
        line.set_marker(own)
        kernel.figure.axes[0].lines[0].set_marker(own)

        act(figure, lambda figure: line.set_marker("o"))
        kernel.apply()
        act(figure, lambda figure: line.set_marker(own))
        kernel.apply()

        marker = kernel.figure.axes[0].lines[0].get_marker()
        assert marker.vertices.tolist() == own.vertices.tolist()
        assert marker.codes.tolist() == own.codes.tolist()

    def test_a_state_of_a_figure_that_is_being_rebuilt_takes_no_edit_with_it(
        self, edits, act, kernel, make_figure
    ):
        def make(complete=True):
            figure = make_figure()
            axes = figure.axes[0]
            if complete:
                axes.plot([3, 2, 1])
                axes.set(title="loss", xlabel="epoch")
            return figure

        def act_on(figure):
            figure.axes[0].lines[1].set_color("red")
            figure.axes[0].set(title="mine", xlabel="steps")

        act(make(), act_on)
        kernel.figure = make()
        kernel.apply()

        half = make(complete=False)
        kernel.show(half)
        whole = make()
        kernel.show(whole)

        assert half.axes[0].get_title() == "mine"
        assert whole.axes[0].lines[1].get_color() == "#ff0000ff"
        assert whole.axes[0].get_title() == "mine"
        assert whole.axes[0].get_xlabel() == "steps"

    def test_a_new_colour_of_a_curve_leaves_its_markers_alone(
        self, edits, act, kernel, make_figure
    ):
        def make():
            figure = make_figure()
            figure.axes[0].lines[0].set(marker="o", markerfacecolor="green", alpha=0.5)
            return figure

        def act_on(figure):  # as the dialog does, which sets all that it shows
            line = figure.axes[0].lines[0]
            edge, face = line.get_markeredgecolor(), line.get_markerfacecolor()
            edge, face = to_rgba(edge, 0.5), to_rgba(face, 0.5)
            line.set_alpha(None)
            line.set(color="red", markeredgecolor=edge, markerfacecolor=face)

        shown = act(make(), act_on).axes[0].lines[0]
        kernel.figure = make()
        kernel.apply()
        state = make()
        edits.carry_over(state)

        for figure in (state, kernel.figure):
            line = figure.axes[0].lines[0]
            for name in ("markeredgecolor", "markerfacecolor"):
                now, then = (getattr(each, f"get_{name}")() for each in (line, shown))
                assert to_hex(now, True) == to_hex(then, True)


class TestKernel:
    def test_it_is_told_what_has_changed_and_nothing_else(self, zoomed, sent):
        assert sent == [(1, [("axes/0", "xlim", [*ZOOM, False])])]

    def test_what_it_has_applied_is_still_the_users(self, edits, zoomed, kernel):
        kernel.apply()

        own = kernel.show(kernel.state())

        assert edits
        assert own["axes/0", "xlim"][2] is True  # Home autoscales, as the program did

    def test_it_is_told_again_after_clear_has_undone_it(
        self, edits, zoomed, kernel, sent, make_figure
    ):
        kernel.apply()
        kernel.show(kernel.state())
        state = make_figure([5, 6])

        kernel.show(state)

        assert state.axes[0].get_xlim() == ZOOM
        assert sent == [(2, [("axes/0", "xlim", [*ZOOM, False])])]

    def test_it_is_not_told_again_before_it_has_answered(
        self, edits, zoomed, sent, make_figure
    ):
        for _ in range(10):
            edits.carry_over(make_figure())

        assert len(sent) == 1

    def test_a_new_connection_is_told_again(self, edits, zoomed, sent, make_figure):
        edits.on_connected()

        edits.carry_over(make_figure())

        assert len(sent) == 2

    def test_limits_that_the_program_puts_back_win(self, edits, act, kernel):
        for axes in kernel.figure.axes:
            axes.set_xlim(0, 2)
        act(kernel.state(), lambda figure: figure.axes[0].set_xlim(*ZOOM))
        kernel.apply()
        # Before any state could show what the user has chosen.
        kernel.figure.axes[0].set_xlim(0, 2)
        state = kernel.state()

        kernel.show(state)

        assert state.axes[0].get_xlim() == (0, 2)
        assert not edits

    def test_a_state_from_before_the_edit_does_not_undo_it(self, edits, act, kernel):
        kernel.figure.axes[0].set_xlim(0, 2)
        act(kernel.state(), lambda figure: figure.axes[0].set_xlim(*ZOOM))
        state = kernel.state()

        kernel.show(state)

        assert state.axes[0].get_xlim() == ZOOM

    def test_an_older_state_of_two_quick_edits_undoes_neither(
        self, edits, act, kernel, make_figure
    ):
        act(make_figure(), lambda figure: figure.axes[0].set_xlim(*ZOOM))
        kernel.apply()
        between = kernel.state()
        shown = kernel.state()
        kernel.show(shown)
        act(shown, lambda figure: figure.axes[0].set_xlim(0.8, 0.9))

        own = kernel.show(between)

        assert between.axes[0].get_xlim() == (0.8, 0.9)
        assert own["axes/0", "xlim"][2] is True


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


class TestDialogs:
    def test_a_change_in_the_figure_that_is_shown_is_an_edit(
        self, edits, make_figure, sent
    ):
        figure = make_figure()
        edits.watch("dialog", figure)
        figure.axes[0].set_title("mine")

        edits.note_watched(figure)

        assert sent == [(1, [("axes/0", "title", "mine")])]

    def test_a_change_in_a_figure_that_is_shown_no_more_goes_to_the_new_one(
        self, edits, make_figure, sent
    ):
        opened, shown = make_figure(), make_figure([7, 8, 9])
        edits.watch("dialog", opened)
        edits.carry_over(shown)
        opened.axes[0].lines[0].set_linewidth(7)

        edits.note_watched(shown)

        assert shown.axes[0].lines[0].get_linewidth() == 7
        assert sent == [(1, [("axes/0/lines/0", "linewidth", 7.0)])]

    def test_a_closed_dialog_is_not_looked_at(self, edits, make_figure, sent):
        figure = make_figure()
        edits.watch("dialog", figure)
        edits.unwatch("dialog")
        figure.axes[0].set_title("another's")

        edits.note_watched(figure)

        assert sent == []


def test_another_figure_begins_without_edits(edits, zoomed, make_figure):
    edits.forget()
    state = make_figure()
    before = state.axes[0].get_xlim()

    edits.carry_over(state)

    assert state.axes[0].get_xlim() == before
