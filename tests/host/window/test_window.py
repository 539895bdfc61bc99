"""One window: Matplotlib's own, with states that come and go."""

from __future__ import annotations

import matplotlib as mpl
import pytest
from matplotlib.lines import Line2D
from peer import PEER
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QCursor, QIcon
from PyQt5.QtWidgets import QApplication

from jlab_qtwindows.host.window import liveness
from jlab_qtwindows.host.wire.peers import Peer


class Broken(Line2D):
    def draw(self, renderer):
        raise ValueError("my own mistake")


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
        window.content.show(update_of(make_figure()))
        qtbot.waitUntil(lambda: not window.presence._size._settling.isActive())

        assert not window.manager.toolbar.isVisible()
        assert (window.canvas.width(), window.canvas.height()) == (400, 300)
        below = window.window.statusBar().height()
        assert window.window.height() == 300 + below

    def test_a_canvas_of_300_inches_fits_the_screen(
        self, open_window, update_of, make_figure
    ):
        window = open_window(width=30_000, height=30_000)
        window.content.show(update_of(make_figure(figsize=(300, 300))))

        screen = QApplication.primaryScreen().availableGeometry()
        width, height = window.canvas.get_width_height(physical=True)
        assert width <= screen.width()
        assert height <= screen.height()
        assert "30000 x 30000 px do not fit the screen" in window.model()["note"]

    @pytest.mark.parametrize("size", [(0, 0), (-5, 10), (1, 10**9)])
    def test_a_size_that_makes_no_sense_breaks_nothing(
        self, window, show, make_figure, size
    ):
        window.presence.resize(*size)

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

    window.content.show(update)

    assert window.canvas.figure.axes[0].get_xlim() == expected


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
        window.content.show(
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

        window.presence.raise_(keyboard=True)

        assert not window.model()["minimized"]

    def test_a_minimized_window_is_not_brought_back_by_a_new_state(
        self, window, show, make_figure
    ):
        show(make_figure())
        window.window.showMinimized()

        show(make_figure())

        assert window.window.isMinimized()


def test_a_button_that_does_nothing_looks_faint(window, show, make_figure):
    show(make_figure())
    icon = window.manager.toolbar._actions["back"].icon()

    def darkest(mode):
        image = icon.pixmap(24, 24, mode).toImage()
        size = range(image.width()), range(image.height())
        return max(image.pixelColor(x, y).alpha() for x in size[0] for y in size[1])

    assert darkest(QIcon.Mode.Disabled) < 0.5 * darkest(QIcon.Mode.Normal)
