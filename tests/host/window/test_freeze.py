"""A frozen window keeps its picture, and the newest of what waits."""

from __future__ import annotations

import pytest
from peer import PEER
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QToolButton

from jlab_qtwindows.host.window import freeze as module
from jlab_qtwindows.protocol.messages import FigureShown, UpdateTaken


@pytest.fixture
def present(window, update_of, make_figure):
    """Return a function that hands the window its next state."""
    revisions = iter(range(1, 1000))

    def put(y=(1, 2, 3)):
        revision = next(revisions)
        window.content.present(update_of(make_figure(y), revision, window.window_id))
        return revision

    return put


@pytest.fixture
def frozen(window, present, told):
    """Return a frozen window that shows its first state."""
    present()
    window.buttons.freeze.setChecked(True)
    told.clear()
    return window


def shown_y(window):
    return list(window.canvas.figure.axes[0].lines[0].get_ydata())


def taken(told):
    return [m.revision for m in told if isinstance(m, UpdateTaken)]


class TestFrozen:
    def test_the_button_freezes_the_window(self, window, present, qtbot):
        present([1, 2, 3])
        button = button_of(window, window.buttons.freeze)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

        present([7, 8, 9])

        assert shown_y(window) == [1, 2, 3]

    def test_the_picture_stays(self, frozen, present, pixels):
        before = pixels(frozen.canvas)

        present([7, 8, 9])

        assert (pixels(frozen.canvas) == before).all()

    def test_only_the_newest_is_shown_on_release(self, frozen, present, told):
        present([4, 5, 6])
        newest = present([7, 8, 9])

        frozen.buttons.freeze.setChecked(False)

        assert shown_y(frozen) == [7, 8, 9]
        shown = [m.revision for m in told if isinstance(m, FigureShown)]
        assert shown == [newest]
        assert frozen.content.revision == newest

    def test_a_release_with_nothing_waiting_changes_nothing(self, frozen, told):
        figure = frozen.canvas.figure

        frozen.buttons.freeze.setChecked(False)

        assert frozen.canvas.figure is figure
        assert told == []

    def test_after_the_release_states_are_shown_at_once(self, frozen, present):
        frozen.buttons.freeze.setChecked(False)

        present([7, 8, 9])

        assert shown_y(frozen) == [7, 8, 9]

    def test_a_frozen_window_is_not_brought_to_the_screen(self, frozen, present):
        frozen.presence.control("hide", [])

        present()

        assert not frozen.window.isVisible()


class TestFlow:
    def test_the_kernel_may_go_on_but_not_at_once(self, frozen, present, told, qtbot):
        revision = present()
        assert taken(told) == []

        qtbot.waitUntil(lambda: taken(told) == [revision])

    def test_it_may_send_one_state_for_each_acknowledgement(
        self, frozen, present, told, qtbot, monkeypatch
    ):
        monkeypatch.setattr(module, "_ACKNOWLEDGE_MS", 30)
        for count in range(1, 4):
            revision = present()
            qtbot.waitUntil(lambda n=count: len(taken(told)) == n)
            assert taken(told)[-1] == revision

    def test_the_release_acknowledges_at_once(self, frozen, present, told):
        revision = present()

        frozen.buttons.freeze.setChecked(False)

        assert taken(told) == [revision]

    def test_an_idle_frozen_window_has_no_timer_running(
        self, frozen, present, told, qtbot
    ):
        present()
        qtbot.waitUntil(lambda: bool(taken(told)))

        assert not frozen.content.freeze._timer.isActive()


class TestWords:
    def test_the_button_and_the_status_count_what_waits(self, frozen, present):
        before = picture_of(frozen.buttons.freeze)

        present()
        present()

        assert frozen.status.state == "frozen, 2 updates wait"
        assert picture_of(frozen.buttons.freeze) != before

    def test_the_count_is_gone_with_the_release(self, frozen, present):
        frozen.buttons.freeze.setChecked(False)
        before = picture_of(frozen.buttons.freeze)
        frozen.buttons.freeze.setChecked(True)
        present()

        frozen.buttons.freeze.setChecked(False)

        assert picture_of(frozen.buttons.freeze) == before
        assert "frozen" not in frozen.status.state

    def test_the_model_does_not_claim_to_be_live(self, frozen, present):
        present()

        model = frozen.model()
        assert (model["state"], model["reason"]) == ("idle", "")
        assert (model["frozen"], model["waiting"]) == (True, 1)


class TestEnds:
    def test_what_waits_is_shown_when_the_kernel_is_gone(self, frozen, present, told):
        present([7, 8, 9])
        frozen.detach()
        assert frozen.model()["state"] == "detached"
        assert frozen.status.state == "kernel ended · frozen, 1 update waits"

        frozen.buttons.freeze.setChecked(False)

        assert shown_y(frozen) == [7, 8, 9]

    def test_another_figure_in_the_window_is_not_frozen(self, frozen, present, opened):
        present([7, 8, 9])
        frozen.buttons.hold.setChecked(True)

        frozen.adopt(PEER, opened("w2"))

        assert shown_y(frozen) == [1, 2, 3]  # what waited was the old one's
        assert not frozen.buttons.freeze.isChecked()
        assert not frozen.buttons.hold.isChecked()
        present([4, 4, 4])
        assert shown_y(frozen) == [4, 4, 4]

    def test_the_same_figure_opened_again_stays_frozen(self, frozen, present, opened):
        frozen.adopt(PEER, opened("w1"))

        present([7, 8, 9])

        assert shown_y(frozen) == [1, 2, 3]

    def test_nothing_is_told_after_closing(self, frozen, present, told):
        present()

        frozen.close()

        assert not frozen.content.freeze._timer.isActive()
        assert taken(told) == []

    def test_the_user_can_close_a_frozen_window(self, frozen, present, events):
        present()

        frozen.window.close()

        assert ("closed", "w1") in events


def button_of(window, action):
    """Return the button of the toolbar that stands for an action."""
    for button in window.manager.toolbar.findChildren(QToolButton):
        if button.defaultAction() is action:
            return button
    raise AssertionError("no such button")


def picture_of(action):
    image = action.icon().pixmap(24, 24).toImage()
    return [image.pixel(QPoint(x, y)) for x in range(24) for y in range(24)]
