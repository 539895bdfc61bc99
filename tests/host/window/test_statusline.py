"""The line below the canvas: plain words, which cost nothing while nothing changes."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import QCoreApplication, QEvent, QObject, QTimer
from user import move

from jlab_qtwindows.host.window import liveness
from jlab_qtwindows.host.window.statusline import StatusLine

HOSTILE = "<b>bold</b><img src='file:///etc/passwd'>"


@pytest.fixture
def line(qtbot):
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(400, 20)
    line.show()
    return line


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


def looks(widget):
    return widget.grab().toImage()


class TestTexts:
    def test_short_ones_are_shown_whole(self, line):
        line.show_state("up to date")
        line.show_coordinates("(x, y) = (1, 2)")

        assert line.texts(400) == ("up to date", "(x, y) = (1, 2)")

    @pytest.mark.parametrize("width", [0, 5, 40, 100, 150])
    def test_in_a_narrow_window_both_fit_elided(self, line, width):
        line.show_state("live 24 frames/s")
        line.show_coordinates("(x, y) = (1.2345, 2.3456)")

        left, right = line.texts(width)

        advance = line.fontMetrics().horizontalAdvance
        if width >= 100:
            assert advance(left) + advance(right) <= width
            assert left.endswith("…")
            assert right
        looks(line)  # paints without an error at any width

    def test_without_coordinates_the_state_has_all_the_room(self, line):
        line.show_state("live 24 frames/s")
        width = line.fontMetrics().horizontalAdvance("live 24 frames/s") + 1

        assert line.texts(width) == ("live 24 frames/s", "")

    def test_markup_is_shown_as_it_is_written(self, line):
        line.show_state("<b>iii</b>")
        as_text = looks(line)

        line.show_state("iii")

        assert looks(line) != as_text
        assert line.texts(4000)[0] == "iii"

    def test_the_tool_tip_is_no_markup_either(self, line):
        line.show_state(HOSTILE)

        assert "<b>" not in line.toolTip()
        assert "&lt;b&gt;bold" in line.toolTip()

    @pytest.mark.parametrize("hostile", ["a\nb", "a\x1bb", "a\u202eb"])
    def test_control_characters_are_not_shown(self, line, hostile):
        line.show_state(hostile)
        line.show_coordinates(hostile)

        assert line.texts(400) == ("a b", "a b")

    def test_endless_text_is_cut(self, line):
        line.show_state("x" * 100_000)

        assert len(line.state) <= 256

    def test_no_text_changes_the_room_that_it_takes(self, line):
        before = line.sizeHint(), line.minimumSizeHint()

        line.show_state("x" * 200)
        line.show_coordinates("y" * 200)

        assert (line.sizeHint(), line.minimumSizeHint()) == before

    def test_a_notice_gives_way_to_the_coordinates_again(
        self, line, qtbot, monkeypatch
    ):
        line._timer.setInterval(30)
        line.show_coordinates("(1, 2)")

        line.show_notice("copied")
        assert line.texts(400)[1] == "copied"

        qtbot.waitUntil(lambda: line.texts(400)[1] == "(1, 2)")
        assert not line._timer.isActive()


class TestCost:
    def test_the_same_text_paints_nothing(self, line, qtbot):
        line.show_state("up to date")
        paints = Paints(line)
        qtbot.waitUntil(lambda: paints.count > 0)
        QCoreApplication.processEvents()
        painted = paints.count

        line.show_state("up to date")
        line.show_coordinates("")
        QCoreApplication.processEvents()

        assert paints.count == painted

    def test_a_new_state_does_not_paint_the_canvas(
        self, window, show, make_figure, qtbot
    ):
        show(make_figure())
        qtbot.waitUntil(lambda: not window.liveness._reporting.isActive())
        canvas, line = Paints(window.canvas), Paints(window.status)

        window.status.show_state("quite another one")

        qtbot.waitUntil(lambda: line.count > 0)
        assert canvas.count == 0

    def test_no_timer_runs_when_nothing_changes(
        self, window, show, make_figure, qtbot, monkeypatch
    ):
        monkeypatch.setattr(liveness, "_LIVE_MS", 10)
        show(make_figure())

        qtbot.waitUntil(lambda: window.status.state == "up to date")
        timers = window.window.findChildren(QTimer)
        qtbot.waitUntil(lambda: not any(timer.isActive() for timer in timers))


class TestWords:
    def test_a_window_that_is_live_says_how_fast(self, window, show, make_figure):
        show(make_figure())
        window.liveness.fps = lambda: 24.2

        window._report()

        assert window.status.state == "live · 24 frames/s"

    @pytest.mark.parametrize(
        ("fps", "words"), [(0.0, "live"), (0.3, "live"), (1.2, "live · 1 frame/s")]
    )
    def test_slow_ones_are_told_as_a_user_would(
        self, window, show, make_figure, fps, words
    ):
        show(make_figure())
        window.liveness.fps = lambda: fps

        window._report()

        assert window.status.state == words

    def test_it_says_until_the_next_state_that_the_figure_is_ahead(
        self, window, show, make_figure
    ):
        show(make_figure())
        window.content.fall_behind()
        window._report()
        assert window.status.state == "live · newest update not shown yet"
        assert window.model()["behind"]

        show(make_figure())
        window._report()
        assert "newest" not in window.status.state
        assert not window.model()["behind"]

    def test_it_says_that_the_kernel_has_ended_and_is_back(
        self, window, show, make_figure
    ):
        show(make_figure())
        window.content.fall_behind()  # what was held back will never come

        window.detach()
        assert window.status.state == "kernel ended"

        window.detach(restarted=True)
        assert window.status.state == "kernel restarted"

        window.reattach(window.peer)
        window._report()
        assert window.status.state == "live · newest update not shown yet"

    def test_it_says_why_there_are_only_pixels(
        self, window, update_of, make_figure, qtbot, monkeypatch
    ):
        update = update_of(make_figure(), reason="the code blits by hand")
        object.__setattr__(update.message, "transfer", "frames")
        monkeypatch.setattr(liveness, "_LIVE_MS", 1)
        window.content.show(update)

        qtbot.waitUntil(
            lambda: (
                window.status.state
                == "up to date · shown as pictures: the code blits by hand"
            )
        )

    def test_it_says_what_keeps_a_figure_from_being_drawn(
        self, window, show, make_figure, qtbot
    ):
        figure = make_figure()
        figure.axes[0].set_title(f"$\\{HOSTILE}$")
        show(figure)

        qtbot.waitUntil(lambda: window.status.state.startswith("cannot be drawn: "))
        assert "ValueError" in window.status.state

    def test_the_coordinates_are_shown_here_and_not_in_the_toolbar(
        self, window, show, make_figure
    ):
        show(make_figure())

        move(window.canvas, 200, 150)

        assert "x" in window.status.coordinates
        assert not hasattr(window.manager.toolbar, "locLabel")
