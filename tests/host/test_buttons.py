"""Hold, follow and freeze, beside Matplotlib's buttons."""

from __future__ import annotations

import pytest
from person import drag
from PyQt5.QtCore import QPoint, QSize
from PyQt5.QtGui import QColor, QIcon, QPalette
from PyQt5.QtWidgets import QToolBar

from jlab_qtwindows.host.buttons import ViewButtons
from jlab_qtwindows.host.icons import PaintedIcon, paint_freeze, paint_hold


@pytest.fixture
def toolbar(qtbot):
    toolbar = QToolBar()
    qtbot.addWidget(toolbar)
    return toolbar


@pytest.fixture
def wishes():
    return []


@pytest.fixture
def buttons(toolbar, wishes):
    return ViewButtons(
        toolbar,
        on_hold=lambda on: wishes.append(("hold", on)),
        on_follow=lambda: wishes.append("follow"),
        on_freeze=lambda on: wishes.append(("freeze", on)),
    )


def colours(icon, size=24, mode=QIcon.Mode.Normal):
    """Return the opaque colours of an icon's picture."""
    image = icon.pixmap(QSize(size, size), mode).toImage()
    points = [QPoint(x, y) for x in range(size) for y in range(size)]
    found = [image.pixelColor(point) for point in points]
    return {colour.name() for colour in found if colour.alpha() == 255}


class TestWishes:
    def test_hold_and_freeze_are_told_on_and_off(self, buttons, wishes):
        for action in (buttons.hold, buttons.freeze):
            action.trigger()
            action.trigger()

        assert wishes == [
            ("hold", True),
            ("hold", False),
            ("freeze", True),
            ("freeze", False),
        ]

    def test_follow_is_told_each_time(self, buttons, wishes):
        buttons.follow.trigger()
        buttons.follow.trigger()

        assert wishes == ["follow", "follow"]

    def test_each_says_in_words_what_it_does(self, buttons):
        for action in (buttons.hold, buttons.follow, buttons.freeze):
            assert len(action.toolTip()) > 20


class TestWindow:
    def test_they_come_after_matplotlibs_own(self, window):
        names = [a.text() for a in window.manager.toolbar.actions() if a.text()]

        assert names[-3:] == ["Hold view", "Follow", "Freeze"]
        assert "Save" in names[:-3]

    def test_hold_is_the_canvas_business(self, window, monkeypatch):
        held = []
        monkeypatch.setattr(window.canvas.edits, "hold", lambda f, on: held.append(on))

        window.buttons.hold.trigger()
        window.buttons.hold.trigger()

        assert held == [True, False]

    def test_follow_lets_go_of_view_picture_and_limits(
        self, window, show, make_figure, qtbot
    ):
        (axes,) = show(make_figure())
        program = (axes.get_xlim(), axes.get_ylim())
        window.manager.toolbar.zoom()
        drag(qtbot, window.canvas, (0.4, 0.4), (0.6, 0.6))
        assert (axes.get_xlim(), axes.get_ylim()) != program
        window.buttons.hold.setChecked(True)
        window.buttons.freeze.setChecked(True)

        window.buttons.follow.trigger()

        assert (axes.get_xlim(), axes.get_ylim()) == program
        assert not window.buttons.hold.isChecked()
        assert not window.buttons.freeze.isChecked()


class TestIcons:
    @pytest.mark.parametrize("name", ["#101010", "#f0f0f0"])
    def test_they_have_the_palettes_colour(self, toolbar, buttons, name):
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(name))
        toolbar.setPalette(palette)

        for action in (buttons.hold, buttons.follow, buttons.freeze):
            assert colours(action.icon()) == {name}

    def test_a_disabled_one_is_greyed(self, toolbar, buttons):
        normal = colours(buttons.hold.icon())

        assert colours(buttons.hold.icon(), mode=QIcon.Mode.Disabled) != normal

    def test_the_badge_has_the_colour_of_what_is_selected(self, toolbar):
        palette = toolbar.palette()
        palette.setColor(QPalette.ColorRole.Highlight, QColor("#3070b0"))
        toolbar.setPalette(palette)

        assert "#3070b0" in colours(QIcon(PaintedIcon(paint_freeze, toolbar, 3)))
        assert "#3070b0" not in colours(QIcon(PaintedIcon(paint_freeze, toolbar)))

    @pytest.mark.parametrize("number", [1, 12, 99, 100, 10**9])
    def test_every_number_has_room(self, toolbar, number):
        image = QIcon(PaintedIcon(paint_freeze, toolbar, number)).pixmap(48).toImage()

        assert image.pixelColor(0, 47).alpha() == 0  # the badge covers not all of it
        assert image.pixelColor(30, 12).alpha() == 255

    def test_they_are_painted_at_the_size_that_is_shown(self, toolbar):
        small = QIcon(PaintedIcon(paint_hold, toolbar)).pixmap(24, 24)
        large = QIcon(PaintedIcon(paint_hold, toolbar)).pixmap(48, 48)

        assert large.size() == QSize(48, 48)
        assert large.toImage() != small.scaled(48, 48).toImage()

    def test_the_badge_changes_only_with_the_number(self, buttons):
        buttons.show_waiting(3)
        icon = buttons.freeze.icon().cacheKey()

        buttons.show_waiting(3)
        assert buttons.freeze.icon().cacheKey() == icon

        buttons.show_waiting(4)
        assert buttons.freeze.icon().cacheKey() != icon
