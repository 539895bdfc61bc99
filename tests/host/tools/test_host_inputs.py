"""What the user does in a window reaches the program that listens, and no other."""

from __future__ import annotations

import matplotlib as mpl
import pytest
from matplotlib.backend_bases import KeyEvent, LocationEvent, MouseEvent
from PyQt5.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt5.QtGui import QEnterEvent
from PyQt5.QtWidgets import QApplication
from user import move, scroll

from jlab_qtwindows.host.tools.inputs import Inputs
from jlab_qtwindows.protocol.messages import INPUT_EVENTS

LEFT = Qt.MouseButton.LeftButton
RIGHT = Qt.MouseButton.RightButton
CENTER = QPoint(200, 150)

PRESS, RELEASE = "button_press_event", "button_release_event"
MOTION = "motion_notify_event"

says_all_buttons = pytest.mark.skipif(
    mpl.__version_info__ < (3, 10), reason="an event has one button only"
)


@pytest.fixture
def sent():
    return []


@pytest.fixture
def inputs(canvas, sent):
    def send(event):
        sent.append(event)
        inputs.on_answer(event.serial)  # of a program that answers at once

    inputs = Inputs(canvas, send)
    inputs.attach("w1")
    return inputs


@pytest.fixture
def kinds(sent):
    """Return a function that gives the kinds of what was sent."""

    def read():
        return [event.kind for event in sent]

    return read


def click(qtbot, canvas, button=LEFT, **options):
    qtbot.mouseClick(canvas, button, pos=CENTER, **options)


class TestWanted:
    def test_nothing_is_sent_before_somebody_listens(self, canvas, inputs, sent, qtbot):
        move(canvas, 10, 10)
        click(qtbot, canvas)
        qtbot.keyClick(canvas, Qt.Key.Key_A)

        assert not inputs._timer.isActive()
        assert sent == []

    def test_only_the_wanted_kinds_are_sent(self, canvas, inputs, kinds, qtbot):
        inputs.want([PRESS, "key_release_event"])

        move(canvas, 10, 10)
        click(qtbot, canvas)
        qtbot.keyClick(canvas, Qt.Key.Key_A)

        assert not inputs._timer.isActive()
        assert kinds() == [PRESS, "key_release_event"]

    def test_a_second_wish_replaces_the_first(self, canvas, inputs, kinds, qtbot):
        inputs.want([PRESS])
        inputs.want([RELEASE])

        click(qtbot, canvas)

        assert kinds() == [RELEASE]

    def test_a_motion_that_nobody_wants_any_more_is_not_sent(
        self, canvas, inputs, kinds, qtbot
    ):
        inputs.want([MOTION])
        move(canvas, 10, 10)
        move(canvas, 20, 10)  # which waits
        inputs.want([PRESS])

        click(qtbot, canvas)

        assert kinds() == [MOTION, PRESS]

    def test_every_kind_can_be_wanted(self, canvas, inputs, kinds, qtbot):
        inputs.want(INPUT_EVENTS)

        here = QPointF(10, 10)
        QApplication.sendEvent(canvas, QEnterEvent(here, here, here))
        move(canvas, 10, 10)
        click(qtbot, canvas)
        scroll(canvas, 10, 10, 1)
        qtbot.keyClick(canvas, Qt.Key.Key_A)
        QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))

        assert set(kinds()) == set(INPUT_EVENTS)

    def test_unknown_kinds_are_ignored(self, canvas, inputs, kinds, qtbot):
        inputs.want(["draw_event", "no_such_event", PRESS])

        canvas.draw()
        click(qtbot, canvas)

        assert kinds() == [PRESS]

    def test_another_figure_wants_nothing_yet(self, canvas, inputs, sent, qtbot):
        inputs.want(INPUT_EVENTS)
        move(canvas, 10, 10)
        move(canvas, 20, 10)  # which waits
        sent.clear()

        inputs.attach("w2")
        click(qtbot, canvas)
        assert sent == []

        inputs.want([PRESS])
        click(qtbot, canvas)
        assert [(event.window_id, event.kind) for event in sent] == [("w2", PRESS)]

    def test_a_motion_over_the_former_figure_is_not_sent(
        self, canvas, inputs, kinds, qtbot
    ):
        inputs.want([MOTION])
        move(canvas, 10, 10)
        move(canvas, 20, 10)  # which waits

        inputs.attach("w2")
        inputs.want([MOTION, PRESS])
        click(qtbot, canvas)

        assert kinds() == [MOTION, PRESS]

    def test_the_same_figure_again_wants_what_it_wanted(
        self, canvas, inputs, kinds, qtbot
    ):
        inputs.want([PRESS])

        inputs.attach("w1")
        click(qtbot, canvas)

        assert kinds() == [PRESS]

    def test_it_goes_on_with_the_next_state(
        self, canvas, inputs, kinds, qtbot, mirror_of, make_figure
    ):
        inputs.want([PRESS])

        for _ in range(2):
            canvas.show_state(mirror_of(make_figure()))
        click(qtbot, canvas)

        assert kinds() == [PRESS]

    @pytest.mark.parametrize(
        ("wanted", "answers"),
        [([], False), (["key_press_event", "scroll_event"], False)]
        + [([kind, "key_press_event"], True) for kind in (PRESS, RELEASE, MOTION)],
    )
    def test_who_listens_to_the_mouse_may_answer_a_drag(self, inputs, wanted, answers):
        inputs.want(wanted)

        assert inputs.wants_drags() == answers


