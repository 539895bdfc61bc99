"""A window that shows frames leaves to the kernel what its tools and keys do."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from peer import PEER
from PyQt5.QtCore import QPoint, Qt
from user import drag, move, scroll

from jlab_qtwindows.host.figure.mirror import load_frame
from jlab_qtwindows.host.wire.inbox import Update
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot
from jlab_qtwindows.protocol.messages import (
    INPUT_EVENTS,
    InputEvent,
    SetHistoryButtons,
    SetToolbarMode,
    ShowCoordinates,
    ShowCursor,
    ShowRubberBand,
    ToolModeChanged,
    ToolUsed,
    UpdateFigure,
    UseTool,
)

LEFT = Qt.MouseButton.LeftButton
DIALOGS = ("configure_subplots", "edit_parameters")
KERNELS = ("home", "pan", "zoom")


@pytest.fixture
def frame_of(make_figure):
    """Return a function that makes the loaded picture of a figure."""

    def make(figure=None, revision=1, window_id="w1", reason="a lock"):
        snapshot = take_snapshot(figure or make_figure(), Rung.FRAMES)
        size = snapshot.width, snapshot.height
        message = UpdateFigure(window_id, revision, "frame", "frames", reason, *size)
        return Update(message, load_frame(snapshot.parts, *size))

    return make


@pytest.fixture
def framed(window, frame_of):
    """Return a window that shows a frame."""
    window.content.show(frame_of())
    return window


@pytest.fixture
def toolbar(framed):
    return framed.manager.toolbar


@pytest.fixture
def texts(toolbar):
    texts = []
    toolbar.message_set.connect(texts.append)
    return texts


def enabled(toolbar, names):
    return {toolbar._actions[name].isEnabled() for name in names}


class TestPicture:
    def test_a_frame_of_the_windows_size_is_shown_as_it_is(
        self, framed, make_figure, pixels
    ):
        snapshot = take_snapshot(make_figure(), Rung.FRAMES)
        sent = np.frombuffer(snapshot.parts[0], np.uint8).reshape(300, 400, 4)

        assert np.array_equal(pixels(framed.canvas), sent)

    def test_a_frame_of_another_size_fills_the_window(
        self, framed, make_figure, frame_of, pixels
    ):
        figure = make_figure(figsize=(2, 1.5))
        figure.set_facecolor("red")
        figure.clear()

        framed.content.show(frame_of(figure, 2))

        assert pixels(framed.canvas).shape == (300, 400, 4)
        assert (pixels(framed.canvas)[..., :3] == (255, 0, 0)).all()

    def test_a_saved_picture_has_the_pixels_of_the_window(
        self, framed, tmp_path, pixels
    ):
        import matplotlib.image

        framed.canvas.figure.savefig(tmp_path / "saved.png")

        saved = matplotlib.image.imread(tmp_path / "saved.png")
        assert np.array_equal(np.round(saved * 255), pixels(framed.canvas))

    @pytest.mark.parametrize("suffix", ["pdf", "svg"])
    def test_it_can_be_saved_in_other_formats(self, framed, tmp_path, suffix):
        framed.canvas.figure.savefig(tmp_path / f"saved.{suffix}")

        assert (tmp_path / f"saved.{suffix}").stat().st_size > 1_000


class TestLeft:
    def test_all_events_are_sent_wanted_or_not(self, framed, told, qtbot):
        canvas = framed.canvas
        move(canvas, 10, 10)
        qtbot.mouseClick(canvas, LEFT, pos=QPoint(200, 150))
        scroll(canvas, 10, 10, 1)
        qtbot.keyClick(canvas, Qt.Key.Key_Z)

        sent = [m for m in told if isinstance(m, InputEvent)]
        assert {m.kind for m in sent} >= set(INPUT_EVENTS) - {
            "figure_enter_event",
            "figure_leave_event",
        }
        assert all(m.left_to_kernel for m in sent)

    def test_what_a_program_hears_of_a_whole_figure_is_not_left_to_it(
        self, window, show, make_figure, told, qtbot
    ):
        show(make_figure())
        window.inputs.want(["key_press_event"])

        qtbot.keyClick(window.canvas, Qt.Key.Key_Z)

        (sent,) = [m for m in told if isinstance(m, InputEvent)]
        assert not sent.left_to_kernel

    @pytest.mark.parametrize("action", ["home", "pan", "zoom"])
    def test_a_button_is_sent(self, toolbar, told, action):
        toolbar._actions[action].trigger()

        assert told == [ToolUsed("w1", action)]

    @pytest.mark.parametrize("tool", ["pan", "zoom"])
    def test_a_drag_changes_nothing_in_the_window(
        self, framed, toolbar, told, qtbot, pixels, tool
    ):
        toolbar._actions[tool].trigger()
        framed.arbiter.obey(SetToolbarMode("w1", "pan/zoom"))
        before = pixels(framed.canvas)

        drag(qtbot, framed.canvas, (0.2, 0.2), (0.6, 0.6))
        framed.canvas.draw()

        assert np.array_equal(pixels(framed.canvas), before)
        assert not any(isinstance(m, ToolModeChanged) for m in told)

    @pytest.mark.parametrize("key", [Qt.Key.Key_L, Qt.Key.Key_Q, Qt.Key.Key_P])
    def test_the_keys_are_the_kernels(self, framed, toolbar, told, events, qtbot, key):
        qtbot.keyClick(framed.canvas, key)

        assert not any(isinstance(m, ToolUsed) for m in told)
        assert ("closed", "w1") not in events

    def test_frames_come_in_the_middle_of_a_drag(self, framed, toolbar, qtbot):
        framed.arbiter.obey(SetToolbarMode("w1", "pan/zoom"))
        qtbot.mousePress(framed.canvas, LEFT, pos=QPoint(200, 150))

        assert framed.canvas.is_dragging()
        assert not framed.content.is_held()

    def test_what_needs_a_whole_figure_is_disabled_and_says_why(self, toolbar):
        assert enabled(toolbar, DIALOGS) == {False}
        for name in DIALOGS:
            assert "a lock" in toolbar._actions[name].toolTip()
        assert enabled(toolbar, ("home", "pan", "zoom", "save_figure")) == {True}

    def test_no_limits_are_held_of_a_picture(self, framed, window):
        assert not window.buttons.hold.isEnabled()


class TestShown:
    @pytest.mark.parametrize(
        ("mode", "checked"),
        [
            ("", (False, False)),
            ("pan/zoom", (True, False)),
            ("zoom rect", (False, True)),
        ],
    )
    def test_the_mode_is_that_of_the_kernel(self, framed, toolbar, told, mode, checked):
        framed.arbiter.obey(SetToolbarMode("w1", mode))

        actions = toolbar._actions
        assert (actions["pan"].isChecked(), actions["zoom"].isChecked()) == checked
        assert toolbar.mode == ""
        assert told == []

    def test_a_button_is_checked_before_the_kernel_answers(self, toolbar):
        toolbar._actions["pan"].trigger()
        assert toolbar._actions["pan"].isChecked()

        toolbar._actions["zoom"].trigger()
        assert not toolbar._actions["pan"].isChecked()
        assert toolbar._actions["zoom"].isChecked()

        toolbar._actions["zoom"].trigger()
        assert not toolbar._actions["zoom"].isChecked()

    def test_the_kernel_knows_where_back_and_forward_lead(self, framed, toolbar):
        assert enabled(toolbar, ("back", "forward")) == {False}

        framed.arbiter.obey(SetHistoryButtons("w1", True, False))

        assert toolbar._actions["back"].isEnabled()
        assert not toolbar._actions["forward"].isEnabled()

    def test_the_rubber_band_lies_where_the_kernel_says(
        self, framed, toolbar, monkeypatch
    ):
        drawn = []
        monkeypatch.setattr(framed.canvas, "drawRectangle", drawn.append)

        framed.arbiter.obey(ShowRubberBand("w1", [0.25, 0.5, 0.75, 1.0]))
        framed.arbiter.obey(ShowRubberBand("w1", []))

        assert drawn == [[100, 150, 200, -150], None]

    @pytest.mark.parametrize(
        "corners",
        [[1.0], [0.0, 0.0, 1.0, float("nan")], ["a", "b", "c", "d"], [[], [], [], []]],
    )
    def test_corners_that_make_no_sense_are_refused(self, framed, corners):
        with pytest.raises(ValueError, match="no corners"):
            framed.arbiter.obey(ShowRubberBand("w1", corners))

    def test_corners_far_away_are_drawn_beyond_the_canvas(self, framed):
        size = framed.canvas.width(), framed.canvas.height()
        without = framed.canvas.grab().toImage()
        framed.arbiter.obey(ShowRubberBand("w1", [-1e300, 0.5, 1e300, 1e300]))
        image = framed.canvas.grab().toImage()

        drawn = {
            (x, y)
            for x, y in itertools.product(*map(range, size))
            if image.pixel(x, y) != without.pixel(x, y)
        }
        rows = {y for _, y in drawn}
        columns = {x for x, _ in drawn}
        assert max(rows) - min(rows) <= 1  # the lower edge alone
        assert size[1] // 2 in rows
        assert min(columns) < 10  # the line is dashed
        assert max(columns) > size[0] - 10

    def test_coordinates_are_those_of_the_kernel(self, framed, texts):
        move(framed.canvas, 100, 100)
        framed.arbiter.obey(ShowCoordinates("w1", "x=1"))

        assert texts == ["x=1"]

    def test_the_cursor_stays_after_the_next_frame(self, framed, frame_of):
        framed.arbiter.obey(ShowCursor("w1", "SELECT_REGION"))
        framed.manager.toolbar._draw_time = 0.0  # long ago: drawing shows that it waits
        framed.content.show(frame_of(revision=2))

        assert framed.canvas.cursor().shape() == Qt.CursorShape.CrossCursor


class TestChange:
    def test_a_figure_that_becomes_frames_keeps_the_mode_in_sight(
        self, window, show, make_figure, frame_of, told
    ):
        show(make_figure())
        toolbar = window.manager.toolbar
        toolbar.pan()
        told.clear()

        window.content.show(frame_of(revision=2))

        assert toolbar._actions["pan"].isChecked()
        assert toolbar.mode == ""
        assert told == []

    def test_the_limits_of_the_whole_figure_are_not_put_on_the_picture(
        self, window, show, make_figure, frame_of, qtbot, pixels, open_window
    ):
        show(make_figure())
        window.manager.toolbar.zoom()
        drag(qtbot, window.canvas, (0.4, 0.4), (0.6, 0.6))
        window.content.show(frame_of(revision=2))

        other = open_window(window_id="w2")
        other.content.show(frame_of(window_id="w2"))

        assert np.array_equal(pixels(window.canvas), pixels(other.canvas))
        assert not window.manager.toolbar._actions["back"].isEnabled()

    def test_a_whole_figure_after_frames_has_the_views_of_its_program(
        self, window, show, make_figure, frame_of, update_of, qtbot
    ):
        (axes,) = show(make_figure())
        home = axes.get_xlim()
        window.manager.toolbar.zoom()
        drag(qtbot, window.canvas, (0.4, 0.4), (0.6, 0.6))
        window.content.show(frame_of(revision=2))
        window.content.show(update_of(make_figure(), 3))

        assert window.canvas.figure.axes[0].get_xlim() == home
        assert not window.manager.toolbar._actions["back"].isEnabled()

    def test_a_program_opens_no_dialog_of_a_picture(self, framed, toolbar, qapp):
        framed.arbiter.obey(UseTool("w1", "edit_parameters"))
        qapp.processEvents()

        assert not hasattr(toolbar, "_fedit_dialog")

    def test_a_whole_figure_after_frames_has_its_tools_again(
        self, framed, toolbar, told, update_of, make_figure, qtbot
    ):
        framed.arbiter.obey(ShowRubberBand("w1", [0.0, 0.0, 1.0, 1.0]))
        framed.content.show(update_of(make_figure(), 2))
        (axes,) = framed.canvas.figure.axes
        before = axes.get_xlim()

        toolbar.zoom()
        drag(qtbot, framed.canvas, (0.4, 0.4), (0.6, 0.6))

        assert axes.get_xlim() != before
        assert enabled(toolbar, DIALOGS) == {True}
        assert "a lock" not in toolbar._actions["configure_subplots"].toolTip()
        assert framed.buttons.hold.isEnabled()
        assert not any(isinstance(m, InputEvent | ToolUsed) for m in told)

    def test_a_press_after_another_figure_came_is_not_the_kernels(
        self, framed, toolbar, opened, told
    ):
        framed.adopt(PEER, opened("w2"))

        toolbar._actions["pan"].trigger()

        assert told[-1] == ToolModeChanged("w2", "pan/zoom")


class TestDetached:
    def test_no_button_acts_on_the_figure_of_a_dead_kernel(self, framed, toolbar, told):
        framed.arbiter.obey(SetHistoryButtons("w1", True, True))
        framed.detach()

        assert enabled(toolbar, (*KERNELS, "back", "forward")) == {False}
        assert toolbar._actions["save_figure"].isEnabled()
        toolbar.home()
        assert told == []

        framed.reattach(PEER)
        assert enabled(toolbar, (*KERNELS, "back", "forward")) == {True}

    def test_the_rubber_band_of_a_dead_kernel_goes(self, framed, toolbar, monkeypatch):
        drawn = []
        framed.arbiter.obey(ShowRubberBand("w1", [0.25, 0.5, 0.75, 1.0]))
        monkeypatch.setattr(framed.canvas, "drawRectangle", drawn.append)

        framed.detach()

        assert drawn == [None]

    def test_the_window_still_closes_with_its_key(self, framed, events, qtbot):
        framed.detach()

        qtbot.keyClick(framed.canvas, Qt.Key.Key_Q)

        assert ("closed", "w1") in events

    def test_other_keys_leave_the_picture_alone(self, framed, qtbot, pixels):
        before = pixels(framed.canvas)
        framed.detach()
        move(framed.canvas, 200, 150)

        for key in (Qt.Key.Key_L, Qt.Key.Key_G, Qt.Key.Key_P):
            qtbot.keyClick(framed.canvas, key)
        framed.canvas.draw()

        assert np.array_equal(pixels(framed.canvas), before)


def test_a_call_of_the_program_comes_to_its_kernel(framed, told):
    framed.arbiter.obey(UseTool("w1", "home"))

    assert told == [ToolUsed("w1", "home")]
