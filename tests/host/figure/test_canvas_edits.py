"""Whatever the user does in a window is an edit: mouse, key, button, dialog."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QDialog, QInputDialog
from user import drag, move, press_again

from jlab_qtwindows.protocol.messages import FigureEdited


@pytest.fixture
def figure(make_figure):
    return make_figure(figsize=(4, 3))


@pytest.fixture
def shown(window, show, figure, qtbot):
    """Return the canvas with a first state on the screen."""
    show(figure)
    window.canvas.draw()
    return window.canvas


@pytest.fixture
def edited(told):
    """Return a function that gives what the kernel was told, by place and name."""

    def get():
        messages = [m for m in told if isinstance(m, FigureEdited)]
        return {(path, name): value for m in messages for path, name, value in m.edits}

    return get


def press_over_axes(qtbot, canvas, key):
    qtbot.mouseMove(canvas)  # Matplotlib asks for the cursor when a key is pressed
    shift = Qt.KeyboardModifier.ShiftModifier
    none = Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(canvas, key, shift if key.isupper() else none)


class TestTools:
    def test_a_zoom_rectangle(self, shown, edited, qtbot, show, make_figure):
        shown.toolbar.zoom()

        drag(qtbot, shown, (0.3, 0.3), (0.7, 0.7))

        low, high, auto = edited()["axes/0", "xlim"]
        assert 0 < low < high < 2
        assert not auto
        (axes,) = show(make_figure([5, 6, 7]))
        assert axes.get_xlim() == (low, high)

    def test_a_pan(self, shown, edited, qtbot):
        shown.toolbar.pan()

        drag(qtbot, shown, (0.3, 0.3), (0.7, 0.7))

        assert {("axes/0", "xlim"), ("axes/0", "ylim")} == edited().keys()

    def test_a_pan_right_after_a_click(self, shown, edited, qtbot):
        shown.toolbar.pan()
        left = Qt.MouseButton.LeftButton
        qtbot.mouseClick(shown, left, pos=QPoint(200, 150))

        press_again(shown, 200, 150)
        move(shown, 230, 150, held=left)
        qtbot.mouseRelease(shown, left, pos=QPoint(230, 150))

        assert ("axes/0", "xlim") in edited()

    def test_home_tells_the_kernel_the_programs_own_limits(self, shown, edited, qtbot):
        own = shown.figure.axes[0].get_xlim()
        shown.toolbar.zoom()
        drag(qtbot, shown, (0.3, 0.3), (0.7, 0.7))

        shown.toolbar.home()

        assert edited()["axes/0", "xlim"] == [*own, True]

    def test_back_and_forward(self, shown, edited, qtbot):
        shown.toolbar.zoom()
        drag(qtbot, shown, (0.3, 0.3), (0.7, 0.7))
        first = edited()["axes/0", "xlim"]
        drag(qtbot, shown, (0.3, 0.3), (0.7, 0.7))

        shown.toolbar.back()
        assert edited()["axes/0", "xlim"] == first

        shown.toolbar.forward()
        assert edited()["axes/0", "xlim"] != first

    def test_a_click_that_changes_nothing_is_no_edit(self, shown, edited, qtbot):
        qtbot.mouseClick(shown, Qt.MouseButton.LeftButton)

        assert edited() == {}


class TestKeys:
    @pytest.mark.parametrize(
        ("key", "name", "value"),
        [
            ("l", "yscale", "log"),
            ("k", "xscale", "log"),
            ("g", "xgrid_major", True),
            ("G", "xgrid_minor", True),
        ],
    )
    def test_a_key_that_changes_the_axes(
        self, shown, edited, qtbot, show, make_figure, key, name, value
    ):
        press_over_axes(qtbot, shown, key)

        assert edited()["axes/0", name] == value
        show(make_figure([5, 6, 7]))
        told = edited()
        shown.edits.begin(shown.figure)
        assert shown.edits._before["axes/0", name] == value
        assert told == edited()

    def test_a_key_in_the_middle_of_a_drag_does_not_end_it(self, shown, edited, qtbot):
        shown.toolbar.zoom()
        qtbot.mousePress(shown, Qt.MouseButton.LeftButton, pos=shown.rect().center())

        qtbot.keyClick(shown, Qt.Key.Key_F5)

        assert shown.edits._before is not None


def test_a_turned_3d_view(shown, show, edited, qtbot):
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = Figure(figsize=(4, 3))
    FigureCanvasAgg(figure)
    figure.add_subplot(projection="3d").plot([1, 2], [1, 2], [1, 2])
    show(figure)
    shown.draw()

    drag(qtbot, shown, (0.5, 0.5), (0.7, 0.6))

    assert ("axes/0", "angles") in edited()


class TestSubplotDialog:
    @pytest.fixture
    def dialog(self, shown, qtbot):
        dialog = shown.toolbar.configure_subplots()
        yield dialog
        dialog.close()

    def test_it_says_of_which_figure(self, shown, dialog):
        assert dialog.windowTitle() == f"Subplots of {shown.title}"

    def test_a_slider_changes_the_figure_of_the_kernel(
        self, shown, dialog, edited, show, make_figure
    ):
        dialog._spinboxes["left"].setValue(0.3)
        shown.draw()

        assert edited()["figure", "subplots"][0] == 0.3
        show(make_figure())
        assert shown.figure.subplotpars.left == 0.3

    def test_it_acts_on_what_is_shown_also_after_new_states(
        self, shown, dialog, edited, show, make_figure
    ):
        show(make_figure([7, 8]))

        dialog._spinboxes["left"].setValue(0.3)
        shown.draw()

        assert shown.figure.subplotpars.left == 0.3
        assert edited()["figure", "subplots"][0] == 0.3

    def test_opened_again_it_acts_on_the_newest_state(
        self, shown, dialog, show, make_figure
    ):
        dialog.close()
        show(make_figure([7, 8]))

        again = shown.toolbar.configure_subplots()
        again._spinboxes["left"].setValue(0.3)

        assert shown.figure.subplotpars.left == 0.3

    def test_tight_layout(self, shown, dialog, edited):
        dialog._tight_layout()
        shown.draw()

        assert ("figure", "subplots") in edited()


class TestOptionsDialog:
    @pytest.fixture
    def dialog(self, shown, qtbot):
        shown.toolbar.edit_parameters()
        dialog = shown.toolbar._fedit_dialog
        assert isinstance(dialog, QDialog)
        yield dialog
        dialog.close()

    def apply(self, dialog, **changes):
        """Press Apply, as if the fields of these positions had been filled in."""
        data = dialog.formwidget.get()
        for (page, position), value in changes.get("fields", {}).items():
            if page == "axes":
                data[0][position] = value
            else:
                data[1][0][position] = value
        dialog.apply_callback(data)

    def test_apply_without_a_change_is_no_edit(self, dialog, edited):
        self.apply(dialog)

        assert edited().keys() <= {("axes/0", "xlim"), ("axes/0", "ylim")}

    def test_home_goes_back_to_the_limits_before(self, shown, dialog):
        (axes,) = shown.figure.axes
        before = axes.get_xlim()
        self.apply(dialog, fields={("axes", 1): 0.5, ("axes", 2): 1.5})
        assert axes.get_xlim() == (0.5, 1.5)

        shown.toolbar.home()

        assert axes.get_xlim() == before

    def test_title_and_curve_reach_the_kernel_and_stay(
        self, shown, dialog, edited, show, make_figure
    ):
        self.apply(dialog, fields={("axes", 0): "mine", ("curve", 3): 5.0})

        assert edited()["axes/0", "title"] == "mine"
        assert edited()["axes/0/lines/0", "linewidth"] == 5.0
        (axes,) = show(make_figure([3, 2, 1]))
        assert axes.get_title() == "mine"
        assert axes.lines[0].get_linewidth() == 5.0

    def test_it_acts_on_what_is_shown_also_after_new_states(
        self, shown, dialog, show, make_figure
    ):
        (axes,) = show(make_figure([3, 2, 1]))

        self.apply(dialog, fields={("axes", 0): "mine", ("curve", 3): 5.0})

        assert axes.get_title() == "mine"
        assert axes.lines[0].get_linewidth() == 5.0

    def test_it_acts_on_the_axes_chosen_while_new_states_came(
        self, shown, show, edited, monkeypatch
    ):
        def two_axes():
            figure = Figure()
            figure.subplots(2)
            return figure

        def choose(*args):
            show(two_axes())
            return args[3][1], True

        show(two_axes())
        monkeypatch.setattr(QInputDialog, "getItem", choose)
        shown.toolbar.edit_parameters()
        dialog = shown.toolbar._fedit_dialog

        self.apply(dialog, fields={("axes", 0): "mine"})
        dialog.close()

        assert edited()["axes/1", "title"] == "mine"
        assert shown.figure.axes[1].get_title() == "mine"

    def test_nothing_is_watched_where_the_choice_of_an_axes_is_cancelled(
        self, shown, show, monkeypatch
    ):
        figure = Figure()
        figure.subplots(2)
        show(figure)
        monkeypatch.setattr(QInputDialog, "getItem", lambda *args: ("", False))

        shown.toolbar.edit_parameters()

        assert not shown.edits._watched


def test_a_held_view_keeps_what_the_program_sets(shown, show, make_figure):
    before = shown.figure.axes[0].get_xlim()
    shown.hold_view(True)
    state = make_figure()
    state.axes[0].set_xlim(0, 9)

    (axes,) = show(state)
    assert axes.get_xlim() == before

    shown.hold_view(False)
    assert axes.get_xlim() == (0, 9)