class TestPosition:
    @pytest.fixture(autouse=True)
    def wanted(self, inputs):
        inputs.want([PRESS, "key_press_event", "figure_leave_event"])

    def test_it_is_a_fraction_from_the_lower_left_corner(
        self, canvas, sent, qtbot, mirror_of, make_figure
    ):
        canvas.show_state(mirror_of(make_figure(figsize=(9, 9), dpi=50)))

        qtbot.mousePress(canvas, LEFT, pos=QPoint(100, 75))

        assert (sent[0].x, sent[0].y) == (0.25, 0.75)

    def test_it_is_right_after_a_change_of_size(self, canvas, sent, qtbot):
        canvas.resize(200, 150)

        qtbot.mousePress(canvas, LEFT, pos=QPoint(100, 30))

        assert (sent[0].x, sent[0].y) == (0.5, 0.8)

    def test_the_screens_resolution_does_not_matter(
        self, canvas, sent, qtbot, mirror_of, make_figure
    ):
        canvas.devicePixelRatioF = lambda: 2.0
        canvas._update_pixel_ratio()
        canvas.show_state(mirror_of(make_figure()))

        qtbot.mousePress(canvas, LEFT, pos=QPoint(100, 75))

        assert canvas.figure.bbox.width == 800
        assert (sent[0].x, sent[0].y) == (0.25, 0.75)

    @pytest.mark.parametrize(
        "event",
        [
            lambda canvas: LocationEvent("figure_leave_event", canvas, None, None),
            lambda canvas: KeyEvent("key_press_event", canvas, "z", None, None),
        ],
        ids=["leave", "key"],
    )
    def test_without_one_it_is_the_last_known(self, canvas, sent, event):
        move(canvas, 100, 75)

        event(canvas)._process()

        assert (sent[0].x, sent[0].y) == (0.25, 0.75)

    def test_a_canvas_without_a_size_breaks_nothing(self, canvas, sent, qtbot):
        canvas.resize(0, 0)

        qtbot.keyPress(canvas, Qt.Key.Key_Z)

        assert sent[0].key == "z"


