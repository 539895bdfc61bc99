"""The canvas draws here only when asked, the manager speaks of its window."""

from __future__ import annotations

import io
import pickle
import threading
import time

import matplotlib as mpl
import numpy as np
import pytest
from handhost import LIMIT
from matplotlib.backend_bases import MouseEvent
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from matplotlib.widgets import Button, Cursor

from jlab_qtwindows.kernel.input.inputs import has_draw_listeners
from jlab_qtwindows.protocol.messages import (
    CloseWindow,
    OpenFigure,
    RaiseWindow,
    ResizeWindow,
    SetTitle,
    WindowClosed,
    WindowResized,
)

FULL = Bbox([[0, 0], [640, 480]])  # px


@pytest.fixture
def figure(pyplot):
    figure, axes = pyplot.subplots()
    axes.plot([1, 2, 3])
    return figure


@pytest.fixture
def canvas(figure):
    return figure.canvas


def agg_pixels(figure):
    """Return what plain Agg draws, leaving the figure's canvas alone."""
    canvas = figure.canvas
    agg = FigureCanvasAgg(figure)
    agg.draw()
    figure.set_canvas(canvas)
    return np.array(agg.buffer_rgba())


class TestCanvas:
    def test_drawing_renders_nothing_here(self, figure, canvas):
        drawn = []
        figure.axes[0].lines[0].draw = lambda renderer: drawn.append(1)

        canvas.draw()
        canvas.draw_idle()

        assert drawn == []

    def test_pixels_are_current_whenever_they_are_asked_for(self, figure, canvas):
        first = np.array(canvas.buffer_rgba())
        np.testing.assert_array_equal(first, agg_pixels(figure))

        figure.axes[0].lines[0].set_color("red")
        second = np.array(canvas.buffer_rgba())

        assert not np.array_equal(first, second)
        np.testing.assert_array_equal(second, agg_pixels(figure))

    def test_pixels_are_rendered_once_for_one_state(self, figure, canvas):
        canvas.buffer_rgba()
        drawn = []
        figure.axes[0].lines[0].draw = lambda renderer: drawn.append(1)

        canvas.buffer_rgba()

        assert drawn == []

    def test_text_extents_are_known(self, figure, canvas):
        text = figure.text(0.5, 0.5, "some text")

        extent = text.get_window_extent()

        assert extent.width > extent.height > 0

    def test_a_region_can_be_copied_and_restored(self, figure, canvas):
        canvas.draw()
        before = np.array(canvas.buffer_rgba())

        background = canvas.copy_from_bbox(figure.bbox)
        canvas.restore_region(background)
        canvas.blit(figure.bbox)

        np.testing.assert_array_equal(canvas.buffer_rgba(), before)

    def test_saving_writes_the_figure(self, figure):
        file = io.BytesIO()

        figure.savefig(file, format="png")

        assert file.getvalue().startswith(b"\x89PNG")

    @pytest.mark.parametrize(
        "options", [{"dpi": 30}, {"format": "svg"}], ids=["dpi", "svg"]
    )
    def test_saving_is_no_change(self, pyplot, figure, canvas, options):
        pyplot.ion()
        canvas.buffer_rgba()
        canvas.followed.changes.dirty = False
        before = canvas.followed.changes.newest

        figure.savefig(io.BytesIO(), **options)

        assert canvas.followed.changes.newest == before
        assert not canvas.followed.changes.dirty

    def test_rendering_here_is_no_change(self, pyplot, figure, canvas):
        pyplot.ion()
        figure.axes[0].lines[0].set_color("red")
        canvas.followed.changes.dirty = False
        before = canvas.followed.changes.newest

        canvas.buffer_rgba()

        assert canvas.followed.changes.newest == before
        assert not canvas.followed.changes.dirty

    def test_a_listener_of_draw_event_gets_it_with_a_renderer(self, canvas):
        events = []
        canvas.mpl_connect("draw_event", events.append)

        canvas.draw()

        (event,) = events
        assert event.canvas is canvas
        assert event.renderer is canvas.get_renderer()

    def test_a_listener_of_draw_event_may_change_and_copy_the_picture(
        self, figure, canvas
    ):
        regions = []

        def listener(event):
            figure.axes[0].set_title("drawn")
            regions.append(canvas.copy_from_bbox(FULL))

        canvas.mpl_connect("draw_event", listener)

        canvas.draw()

        assert len(regions) == 1

    def test_what_a_listener_of_draw_event_changes_is_a_change(self, figure, canvas):
        canvas.mpl_connect(
            "draw_event", lambda event: figure.axes[0].set_title("drawn")
        )
        canvas.draw()
        before = canvas.followed.changes.newest

        figure.axes[0].set_title("changed")
        canvas.draw()

        assert canvas.followed.changes.newest > before + 1

    def test_drawing_gives_the_axes_the_places_that_the_layout_finds(self, pyplot):
        figure, axes = pyplot.subplots(layout="constrained")
        before = axes.get_position().bounds

        figure.canvas.draw()

        assert axes.get_position().bounds != before

    def test_a_layout_done_once_costs_drawing_nothing(self, pyplot, monkeypatch):
        figure, axes = pyplot.subplots()
        figure.tight_layout()  # leaves a layout engine behind, one that does nothing
        drawn = []
        monkeypatch.setattr(axes, "draw", lambda renderer: drawn.append(renderer))

        figure.canvas.draw()

        assert drawn == []

    def test_drawing_marks_the_frames_of_this_cell(self, canvas):
        assert canvas.followed.changes.frames_marked_in is None

        canvas.draw_idle()
        assert canvas.followed.changes.frames_marked_in is None

        canvas.draw()
        assert canvas.followed.changes.frames_marked_in == (0, 0)

    def test_a_widget_that_draws_marks_none(self, canvas):
        button = Button(canvas.figure.add_axes((0, 0, 1, 1)), "", hovercolor="red")
        event = MouseEvent("motion_notify_event", canvas, 10, 10)
        drawn = canvas.followed.changes.noticed

        button._motion(event)

        assert canvas.followed.changes.noticed > drawn
        assert canvas.followed.changes.frames_marked_in is None

    @pytest.mark.parametrize("name", ["draw", "draw_idle"])
    def test_a_call_to_draw_asks_for_the_figure_in_either_mode(self, canvas, name):
        canvas.followed.changes.dirty = False

        getattr(canvas, name)()

        assert canvas.followed.changes.dirty

    def test_a_canvas_without_a_window_draws_as_agg(self, pyplot):
        canvas_class = type(pyplot.figure().canvas)
        figure = Figure()
        canvas = canvas_class(figure)
        figure.add_subplot()

        canvas.draw()

        np.testing.assert_array_equal(canvas.buffer_rgba(), agg_pixels(figure))


