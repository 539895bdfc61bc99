"""One window: Matplotlib's own, with states that come and go."""

from __future__ import annotations

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from peer import PEER
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtGui import QCursor, QIcon
from PyQt5.QtWidgets import QApplication
from user import drag, move

from jlab_qtwindows.host.window import liveness
from jlab_qtwindows.host.wire.peers import Peer
from jlab_qtwindows.protocol.messages import INPUT_EVENTS, InputEvent, UseKeymap


class Broken(Line2D):
    def draw(self, renderer):
        raise ValueError("my own mistake")


def figure_3d():
    figure = Figure(figsize=(4, 3))
    figure.add_subplot(projection="3d").plot([1, 2], [3, 4], [5, 6])
    return figure


class TestTitle:
    def test_the_notebooks_name_is_added(self, window):
        window.set_title("loss")

        assert window.window.windowTitle() == "loss — Größe"
        assert window.model()["title"] == "loss"

    def test_without_a_notebook_the_title_stands_alone(self, open_window):
        window = open_window(Peer(b"", "kernel", "k", "", 1), title="loss")

        assert window.window.windowTitle() == "loss"

    @pytest.mark.parametrize("hostile", ["a\nb", "a\x1bb", "a\u202eb"])
    def test_control_characters_do_not_reach_the_title_bar(self, window, hostile):
        window.set_title(hostile)

        assert window.window.windowTitle() == "a b — Größe"

    def test_a_hostile_notebook_does_not_reach_it_either(self, open_window):
        peer = Peer(b"", "kernel", "k", "x" * 5000 + "\n.ipynb", 1)

        window = open_window(peer, title="y" * 5000)

        title = window.window.windowTitle()
        assert title.isprintable()
        assert len(title) <= 2 * 256 + 3


class TestSize:
    def test_the_canvas_has_the_size_asked_for(self, window, show, make_figure):
        show(make_figure())

        assert (window.canvas.width(), window.canvas.height()) == (400, 300)
        assert (window.model()["width"], window.model()["height"]) == (400, 300)

    def test_a_window_without_a_toolbar_gives_the_canvas_the_same_size(
        self, open_window, update_of, make_figure, qtbot
    ):
        window = open_window(toolbar=False)
        window.show_update(update_of(make_figure()))
        qtbot.waitUntil(lambda: not window._presence._size._settling.isActive())

        assert not window.manager.toolbar.isVisible()
        assert (window.canvas.width(), window.canvas.height()) == (400, 300)
        below = window.window.statusBar().height()
        assert window.window.height() == 300 + below

    def test_a_canvas_of_300_inches_fits_the_screen(
        self, open_window, update_of, make_figure
    ):
        window = open_window(width=30_000, height=30_000)
        window.show_update(update_of(make_figure(figsize=(300, 300))))

        screen = QApplication.primaryScreen().availableGeometry()
        width, height = window.canvas.get_width_height(physical=True)
        assert width <= screen.width()
        assert height <= screen.height()
        assert "30000 x 30000 px do not fit the screen" in window.model()["reason"]

    @pytest.mark.parametrize("size", [(0, 0), (-5, 10), (1, 10**9)])
    def test_a_size_that_makes_no_sense_breaks_nothing(
        self, window, show, make_figure, size
    ):
        window.resize(*size)

        show(make_figure())

        assert window.canvas.draw_error == ""

    def test_a_new_state_keeps_the_size_that_the_user_gave(
        self, window, show, make_figure, qtbot
    ):
        show(make_figure())
        window.window.resize(500, 450)
        qtbot.waitUntil(lambda: window.window.width() == 500)
        size = (window.canvas.width(), window.canvas.height())

        show(make_figure(figsize=(9, 9)))

        assert (window.canvas.width(), window.canvas.height()) == size
        assert window.window.width() == 500


def test_a_figure_with_a_colorbar_is_shown_and_keeps_its_history(
    window, show, make_figure, qtbot
):
    def state():
        figure = make_figure()
        figure.colorbar(figure.axes[0].imshow([[1, 2], [3, 4]]))
        return figure

    show(state())
    window.manager.toolbar.push_current()

    axes, colorbar = show(state())

    assert not window.canvas.draw_error
    window.manager.toolbar.home()
    assert axes.get_xlim() == (-0.5, 1.5)
    assert colorbar.get_ylim() == (1, 4)


def test_limits_autoscale_by_the_settings_of_the_kernel(
    window, show, make_figure, update_of
):
    with mpl.rc_context({"axes.autolimit_mode": "round_numbers"}):
        expected = make_figure([1, 2, 3]).axes[0].get_xlim()
        update = update_of(make_figure([1, 2, 3]))
    (axes,) = show(make_figure([1, 2, 3]))
    assert axes.get_xlim() != expected
    with window.canvas.acting():  # an edit has the new state looked at
        axes.set_title("mine")

    window.show_update(update)

    assert window.canvas.figure.axes[0].get_xlim() == expected


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
        assert not window.is_held()

        press(200, 150)
        assert window.is_held()

        qtbot.mouseRelease(window.canvas, Qt.MouseButton.LeftButton)
        assert not window.is_held()

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

        assert not window.is_held()

    @pytest.mark.parametrize("tool", ["pan", "zoom"])
    def test_a_drag_with_a_tool_is_the_windows(
        self, window, show, make_figure, press, tool
    ):
        show(make_figure())
        window.inputs.want(INPUT_EVENTS)
        getattr(window.manager.toolbar, tool)()
        assert not window.is_held()

        press(200, 150)

        assert window.is_held()

    def test_turning_a_3d_axes_is_the_windows(self, window, show, press, qtbot):
        show(figure_3d())
        window.inputs.want(INPUT_EVENTS)

        press(200, 150)
        assert window.is_held()

        qtbot.mouseRelease(window.canvas, Qt.MouseButton.LeftButton)
        assert not window.is_held()

    def test_a_drag_beside_a_3d_axes_is_the_programs(self, window, show, press):
        figure = Figure(figsize=(4, 3))
        figure.add_subplot(1, 2, 1, projection="3d")
        figure.add_subplot(1, 2, 2)
        show(figure)
        window.inputs.want(INPUT_EVENTS)

        press(300, 150)

        assert not window.is_held()

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

        assert [event for event in told if isinstance(event, InputEvent)] == [
            InputEvent("w1", "button_press_event", 0.5, 0.75, 1, serial=1),
        ]

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


