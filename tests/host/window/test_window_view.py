"""The view of one window, and the mouse that moves it, while states come."""

from __future__ import annotations

import math

import pytest
from matplotlib.figure import Figure
from peer import PEER
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtGui import QCursor
from user import drag, move

from jlab_qtwindows.host.window import drawing
from jlab_qtwindows.protocol.messages import INPUT_EVENTS, InputEvent, UseKeymap


def figure_3d():
    figure = Figure(figsize=(4, 3))
    figure.add_subplot(projection="3d").plot([1, 2], [3, 4], [5, 6])
    return figure


class TestView:
    @pytest.fixture
    def zoomed(self, window, show, make_figure, qtbot):
        """Zoom into the middle of the first state with the mouse."""
        (axes,) = show(make_figure())
        self.before = axes.get_xlim()
        window.manager.toolbar.zoom()
        drag(qtbot, window.canvas, (0.4, 0.4), (0.6, 0.6))
        assert axes.get_xlim() != self.before
        return axes.get_xlim(), axes.get_ylim()

    def test_a_zoom_survives_a_loop_of_clear_and_plot(
        self, zoomed, window, show, make_figure
    ):
        figure = make_figure()
        for number in range(5):
            figure.axes[0].clear()
            figure.axes[0].plot([number, 5, 9])
            (axes,) = show(figure)

        assert (axes.get_xlim(), axes.get_ylim()) == zoomed

    def test_home_brings_the_programs_newest_view(
        self, zoomed, window, show, make_figure
    ):
        newest = make_figure([10, 20, 30, 40, 50])
        expected = (newest.axes[0].get_xlim(), newest.axes[0].get_ylim())
        (axes,) = show(newest)

        window.manager.toolbar.home()

        assert (axes.get_xlim(), axes.get_ylim()) == expected

    def test_after_home_the_program_is_followed_again(
        self, zoomed, window, show, make_figure
    ):
        show(make_figure())
        window.manager.toolbar.home()
        newest = make_figure([10, 20, 30, 40, 50])
        expected = newest.axes[0].get_xlim()

        (axes,) = show(newest)

        assert axes.get_xlim() == expected

    def test_back_after_a_new_state_shows_the_zoom_again(
        self, zoomed, window, show, make_figure
    ):
        show(make_figure([10, 20, 30]))
        window.manager.toolbar.home()
        (axes,) = show(make_figure([10, 20, 30]))

        window.manager.toolbar.back()

        assert axes.get_xlim() == zoomed[0]

    def test_limits_set_by_the_program_are_shown(self, zoomed, show, make_figure):
        figure = make_figure()
        figure.axes[0].set_xlim(-7, 7)

        (axes,) = show(figure)

        assert axes.get_xlim() == (-7, 7)

    def test_the_tool_stays_chosen(self, zoomed, window, show, make_figure, qtbot):
        (axes,) = show(make_figure())
        before = axes.get_xlim()

        drag(qtbot, window.canvas, (0.45, 0.45), (0.55, 0.55))

        assert axes.get_xlim() != before

    def test_a_rectangle_pulled_over_two_states_zooms_the_shown_one(
        self, window, show, make_figure, qtbot
    ):
        show(make_figure())
        (axes,) = show(make_figure())
        before = axes.get_xlim()
        window.manager.toolbar.zoom()

        drag(qtbot, window.canvas, (0.4, 0.4), (0.6, 0.6))

        assert axes.get_xlim() != before

    def test_a_3d_figure_is_shown_and_turned(self, window, show, qtbot):
        (axes,) = show(figure_3d())
        program = (axes.elev, axes.azim)
        drag(qtbot, window.canvas, (0.4, 0.4), (0.6, 0.6))
        turned = (axes.elev, axes.azim)
        assert turned != program

        (axes,) = show(figure_3d())
        assert (axes.elev, axes.azim) == turned

        window.manager.toolbar.home()
        assert (axes.elev, axes.azim) == program

    @pytest.mark.parametrize("projection", ["polar", "mollweide"])
    def test_figures_of_other_projections_are_shown(self, window, show, projection):
        made = Figure(figsize=(4, 3))
        made.add_subplot(projection=projection).plot([0, 1], [0, 1])

        show(made)
        show(made)

        assert window.canvas.draw_error == ""