class TestBlitting:
    @pytest.fixture
    def by_hand(self, host, client, pyplot):
        """Return a function that draws a line by hand, as the manual shows it."""
        pyplot.ion()
        figure = pyplot.figure(figsize=(2, 1), dpi=50)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        (line,) = axes.plot([0, 1], [0.5, 0.5], "r", lw=20, animated=True)
        axes.set_ylim(0, 10)
        host.welcome()
        host.show()
        figure.canvas.draw()
        background = figure.canvas.copy_from_bbox(figure.bbox)

        def draw(height):
            figure.canvas.restore_region(background)
            line.set_ydata([height, height])
            axes.draw_artist(line)
            figure.canvas.blit(figure.bbox)

        return draw

    def received_picture(self, host):
        """Return whether each row of the next picture is red."""
        while True:
            update, parts = host.show()
            if update.kind == "frame":
                break
        assert (update.transfer, update.width, update.height) == ("frames", 100, 50)
        assert "blit" in update.reason
        rgba = np.frombuffer(parts[0], np.uint8).reshape(50, 100, 4)
        return (rgba[:, 50, :3] == (255, 0, 0)).all(axis=1)

    def test_its_age_is_counted_from_the_blitting(
        self, host, client, by_hand, eventually
    ):
        [followed] = client.figures.values()
        eventually(lambda: followed.delivery.shown == 1)
        began = time.monotonic()
        by_hand(2.5)
        self.received_picture(host)

        eventually(lambda: followed.delivery.shown == 2)
        assert followed.delivery.latencies[-1] <= time.monotonic() - began

    def test_what_is_drawn_by_hand_is_shown(self, host, by_hand):
        by_hand(2.5)
        rows = self.received_picture(host)
        assert rows[37]
        assert not rows[12]

        by_hand(7.5)
        rows = self.received_picture(host)
        assert rows[12]
        assert not rows[37]

    def test_the_figure_is_no_longer_taken_without_it(self, host, by_hand, pyplot):
        by_hand(2.5)
        self.received_picture(host)

        pyplot.gcf().axes[0].set_title("changed")

        assert host.is_silent()

    def test_a_change_is_drawn_when_the_main_thread_is_free(
        self, host, by_hand, pyplot, client
    ):
        canvas = pyplot.gcf().canvas
        canvas.mpl_connect("draw_event", lambda event: by_hand(7.5))
        by_hand(2.5)
        self.received_picture(host)

        pyplot.gcf().set_facecolor("blue")
        canvas.flush_events()

        assert self.received_picture(host)[12]

    def test_an_animated_artist_drawn_by_a_listener_of_draw_event_is_shown(
        self, host, client, pyplot
    ):
        pyplot.ion()
        figure = pyplot.figure(figsize=(2, 1), dpi=50)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        (line,) = axes.plot([0, 1], [2.5, 2.5], "r", lw=20, animated=True)
        axes.set_ylim(0, 10)

        def listener(event):
            axes.set_title("drawn")
            axes.draw_artist(line)
            figure.canvas.copy_from_bbox(figure.bbox)  # does not wipe it out

        host.welcome()
        host.show()
        figure.canvas.mpl_connect("draw_event", listener)

        figure.canvas.draw()

        assert self.received_picture(host)[37]

    def test_a_change_is_told_to_listeners_of_draw_event(self, host, client, pyplot):
        pyplot.ion()
        figure = pyplot.figure()
        host.welcome()
        host.show()
        drawn = []
        figure.canvas.mpl_connect("draw_event", drawn.append)
        client.main_queue.run_pending()
        before = len(drawn)

        figure.suptitle("new")  # nobody calls draw()
        client.main_queue.run_pending()

        assert len(drawn) == before + 1

    def test_a_listener_that_asks_for_a_drawing_is_not_called_without_end(
        self, host, client, pyplot
    ):
        pyplot.ion()
        figure = pyplot.figure()
        drawn = []

        def listener(event):
            drawn.append(1)
            figure.canvas.draw_idle()

        figure.canvas.mpl_connect("draw_event", listener)
        for _ in range(5):
            client.main_queue.run_pending()

        assert len(drawn) == 1

    def test_a_change_by_another_thread_is_not_drawn_in_the_middle_of_it(
        self, client, pyplot
    ):
        pyplot.ion()
        figure = pyplot.figure()
        figure.add_subplot()
        drawn = []
        figure.canvas.mpl_connect("draw_event", drawn.append)
        client.main_queue.run_pending()
        drawn.clear()

        thread = threading.Thread(target=lambda: figure.axes[0].plot([1, 2]))
        thread.start()
        thread.join(LIMIT)
        client.main_queue.run_pending()

        assert drawn == []

    def test_a_widget_of_matplotlib_is_not_drawn_for(self, client, pyplot):
        pyplot.ion()
        figure, axes = pyplot.subplots()
        cursor = Cursor(axes)

        assert not has_draw_listeners(figure.canvas)
        assert not figure.canvas._draw_posted
        assert cursor.canvas is figure.canvas

    def test_a_listener_that_changes_the_figure_is_not_called_for_it(
        self, host, client, pyplot
    ):
        pyplot.ion()
        figure = pyplot.figure()
        host.welcome()
        host.show()
        drawn = []

        def listener(event):
            drawn.append(1)
            figure.suptitle(f"drawn {len(drawn)} times")

        figure.canvas.mpl_connect("draw_event", listener)
        client.main_queue.run_pending()
        client.main_queue.run_pending()

        assert len(drawn) == 1

    def test_widgets_and_animations_are_told_not_to(self, canvas):
        assert not canvas.supports_blit


