"""A window comes where the user had it, in the size that they gave it."""

from __future__ import annotations

import pytest
from peer import PEER
from PyQt5.QtCore import QPoint, QRect, QSize
from PyQt5.QtWidgets import QApplication

from jlab_qtwindows.host.desktop import placement as module
from jlab_qtwindows.host.desktop.geometryfile import Geometry, GeometryFile, figure_key
from jlab_qtwindows.host.window.window import HostWindow
from jlab_qtwindows.host.wire.peers import Peer
from jlab_qtwindows.protocol.messages import WindowResized

NOTEBOOK = PEER.notebook
KEY = figure_key(NOTEBOOK, 1, "Figure 1")


@pytest.fixture
def memory(tmp_path):
    return GeometryFile(tmp_path / "geometry.ini")


@pytest.fixture
def run(qapp, memory, opened, update_of, make_figure, told, qtbot):
    """Return a function that opens a window as the next run of a notebook does."""
    windows = []

    def open_and_show(peer=PEER, *, settled=True, **options):
        message = opened(**options)
        window = HostWindow(
            peer,
            message,
            on_changed=lambda w: None,
            on_closed=lambda w: w.close(),
            send=lambda identity, sent: told.append(sent),
            memory=memory,
        )
        windows.append(window)
        window.content.show(update_of(make_figure()))
        if settled:
            settle(window, qtbot)
        return window

    yield open_and_show
    for window in windows:
        if not window.manager.is_closing:
            window.close()
    qapp.sendPostedEvents(None, 0)


@pytest.fixture
def show(update_of, make_figure):
    """Return a function that shows a first state in a window."""
    return lambda window: window.content.show(update_of(make_figure()))


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    monkeypatch.setattr(module, "_SETTLING_MS", 60)
    monkeypatch.setattr(module, "_SAVING_MS", 30)


def settle(window, qtbot):
    timers = (
        window.presence._size._settling,
        window.presence._size._deciding,
        window.presence._placement._settling,
        window.presence._placement._saving,
    )
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in timers))


def pull(window, width, height):
    """Pull at the window's frame until the canvas has this size."""
    around = window.window.size() - window.canvas.size()
    window.window.resize(QSize(width, height) + around)


def move(window, x, y):
    window.window.setGeometry(QRect(QPoint(x, y), window.window.size()))


def place(window):
    return window.window.geometry().getRect()[:2]


def size_of(window):
    return window.canvas.width(), window.canvas.height()


def sizes(told):
    return [(m.width, m.height) for m in told if isinstance(m, WindowResized)]