class TestDrag:
    @pytest.fixture(autouse=True)
    def no_drawing_is_slow(self, monkeypatch):
        """A window yields after one, also where it took so long on a busy machine."""
        monkeypatch.setattr(drawing, "SLOW", math.inf)

    @pytest.fixture
    def press(self, window, qtbot):
        """Return a function that presses the left button, in px of the canvas."""

        def at(x, y):
            move(window.canvas, x, y)
            qtbot.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(x, y))

        return at

    @pytest.mark.parametrize("wanted", [(), ("key_press_event", "scroll_event")])
    def test_a_window_is_held_while_the_user_drags(
        self, window, show, make_figure, press, qtbot, wanted
    ):
        show(make_figure())
        window.inputs.want(wanted)
        assert not window.content.is_held()

        press(200, 150)
        assert window.content.is_held()

        qtbot.mouseRelease(window.canvas, Qt.MouseButton.LeftButton)
        assert not window.content.is_held()

    @pytest.mark.parametrize(
        "wanted",
        ["button_press_event", "button_release_event", "motion_notify_event"],
    )
    def test_a_drag_that_the_program_listens_to_is_the_programs(
        self, window, show, make_figure, press, wanted
    ):
        show(make_figure())
        window.inputs.want([wanted])

        press(200, 150)

        assert not window.content.is_held()

    @pytest.mark.parametrize("tool", ["pan", "zoom"])
    def test_a_drag_with_a_tool_is_the_windows(
        self, window, show, make_figure, press, tool
    ):
        show(make_figure())
        window.inputs.want(INPUT_EVENTS)
        getattr(window.manager.toolbar, tool)()
        assert not window.content.is_held()

        press(200, 150)

        assert window.content.is_held()

    def test_turning_a_3d_axes_is_the_windows(self, window, show, press, qtbot):
        show(figure_3d())
        window.inputs.want(INPUT_EVENTS)

        press(200, 150)
        assert window.content.is_held()

        qtbot.mouseRelease(window.canvas, Qt.MouseButton.LeftButton)
        assert not window.content.is_held()

    def test_a_drag_beside_a_3d_axes_is_the_programs(self, window, show, press):
        figure = Figure(figsize=(4, 3))
        figure.add_subplot(1, 2, 1, projection="3d")
        figure.add_subplot(1, 2, 2)
        show(figure)
        window.inputs.want(INPUT_EVENTS)

        press(300, 150)

        assert not window.content.is_held()

    def test_a_press_that_the_kernel_knows_turns_nothing(self, window, show):
        figure = figure_3d()
        figure.axes[0].button_pressed = 1
        figure.axes[0]._sx = figure.axes[0]._sy = 0.0
        (axes,) = show(figure)
        before = (axes.elev, axes.azim)

        move(window.canvas, 150, 100)
        move(window.canvas, 250, 200)

        assert (axes.elev, axes.azim) == before


class TestInputs:
    @pytest.fixture
    def listening(self, window, show, make_figure):
        show(make_figure())
        window.inputs.want(["button_press_event", "key_press_event"])
        return window

    def test_events_with_a_tool_are_told_too(self, listening, told, qtbot):
        listening.manager.toolbar.zoom()

        drag(qtbot, listening.canvas, (0.5, 0.25), (0.6, 0.6))

        (event,) = [event for event in told if isinstance(event, InputEvent)]
        assert (event.kind, event.x, event.y) == ("button_press_event", 0.5, 0.75)
        assert (event.button, event.serial) == (1, 1)

    def test_keys_of_the_window_are_told_too(self, listening, told, qtbot):
        (axes,) = listening.canvas.figure.axes
        middle = listening.canvas.mapToGlobal(listening.canvas.rect().center())
        QCursor.setPos(middle)
        qtbot.waitUntil(lambda: QCursor.pos() == middle)

        qtbot.keyClick(listening.canvas, Qt.Key.Key_L)

        assert axes.get_yscale() == "log"
        assert [m.key for m in told if isinstance(m, InputEvent)] == ["l"]

    def test_the_quit_key_is_told_before_the_window_is_closed(
        self, listening, told, events, qtbot
    ):
        qtbot.keyClick(listening.canvas, Qt.Key.Key_Q)

        assert [event.key for event in told] == ["q"]
        assert ("closed", "w1") in events

    def test_another_figure_in_the_window_wants_nothing_yet(
        self, listening, told, opened, qtbot
    ):
        listening.adopt(PEER, opened("w2"))

        drag(qtbot, listening.canvas, (0.4, 0.4), (0.6, 0.6))
        assert told == []

        listening.inputs.want(["button_press_event"])
        drag(qtbot, listening.canvas, (0.4, 0.4), (0.6, 0.6))
        assert [event.window_id for event in told] == ["w2"]

    def test_nothing_is_told_after_closing(self, listening, told, qtbot):
        listening.inputs.want(["motion_notify_event"])
        move(listening.canvas, 200, 150)
        move(listening.canvas, 201, 150)  # which waits
        told.clear()

        listening.close()

        assert not listening.inputs._timer.isActive()
        drag(qtbot, listening.canvas, (0.4, 0.4), (0.6, 0.6))
        assert told == []


class TestMouseButtons:
    def test_the_back_button_of_the_mouse_works_after_new_states_too(
        self, window, show, make_figure, qtbot, monkeypatch
    ):
        # By its number, too: since Python 3.11 Matplotlib does not find it by its name.
        window.arbiter.obey(UseKeymap("w1", {"keymap.back": ["8", "MouseButton.BACK"]}))
        show(make_figure())
        show(make_figure())
        window.canvas.draw()
        window.manager.toolbar.zoom()
        drag(qtbot, window.canvas, (0.3, 0.3), (0.7, 0.7))
        window.manager.toolbar.zoom()
        (axes,) = show(make_figure())
        zoomed = axes.get_xlim()

        qtbot.mouseClick(window.canvas, Qt.MouseButton.BackButton)

        assert axes.get_xlim() != zoomed