class TestPixels:
    """However a program asks for them, they are those of the present state."""

    @pytest.fixture
    def changed(self, figure, canvas):
        """Return a canvas that was rendered before its figure changed."""
        canvas.buffer_rgba()
        figure.axes[0].set_facecolor("red")
        canvas.draw()
        return canvas

    @pytest.mark.parametrize(
        "read",
        [
            lambda canvas: canvas.buffer_rgba(),
            lambda canvas: canvas.renderer.buffer_rgba(),
            lambda canvas: canvas.get_renderer().buffer_rgba(),
        ],
    )
    @pytest.mark.parametrize("fixture", ["canvas", "changed"])
    def test_rgba(self, figure, request, fixture, read):
        canvas = request.getfixturevalue(fixture)

        pixels = np.array(read(canvas))

        np.testing.assert_array_equal(pixels, agg_pixels(figure))

    @pytest.mark.parametrize(
        "read",
        [
            lambda canvas: canvas.tostring_argb(),
            lambda canvas: canvas.get_renderer().tostring_argb(),
        ],
    )
    def test_argb(self, figure, changed, read):
        pixels = np.frombuffer(read(changed), np.uint8).reshape(480, 640, 4)

        np.testing.assert_array_equal(pixels[..., [1, 2, 3, 0]], agg_pixels(figure))

    @pytest.mark.parametrize(
        "options", [{"dpi": 30}, {"bbox_inches": "tight"}, {"facecolor": "red"}]
    )
    def test_after_saving_in_another_way(self, figure, canvas, options):
        canvas.buffer_rgba()
        figure.savefig(io.BytesIO(), **options)
        canvas.draw()

        assert np.array(canvas.buffer_rgba()).shape == (480, 640, 4)
        np.testing.assert_array_equal(canvas.buffer_rgba(), agg_pixels(figure))

    def test_are_drawn_once_where_a_program_draws_and_copies(self, figure, canvas):
        canvas.copy_from_bbox(figure.bbox)
        drawn = []
        draw = figure.draw
        figure.draw = lambda renderer: (drawn.append(1), draw(renderer))

        figure.axes[0].set_facecolor("red")
        canvas.draw()
        canvas.copy_from_bbox(figure.bbox)

        assert len(drawn) == 1

    def test_of_a_program_that_copies_regions_they_are_drawn_by_draw(
        self, figure, canvas
    ):
        canvas.copy_from_bbox(figure.bbox)
        figure.axes[0].set_facecolor("red")
        canvas.draw()

        # As they are, with nothing drawn for this question.
        pixels = np.frombuffer(canvas.get_renderer().pixels(), np.uint8)
        assert pixels.tobytes() == agg_pixels(figure).tobytes()


