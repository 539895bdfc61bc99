"""Colours, texts and sizes that the user has chosen, in new states."""

from __future__ import annotations

import pytest
from matplotlib.colors import to_hex, to_rgba
from matplotlib.path import Path


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