class TestMotion:
    @pytest.fixture(autouse=True)
    def wanted(self, inputs):
        inputs.want([PRESS, MOTION])

    def test_of_many_motions_the_first_is_sent_at_once_and_then_the_newest(
        self, canvas, inputs, sent, kinds, qtbot
    ):
        for x in range(0, 101, 10):
            move(canvas, x, 75)
        assert [event.x for event in sent] == [0]

        qtbot.waitUntil(lambda: len(sent) > 1)
        assert kinds() == [MOTION, MOTION]
        assert (sent[1].x, sent[1].y) == (0.25, 0.75)

    def test_a_mouse_that_never_rests_is_followed(self, canvas, sent, qtbot):
        def wander():
            move(canvas, 100, 75)
            return len(sent) >= 3

        qtbot.waitUntil(wander)

    def test_no_timer_runs_when_nothing_moves(self, canvas, inputs, sent, qtbot):
        assert not inputs._timer.isActive()
        move(canvas, 100, 75)
        assert inputs._timer.isActive()

        qtbot.waitUntil(lambda: not inputs._timer.isActive())
        assert len(sent) == 1

    def test_a_motion_comes_before_the_click_that_followed_it(
        self, canvas, inputs, sent, kinds, qtbot
    ):
        move(canvas, 10, 10)
        move(canvas, 100, 75)
        click(qtbot, canvas)

        assert kinds() == [MOTION, MOTION, PRESS]
        assert sent[1].x == 0.25
        assert not inputs._timer.isActive()

    @says_all_buttons
    def test_an_event_that_nobody_wants_parts_motions_too(self, canvas, inputs, sent):
        move(canvas, 10, 10, held=LEFT)
        MouseEvent(RELEASE, canvas, 10, 10, 1)._process()
        move(canvas, 20, 10)
        MouseEvent(RELEASE, canvas, 20, 10, 1)._process()

        assert [event.buttons for event in sent] == [[1], []]

    @says_all_buttons
    def test_it_says_which_buttons_are_held(self, canvas, sent, qtbot):
        move(canvas, 10, 10, held=RIGHT | LEFT)

        qtbot.waitUntil(lambda: bool(sent))
        assert sent[0].buttons == [1, 3]

    @pytest.mark.parametrize(("held", "buttons"), [(None, []), (3, [3])])
    def test_below_matplotlib_3_10_it_says_the_one_that_is_held(
        self, canvas, sent, qtbot, held, buttons
    ):
        event = MouseEvent(MOTION, canvas, 10, 10, held)
        vars(event).pop("buttons", None)

        event._process()

        qtbot.waitUntil(lambda: bool(sent))
        assert sent[0].buttons == buttons

    def test_nothing_is_sent_after_the_end(self, canvas, inputs, sent, qtbot):
        move(canvas, 10, 10)
        move(canvas, 20, 10)  # which waits

        inputs.stop()

        assert not inputs._timer.isActive()
        click(qtbot, canvas)
        assert len(sent) == 1


class TestButtons:
    @pytest.fixture(autouse=True)
    def wanted(self, inputs):
        inputs.want([PRESS, RELEASE, "scroll_event"])

    @pytest.mark.parametrize(
        ("button", "number"),
        [
            (LEFT, 1),
            (Qt.MouseButton.MiddleButton, 2),
            (RIGHT, 3),
            (Qt.MouseButton.BackButton, 8),
            (Qt.MouseButton.ForwardButton, 9),
        ],
    )
    def test_they_have_matplotlibs_numbers(self, canvas, sent, qtbot, button, number):
        click(qtbot, canvas, button)

        assert [(event.kind, event.button) for event in sent] == [
            (PRESS, number),
            (RELEASE, number),
        ]
        assert all(type(event.button) is int for event in sent)
        assert [event.buttons for event in sent] == [[], []]  # of motions only

    def test_modifiers_are_told(self, canvas, sent, qtbot):
        both = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier

        click(qtbot, canvas, modifier=both)

        assert sent[0].modifiers == ["ctrl", "shift"]

    def test_a_key_that_is_held_is_told(self, canvas, sent, qtbot):
        qtbot.keyPress(canvas, Qt.Key.Key_Z)

        click(qtbot, canvas)

        assert sent[0].key == "z"

    def test_a_double_click_is_told(self, canvas, sent, qtbot):
        qtbot.mouseDClick(canvas, LEFT, pos=CENTER)

        presses = [event.dblclick for event in sent if event.kind == PRESS]
        assert presses.count(True) == 1
        assert not any(event.dblclick for event in sent if event.kind == RELEASE)

    @pytest.mark.parametrize("notches", [1, -1, 0.5])
    def test_the_wheel_has_steps_and_no_button(self, canvas, sent, notches):
        scroll(canvas, 100, 75, notches)

        assert [(event.kind, event.step, event.button) for event in sent] == [
            ("scroll_event", notches, 0)
        ]
        assert (sent[0].x, sent[0].y) == (0.25, 0.75)


class TestKeys:
    @pytest.fixture(autouse=True)
    def wanted(self, inputs):
        inputs.want(["key_press_event", "key_release_event"])

    def test_a_key_is_pressed_and_released(self, canvas, sent, qtbot):
        qtbot.keyClick(canvas, Qt.Key.Key_Z)

        assert [(event.kind, event.key) for event in sent] == [
            ("key_press_event", "z"),
            ("key_release_event", "z"),
        ]

    def test_modifiers_are_part_of_its_name(self, canvas, sent, qtbot):
        qtbot.keyPress(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

        assert sent[-1].key == "ctrl+z"