class TestLayout:
    """What drawing sets, and programs read after it."""

    @pytest.fixture(params=[0, 1], ids=["ours", "agg"])
    def draw(self, request, pyplot):
        """Return a function that draws a figure, by this backend or by plain Agg."""

        def draw(fill):
            figure = Figure() if request.param else pyplot.figure()
            canvas = FigureCanvasAgg(figure) if request.param else figure.canvas
            found = fill(figure)
            canvas.draw()
            return found

        return draw

    def test_places_by_the_aspect_of_an_image(self, draw):
        axes = draw(lambda figure: figure.add_subplot().imshow(np.zeros((10, 40)))).axes

        assert axes.transData.transform((0, 0)) == pytest.approx([86.2, 293.4], abs=0.1)

    def test_limits_by_an_aspect_of_the_data(self, draw):
        def fill(figure):
            axes = figure.add_subplot()
            axes.plot([0, 1], [0, 5])
            axes.set_aspect("equal", adjustable="datalim")
            return axes

        assert draw(fill).get_xlim() == pytest.approx((-3.19, 4.19), abs=0.01)

    def test_the_projection_of_an_axes3d(self, draw):
        axes = draw(lambda figure: figure.add_subplot(projection="3d"))

        assert axes.M.shape == axes.invM.shape == (4, 4)

    @pytest.mark.parametrize(
        ("data", "factor"),
        [([0, 3e6], "1e6"), ([0, 3e-6], "1e\u22126"), ([5e4, 5e4 + 1], "+5e4"),
         ([0, 3], ""), ([0, 4e5], ""), ([-2e6, 1], "1e6")],
    )  # fmt: skip
    def test_the_factor_beside_an_axis(self, draw, data, factor):
        def fill(figure):
            axes = figure.add_subplot()
            axes.plot(data)
            return axes

        assert draw(fill).yaxis.get_offset_text().get_text() == factor

    def test_colours_of_points(self, draw):
        points = draw(
            lambda figure: figure.add_subplot().scatter([0, 1], [0, 1], c=[1, 2])
        )

        assert points.get_facecolors().shape == (2, 4)

    def test_an_inset_by_its_locator(self, draw):
        inset = draw(
            lambda figure: figure.add_subplot().inset_axes([0.5, 0.5, 0.25, 0.25])
        )

        assert inset.get_position().width == pytest.approx(0.775 / 4)

    def test_it_is_no_change(self, figure, canvas, pyplot):
        figure.add_subplot(projection="3d")
        pyplot.ion()
        canvas.draw()
        before = canvas.followed.changes.newest

        canvas.draw()

        # The request, and nothing else.
        assert canvas.followed.changes.newest <= before + 1