class TestPosition:
    def test_the_next_run_finds_the_window_where_it_was(self, run, qtbot):
        first = run()
        move(first, 123, 45)
        settle(first, qtbot)
        first.close()

        assert place(run()) == (123, 45)

    def test_it_is_there_from_the_first_moment(self, run, qtbot):
        first = run()
        move(first, 123, 45)
        settle(first, qtbot)
        first.close()

        assert place(run(settled=False)) == (123, 45)

    def test_a_window_closed_right_after_the_move_is_remembered(self, run):
        first = run()
        move(first, 123, 45)
        first.window.close()

        assert place(run()) == (123, 45)

    def test_where_the_window_manager_puts_a_new_window_is_not_the_users(
        self, run, qtbot, memory, opened
    ):
        first = run(settled=False)
        move(first, 123, 45)
        settle(first, qtbot)
        first.close()

        assert memory.find(KEY) == Geometry()

    def test_where_the_program_puts_it_is_not_the_users(
        self, run, qtbot, memory, opened
    ):
        first = run()
        first.presence.control("move", [123, 45])
        settle(first, qtbot)
        first.close()

        assert memory.find(KEY) == Geometry()

    def test_a_full_screen_has_no_place_of_its_own(self, run, qtbot):
        first = run()
        move(first, 123, 45)
        settle(first, qtbot)
        first.manager.full_screen_toggle()
        settle(first, qtbot)
        first.close()

        second = run()
        assert place(second) == (123, 45)
        assert size_of(second) == (400, 300)

    @pytest.mark.parametrize(
        "other",
        [
            {"num": 2, "title": "Figure 2"},
            {"title": "loss"},
            {"peer": Peer(b"p", "kernel", "k1", "work/other.ipynb", 1)},
        ],
        ids=["number", "label", "notebook"],
    )
    def test_other_figures_do_not_come_there(self, run, qtbot, other):
        first = run()
        move(first, 123, 45)
        settle(first, qtbot)
        first.close()

        assert place(run(**other)) != (123, 45)

    def test_a_label_given_right_after_the_opening_counts(
        self, run, memory, opened, told, show
    ):
        memory.keep(figure_key(NOTEBOOK, 1, "loss"), Geometry("", (123, 45)))
        memory.keep(KEY, Geometry("", (99, 99), (500, 350), (400, 300)))
        window = HostWindow(
            PEER,
            opened(),
            on_changed=lambda w: None,
            on_closed=lambda w: None,
            send=lambda identity, sent: told.append(sent),
            memory=memory,
        )

        window.set_title("loss")
        show(window)

        assert place(window) == (123, 45)
        assert size_of(window) == (400, 300)
        assert sizes(told) == []
        window.close()

    def test_scripts_remember_nothing(self, run, qtbot, memory):
        first = run(peer=Peer(b"p", "kernel", "k1", "train.py", 1))
        move(first, 123, 45)
        pull(first, 500, 350)
        settle(first, qtbot)
        first.close()

        assert memory._settings.allKeys() == []

    @pytest.mark.parametrize(
        "outside", [(5000, 5000), (-3000, 50), (100, -500), (100, 612), (795, 10)]
    )
    def test_a_place_outside_of_all_screens_is_corrected(
        self, run, memory, opened, outside
    ):
        memory.keep(KEY, Geometry("gone", outside, None, None))

        window = run()

        screen = QApplication.primaryScreen().availableGeometry()
        assert screen.contains(window.window.frameGeometry())

    @pytest.mark.parametrize("beside", [(-300, 50), (700, 50), (100, 500)])
    def test_a_place_half_outside_stays_if_its_top_can_be_grasped(
        self, run, memory, opened, beside
    ):
        memory.keep(KEY, Geometry("", beside, None, None))

        assert place(run()) == pytest.approx(beside, abs=2)

    def test_a_window_larger_than_its_screen_shows_its_top(self):
        corner = module._within_reach(QRect(-5000, -5000, 3000, 3000))

        assert corner == QPoint(module._BORDER, module._TITLE_HEIGHT)

    def test_where_the_program_has_put_it_before_its_first_state_it_stays(
        self, memory, opened, show
    ):
        memory.keep(KEY, Geometry("", (123, 45), (500, 350), (400, 300)))
        window = HostWindow(
            PEER,
            opened(),
            on_changed=lambda w: None,
            on_closed=lambda w: None,
            send=lambda identity, sent: None,
            memory=memory,
        )

        window.presence.control("setGeometry", [200, 100, 450, 420])
        show(window)

        assert window.window.geometry().getRect() == (200, 100, 450, 420)
        window.close()

    def test_a_window_that_is_on_the_screen_stays_where_it_is(
        self, run, qtbot, opened, show
    ):
        first = run()
        move(first, 123, 45)
        settle(first, qtbot)
        move(first, 50, 60)

        first.adopt(PEER, opened("w2"))
        show(first)

        assert place(first) == (50, 60)

    def test_each_figure_in_one_window_has_its_own_memory(
        self, run, qtbot, opened, memory, show
    ):
        window = run(title="one")
        move(window, 123, 45)

        window.adopt(PEER, opened("w2", title="two"))
        show(window)
        settle(window, qtbot)

        one = memory.find(figure_key(NOTEBOOK, 1, "one"))
        two = memory.find(figure_key(NOTEBOOK, 1, "two"))
        assert (one.position, two.position) == ((123, 45), None)


