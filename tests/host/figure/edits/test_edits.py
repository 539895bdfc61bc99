"""What the user changes outlives the program's frames, but not its own word."""

from __future__ import annotations

from user import ZOOM


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