class TestEventLoop:
    def test_it_runs_callbacks_until_its_time_is_over(self, canvas, client):
        ran = []
        client.main_queue.post(lambda: ran.append(1))

        canvas.start_event_loop(0.02)

        assert ran == [1]
        assert not canvas._loops

    def test_another_thread_can_end_it(self, canvas, eventually):
        def stop():
            eventually(lambda: canvas._loops)
            canvas.stop_event_loop()

        thread = threading.Thread(target=stop)
        thread.start()

        canvas.start_event_loop(0)  # returns
        thread.join(LIMIT)

    def test_flush_events_runs_what_waits(self, canvas, client):
        ran = []
        client.main_queue.post(lambda: ran.append(1))

        canvas.flush_events()

        assert ran == [1]

    def test_a_loop_within_a_loop_ends_alone(self, canvas, client):
        ended = []

        def inner():
            canvas.start_event_loop(0.01)
            ended.append(len(canvas._loops))
            client.main_queue.post(canvas.stop_event_loop)

        client.main_queue.post(inner)
        canvas.start_event_loop(LIMIT)

        assert ended == [1]  # the outer one went on

    def test_closing_the_figure_ends_all_loops(self, pyplot, figure, canvas, client):
        ended = []

        def inner():
            client.main_queue.post(lambda: pyplot.close(figure))
            canvas.start_event_loop(LIMIT)
            ended.append("inner")

        client.main_queue.post(inner)
        canvas.start_event_loop(LIMIT)

        assert ended == ["inner"]
        assert not canvas._loops

    def test_a_worker_thread_waits_and_runs_no_callback(self, canvas, client):
        ran = []
        client.main_queue.post(lambda: ran.append(threading.current_thread()))

        def work():
            canvas.flush_events()
            canvas.start_event_loop(0.02)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join(LIMIT)
        assert ran == []

        canvas.flush_events()
        assert ran == [threading.main_thread()]

    def test_an_interrupt_leaves_no_loop_behind(self, canvas, client):
        def interrupt():
            raise KeyboardInterrupt

        client.main_queue.post(interrupt)

        with pytest.raises(KeyboardInterrupt):
            canvas.start_event_loop(LIMIT)

        assert not canvas._loops