class TestClosing:
    def test_the_users_close_is_reported_once(self, window, show, make_figure, events):
        show(make_figure())

        window.window.close()
        window.window.close()

        assert [e for e in events if e[0] == "closed"] == [("closed", "w1")]

    def test_our_own_close_is_not_reported(self, window, show, make_figure, events):
        show(make_figure())

        window.close()

        assert "closed" not in dict(events)
        assert not window.window.isVisible()

    def test_the_quit_key_closes_the_window_and_leaves_pyplot_alone(
        self, window, show, make_figure, events, qtbot
    ):
        from matplotlib import pyplot as plt

        show(make_figure())
        own = plt.figure(1)

        qtbot.keyClick(window.canvas, Qt.Key.Key_Q)

        assert ("closed", "w1") in events
        assert plt.get_fignums() == [1]
        plt.close(own)

    def test_other_keys_are_matplotlibs(self, window, show, make_figure, qtbot):
        (axes,) = show(make_figure())
        middle = window.canvas.mapToGlobal(window.canvas.rect().center())
        QCursor.setPos(middle)
        qtbot.waitUntil(lambda: QCursor.pos() == middle)

        qtbot.keyClick(window.canvas, Qt.Key.Key_L)

        assert axes.get_yscale() == "log"


class TestModel:
    def test_a_window_without_a_state_is_idle(self, window):
        model = window.model()

        assert (model["id"], model["kernel_id"], model["notebook"]) == (
            "w1",
            "k1",
            "work/Größe.ipynb",
        )
        assert (model["state"], model["revision"], model["transfer"]) == (
            "idle",
            0,
            "mirror",
        )
        assert not window.window.isVisible()

    def test_it_repeats_what_the_kernel_said(self, window, update_of, make_figure):
        window.show_update(
            update_of(make_figure(), 5, cell_id="c", dropped=3, overhead=0.02)
        )

        model = window.model()
        assert model["revision"] == 5
        assert model["cell_id"] == "c"
        assert model["dropped"] == 3
        assert model["overhead"] == 0.02

    def test_a_figure_that_changes_is_live_and_then_idle(
        self, window, show, make_figure, qtbot, monkeypatch
    ):
        monkeypatch.setattr(liveness, "_LIVE_MS", 10)

        show(make_figure())
        assert window.model()["state"] == "live"

        qtbot.waitUntil(lambda: window.model()["state"] == "idle")

    def test_a_figure_that_cannot_be_drawn_has_failed(self, window, show, make_figure):
        figure = make_figure()
        figure.axes[0].add_artist(Broken([0, 1], [0, 1]))

        show(figure)

        assert window.model()["state"] == "failed"
        assert window.model()["reason"] == "ValueError: my own mistake"

        show(make_figure())
        assert window.model()["state"] == "live"

    def test_a_window_without_its_kernel_is_detached(self, window, show, make_figure):
        show(make_figure())

        window.detach()
        assert window.model()["state"] == "detached"
        assert window.model()["kernel"] == "ended"

        window.reattach(PEER)
        assert window.model()["state"] == "live"

    def test_changes_are_reported_but_not_each_one(
        self, window, show, make_figure, events, qtbot
    ):
        qtbot.waitUntil(lambda: not window.liveness._reporting.isActive())
        events.clear()

        for _ in range(10):
            show(make_figure())

        qtbot.waitUntil(lambda: bool(events), timeout=liveness._CHANGES_MS * 5)
        assert [model["revision"] for _, model in events] == [10]


class TestScreen:
    def test_a_first_state_shows_the_window_without_taking_the_keyboard(
        self, window, show, make_figure
    ):
        show(make_figure())

        assert window.window.isVisible()
        assert window.window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)

    def test_raising_brings_back_a_minimized_window(self, window, show, make_figure):
        show(make_figure())
        window.window.showMinimized()
        assert window.model()["minimized"]

        window.raise_window()

        assert not window.model()["minimized"]

    def test_a_minimized_window_is_not_brought_back_by_a_new_state(
        self, window, show, make_figure
    ):
        show(make_figure())
        window.window.showMinimized()

        show(make_figure())

        assert window.window.isMinimized()


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


def test_a_button_that_does_nothing_looks_faint(window, show, make_figure):
    show(make_figure())
    icon = window.manager.toolbar._actions["back"].icon()

    def darkest(mode):
        image = icon.pixmap(24, 24, mode).toImage()
        size = range(image.width()), range(image.height())
        return max(image.pixelColor(x, y).alpha() for x in size[0] for y in size[1])

    assert darkest(QIcon.Mode.Disabled) < 0.5 * darkest(QIcon.Mode.Normal)
