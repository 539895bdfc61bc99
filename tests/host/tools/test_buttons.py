"""Hold, follow and freeze, beside Matplotlib's buttons."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import QCoreApplication, QPoint, QSize, Qt
from PyQt5.QtGui import QColor, QIcon, QPalette
from PyQt5.QtWidgets import QToolBar, QToolButton
from user import drag

from jlab_qtwindows.host.tools.buttons import ViewButtons
from jlab_qtwindows.host.tools.icons import PaintedIcon, paint_freeze, paint_hold
from jlab_qtwindows.protocol.messages import SetButtons

WORDS = Qt.ToolButtonStyle.ToolButtonTextBesideIcon


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


def distance(one, other):
    """Return by how much two colours differ at most, of 255."""
    pairs = zip(QColor(one).getRgb(), QColor(other).getRgb(), strict=True)
    return max(abs(a - b) for a, b in pairs)


def ours(window):
    return window.buttons.hold, window.buttons.follow, window.buttons.freeze


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

    @pytest.mark.parametrize("name", ["hold", "follow", "freeze"])
    def test_each_says_what_it_does_and_how_to_get_out(self, buttons, name):
        action = getattr(buttons, name)

        title, _, words = action.toolTip().partition(": ")
        does, _, way_out = words.partition(". ")
        assert title == action.text()  # which a narrow window does not show
        assert len(does) > 20
        assert "again" in way_out or "to leave" in way_out

    def test_one_that_does_nothing_says_why(self, buttons):
        before = buttons.hold.toolTip()

        buttons.show_frames(True)
        assert not buttons.hold.isEnabled()
        assert "shown as pictures" in buttons.hold.toolTip()

        buttons.show_frames(False)
        assert buttons.hold.isEnabled()
        assert buttons.hold.toolTip() == before


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


class TestLabels:
    @pytest.fixture
    def shown(self, window, show, make_figure, qtbot):
        """Return a function that gives the window a width, and reads its toolbar."""
        show(make_figure())
        toolbar = window.manager.toolbar
        overflow = toolbar.findChild(QToolButton, "qt_toolbar_ext_button")

        def read(width):
            window.window.resize(width, 300)
            qtbot.waitUntil(lambda: toolbar.width() == width)
            QCoreApplication.processEvents()
            styles = {
                toolbar.widgetForAction(action).toolButtonStyle()
                for action in ours(window)
            }
            (style,) = styles
            return style == WORDS, overflow.isVisible()

        return read

    def test_there_are_words_where_there_is_room(self, shown):
        assert shown(800) == (True, False)
        assert shown(420) == (False, False)
        assert shown(800) == (True, False)

    def test_words_have_their_room_as_soon_as_they_are_there(self, shown, window):
        shown(420)
        toolbar = window.manager.toolbar
        button = toolbar.widgetForAction(window.buttons.freeze)

        toolbar.resize(900, toolbar.height())

        assert button.toolButtonStyle() == WORDS
        assert button.width() >= button.sizeHint().width()

    def test_words_push_no_button_out(self, shown):
        read = [shown(width) for width in range(300, 900, 9)]

        assert (True, True) not in read
        assert {words for words, _ in read} == {True, False}
        assert read == sorted(read, key=lambda r: (r[0], not r[1]))

    def test_matplotlibs_own_buttons_have_icons_alone(self, shown, window):
        shown(800)
        toolbar = window.manager.toolbar

        for action in toolbar._actions.values():
            assert toolbar.widgetForAction(action).toolButtonStyle() != WORDS

    def test_they_yield_to_buttons_of_the_program(self, shown, window):
        assert shown(900) == (True, False)
        button = {"id": 1, "text": "a long name" * 20}
        known = [{"name": n, "id": 0} for n in window.manager.toolbar._actions]

        window.program.obey(SetButtons(window.window_id, [*known, button]))

        assert shown(901)[0] is False
        window.program.obey(SetButtons(window.window_id, known))
        assert shown(900) == (True, False)

    def test_they_yield_to_a_larger_font(self, shown, window):
        assert shown(900) == (True, False)
        font = window.manager.toolbar.font()
        font.setPointSize(3 * font.pointSize())

        window.manager.toolbar.setFont(font)

        assert shown(900)[0] is False
        assert shown(2000) == (True, False)


class TestIcons:
    @pytest.mark.parametrize("name", ["#101010", "#f0f0f0"])
    def test_they_have_the_palettes_colour(self, toolbar, buttons, name):
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(name))
        toolbar.setPalette(palette)

        for action in (buttons.hold, buttons.follow, buttons.freeze):
            found = colours(action.icon())
            assert name in found
            # Where lines cross, rounding makes it another by one.
            assert max(distance(colour, name) for colour in found) <= 1

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