class TestManager:
    def test_a_figure_opens_its_window_in_interactive_mode_only(self, pyplot):
        assert not pyplot.figure().canvas.followed.opened

        pyplot.ion()
        assert pyplot.figure().canvas.followed.opened

    def test_it_tells_the_host_what_happens_to_the_window(self, host, client, pyplot):
        pyplot.ion()
        figure = pyplot.figure("loss")
        manager = figure.canvas.manager
        host.welcome()
        opened, _ = host.receive(OpenFigure)
        host.show()

        manager.set_window_title("new\ttitle")
        manager.resize(300.7, 200)
        manager.raise_window()
        title, _ = host.receive(SetTitle)
        size, _ = host.receive(ResizeWindow)
        host.receive(RaiseWindow)
        pyplot.close(figure)
        closed, _ = host.receive(CloseWindow)

        assert opened.title == "loss"
        assert title.title == "new title"
        assert (size.width, size.height) == (300, 200)
        assert closed.window_id == opened.window_id

    def test_the_title_can_be_read_back(self, figure):
        manager = figure.canvas.manager
        assert manager.get_window_title() == "Figure 1"

        manager.set_window_title("x" * 1000)

        assert len(manager.get_window_title()) == 256

    def test_a_change_of_size_by_the_program_resizes_the_window(
        self, host, client, pyplot
    ):
        pyplot.ion()
        figure = pyplot.figure(dpi=100)
        host.welcome()
        host.show()

        figure.set_size_inches(3, 2)

        size, _ = host.receive(ResizeWindow)
        assert (size.width, size.height) == (300, 200)

    def test_a_closed_figure_has_no_window_and_can_be_shown_anew(
        self, pyplot, figure, canvas
    ):
        pyplot.ion()
        figure.show()
        window = canvas.manager.window
        assert window.isVisible()

        pyplot.close(figure)
        assert not window.isVisible()
        if mpl.__version_info__ < (3, 11):
            return  # pyplot takes no figure back
        pyplot.figure(figure)
        figure.show()

        assert figure.canvas is not canvas
        assert figure.canvas.followed.opened

    @pytest.mark.timeout(30)
    @pytest.mark.parametrize("timeout", [0, -1, 600])
    def test_nobody_waits_for_clicks_in_a_window_that_is_closed(self, pyplot, timeout):
        figure = pyplot.figure()
        figure.gca().plot([1, 2])
        pyplot.close(figure)

        assert figure.ginput(2, timeout=timeout) == []
        assert figure.waitforbuttonpress(timeout) is None

    def test_a_callback_that_fails_is_shown_and_all_figures_are_closed(
        self, pyplot, capsys
    ):
        def fail(event):
            raise RuntimeError("the callback's own")

        heard = []
        for number in (1, 2):
            canvas = pyplot.figure(number).canvas
            canvas.mpl_connect("close_event", fail)
            canvas.mpl_connect("close_event", heard.append)

        pyplot.close("all")

        assert pyplot.get_fignums() == []
        assert len(heard) == 2
        assert capsys.readouterr().err.count("RuntimeError: the callback's") == 2

    def test_a_window_that_the_user_has_closed_is_not_opened_again(
        self, host, client, pyplot, eventually
    ):
        pyplot.ion()
        figure = pyplot.figure()
        host.welcome()
        host.show()

        host.send(WindowClosed(figure.canvas.followed.window_id))
        eventually(lambda: figure.canvas.followed.closing)
        pyplot.show(block=False)

        assert not figure.canvas.followed.opened
        client.main_queue.run_pending()
        assert pyplot.get_fignums() == []

    def test_a_figure_with_another_canvas_is_closed_too(self, host, client, pyplot):
        pyplot.ion()
        figure = pyplot.figure()
        window_id = figure.canvas.followed.window_id
        host.welcome()
        host.show()
        FigureCanvasAgg(figure).draw()  # a recipe for its pixels

        host.send(WindowResized(window_id, 300, 200))
        host.send(WindowClosed(window_id))
        client.main_queue.run_until(lambda: not pyplot.get_fignums(), LIMIT)

        assert pyplot.get_fignums() == []
        assert figure.get_size_inches().tolist() == [3, 2]

    def test_a_window_closed_while_its_figure_is_saved_closes_it(
        self, host, client, pyplot
    ):
        pyplot.ion()
        figure = pyplot.figure()
        host.welcome()
        host.show()
        host.send(WindowClosed(figure.canvas.followed.window_id))
        canvas = figure.canvas
        manager, canvas.manager = canvas.manager, None  # as `print_figure` does

        client.main_queue.run_until(lambda: not pyplot.get_fignums(), LIMIT)

        canvas.manager = manager
        assert pyplot.get_fignums() == []

    def test_show_in_a_thread_ends_though_the_main_thread_waits_for_it(
        self, host, client, pyplot
    ):
        pyplot.ion()
        figure = pyplot.figure()
        host.welcome()
        host.show()
        thread = threading.Thread(target=lambda: pyplot.show(block=True), daemon=True)
        thread.start()

        host.send(WindowClosed(figure.canvas.followed.window_id))
        thread.join(LIMIT)

        assert not thread.is_alive()

    def test_a_pickle_made_in_a_callback_has_nothing_of_ours(self, pyplot):
        figure = pyplot.figure()
        pickles = []
        figure.canvas.mpl_connect(
            "close_event", lambda event: pickles.append(pickle.dumps(figure))
        )

        pyplot.close(figure)

        assert b"jlab_qtwindows" not in pickles[0]

    def test_show_does_not_wait_for_a_figure_that_was_never_shown(
        self, host, client, pyplot
    ):
        shown = pyplot.figure()
        host.welcome()

        def make_another():
            pyplot.figure()  # to be saved, say
            pyplot.close(shown)

        client.main_queue.post(make_another)
        pyplot.show(block=True)

        assert len(pyplot.get_fignums()) == 1

    def test_closing_sends_the_close_event_once(self, pyplot, figure, canvas):
        events = []
        canvas.mpl_connect("close_event", events.append)
        manager = canvas.manager

        pyplot.close(figure)
        manager.destroy()

        assert len(events) == 1
        assert events[0].canvas is canvas

    def test_a_closed_figure_is_no_longer_followed(
        self, pyplot, figure, canvas, client
    ):
        followed = canvas.followed
        before = followed.changes.newest

        pyplot.close(figure)
        figure.axes[0].lines[0].set_color("red")

        assert followed.changes.newest == before
        assert client.figures == {}

    def test_a_closed_figure_can_still_be_saved(self, pyplot, figure):
        pyplot.close(figure)
        file = io.BytesIO()

        figure.savefig(file, format="png")

        assert file.getvalue()

    def test_closing_ends_a_wait_in_the_event_loop(self, pyplot, figure, client):
        client.main_queue.post(lambda: pyplot.close(figure))

        figure.canvas.start_event_loop(LIMIT)

        assert not pyplot.fignum_exists(1)

    def test_show_waits_until_all_windows_are_closed(self, host, client, pyplot):
        pyplot.figure(1)
        pyplot.figure(2)
        client.main_queue.post(lambda: pyplot.close(1))
        client.main_queue.post(lambda: pyplot.close(2))

        pyplot.show(block=True)

        assert pyplot.get_fignums() == []

    def test_show_in_a_kernel_does_not_wait(self, host, client, pyplot, monkeypatch):
        import sys
        from types import SimpleNamespace

        shell = SimpleNamespace(kernel=SimpleNamespace())
        module = SimpleNamespace(get_ipython=lambda: shell)
        pyplot.figure()
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, "IPython", module)

            pyplot.show()  # returns

        assert pyplot.fignum_exists(1)

    def test_pyplots_own_stale_callback_does_not_replace_ours(self, pyplot):
        # Outside IPython, pyplot.figure installs one of its own after the manager.
        pyplot.install_repl_displayhook()

        figure, axes = pyplot.subplots()
        before = figure.canvas.followed.changes.newest
        axes.plot([1, 2])

        assert figure.canvas.followed.changes.newest != before

    def test_our_stale_callback_comes_back_after_the_figure_was_cleared(self, pyplot):
        pyplot.install_repl_displayhook()
        pyplot.ion()

        figure = pyplot.figure(clear=True)
        (line,) = figure.add_subplot().plot([1, 2])
        figure.canvas.followed.changes.dirty = False
        with figure.canvas.followed.changes.own_rendering():
            line.set_ydata([2, 1])

        assert not figure.canvas.followed.changes.dirty

    def test_no_gui_framework_is_asked_for(self, canvas):
        assert canvas.required_interactive_framework is None