class TestWayland:
    """Where windows do not know their place only the size is kept."""

    @pytest.fixture(autouse=True)
    def wayland(self, monkeypatch):
        monkeypatch.setattr(module, "_knows_positions", lambda: False)

    def test_the_size_comes_back(self, run, qtbot):
        first = run()
        pull(first, 500, 350)
        settle(first, qtbot)
        first.close()

        assert size_of(run()) == (500, 350)

    def test_no_position_is_kept(self, run, qtbot, memory, opened):
        first = run()
        move(first, 123, 45)
        pull(first, 500, 350)
        settle(first, qtbot)

        assert memory.find(KEY).position is None

    def test_no_position_is_restored(self, run, memory, opened):
        memory.keep(KEY, Geometry("", (123, 45), None, None))

        assert place(run()) != (123, 45)


def test_a_wayland_window_does_not_know_its_place(monkeypatch):
    gui = module.QtGui.QGuiApplication
    for name, knows in (("wayland", False), ("wayland-egl", False), ("xcb", True)):
        monkeypatch.setattr(gui, "platformName", staticmethod(lambda n=name: n))

        assert module._knows_positions() is knows


class TestSize:
    def test_the_next_run_has_the_users_size(self, run, qtbot):
        first = run()
        pull(first, 500, 350)
        settle(first, qtbot)
        first.close()

        assert size_of(run()) == (500, 350)

    def test_it_is_told_to_the_program_as_the_users(self, run, qtbot, told):
        first = run()
        pull(first, 500, 350)
        settle(first, qtbot)
        first.close()
        told.clear()

        run(window_id="w2")

        assert sizes(told) == [(500, 350)]
        assert told[0].window_id == "w2"

    def test_a_program_that_asks_for_another_size_gets_it(self, run, qtbot, told):
        first = run()
        pull(first, 500, 350)
        settle(first, qtbot)
        first.close()
        told.clear()

        second = run(width=320, height=240)

        assert size_of(second) == (320, 240)
        assert sizes(told) == []

    def test_a_program_that_sets_its_size_later_gets_it(self, run, qtbot):
        first = run()
        pull(first, 500, 350)
        settle(first, qtbot)
        first.close()
        second = run()

        second.presence.resize(320, 240)

        assert size_of(second) == (320, 240)

    def test_it_belongs_to_the_size_that_the_program_set_last(self, run, qtbot):
        first = run()
        first.presence.resize(320, 240)
        settle(first, qtbot)
        pull(first, 500, 350)
        settle(first, qtbot)
        first.close()

        assert size_of(run()) == (400, 300)
        assert size_of(run(width=320, height=240)) == (500, 350)

    def test_a_return_to_the_programs_size_is_remembered(self, run, qtbot, told):
        first = run()
        pull(first, 500, 350)
        settle(first, qtbot)
        pull(first, 400, 300)
        settle(first, qtbot)
        first.close()
        told.clear()

        assert size_of(run()) == (400, 300)
        assert sizes(told) == []

    def test_a_restart_of_the_kernel_keeps_the_users_size(
        self, run, qtbot, opened, told, show
    ):
        window = run()
        pull(window, 500, 350)
        settle(window, qtbot)
        window.detach()
        told.clear()

        window.adopt(PEER, opened("w2"))
        show(window)

        assert size_of(window) == (500, 350)
        assert sizes(told) == [(500, 350)]

    def test_a_size_from_a_larger_screen_is_cut_to_this_one(
        self, run, memory, opened, told
    ):
        memory.keep(KEY, Geometry("", None, (5000, 4000), (400, 300)))

        window = run()

        screen = QApplication.primaryScreen().availableGeometry()
        assert screen.size() == screen.size().expandedTo(window.window.size())
        assert sizes(told) == [size_of(window)]


def test_nothing_is_remembered_without_a_file(window, show, qtbot):
    show(window)
    settle(window, qtbot)

    move(window, 123, 45)
    pull(window, 500, 350)
    settle(window, qtbot)

    assert size_of(window) == (500, 350)
