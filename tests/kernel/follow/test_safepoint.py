"""No thread is inside Matplotlib when a figure is taken."""

from __future__ import annotations

import contextlib
import functools
import os
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import pytest
from handhost import LIMIT
from matplotlib.animation import FFMpegWriter, FuncAnimation
from matplotlib.backend_bases import KeyEvent, MouseButton, MouseEvent
from matplotlib.backend_managers import ToolManager
from matplotlib.backend_tools import ToolBase, ToolToggleBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.widgets import Button, Slider, SpanSelector
from mpl_toolkits.mplot3d import proj3d

from jlab_qtwindows.kernel.follow.codekind import Kind, kind_of
from jlab_qtwindows.kernel.follow.safepoint import all_clear, busy_frames


def animate(figure):
    """Return an animation of two empty frames."""
    return FuncAnimation(figure, lambda i: [], frames=2, blit=False)


def test_ordinary_code_is_a_safe_point():
    assert all_clear()


def test_a_thread_inside_matplotlib_is_none(blocked_inside):
    leave = blocked_inside()

    assert not all_clear()

    leave()
    assert all_clear()


def test_the_users_own_code_called_by_matplotlib_is_none(inside_matplotlib):
    seen = []

    inside_matplotlib(lambda: seen.append(all_clear()))

    assert seen == [False]


def test_a_formatter_that_waits_is_none(figure, eventually):
    entered, release = threading.Event(), threading.Event()

    def slow_label(value, position):
        entered.set()
        release.wait(LIMIT)
        return ""

    figure.axes[0].xaxis.set_major_formatter(slow_label)
    thread = threading.Thread(target=figure.canvas.draw)
    thread.start()
    try:
        assert entered.wait(LIMIT)
        assert not all_clear()
    finally:
        release.set()
        thread.join(LIMIT)

    assert all_clear()


class TestAnotherFigure:
    """What draws or saves one figure, for seconds maybe, is at no other."""

    @pytest.fixture
    def other(self):
        figure = Figure()
        figure.add_subplot()
        return figure

    @pytest.fixture
    def busy(self, figure):
        """Return a context manager: a thread does this, and waits in a tick label."""
        entered, release = threading.Event(), threading.Event()

        def slow_label(value, position):
            entered.set()
            release.wait(LIMIT)
            return ""

        figure.axes[0].xaxis.set_major_formatter(slow_label)

        @contextlib.contextmanager
        def start(work):
            thread = threading.Thread(target=work)
            thread.start()
            try:
                assert entered.wait(LIMIT)
                yield
            finally:
                release.set()
                thread.join(LIMIT)

        return start

    @pytest.fixture(params=["savefig", "pyplot", "draw", "animation"])
    def drawing(self, request, figure, tmp_path, monkeypatch):
        monkeypatch.setattr(plt, "gcf", lambda: figure)
        path = tmp_path / "a.png"
        return {
            "savefig": lambda: figure.savefig(path),
            "pyplot": lambda: plt.savefig(path),
            "draw": figure.canvas.draw,
            "animation": lambda: animate(figure).save(
                tmp_path / "a.gif", writer="pillow"
            ),
        }[request.param]

    def test_is_in_nobodys_way(self, busy, drawing, figure, other):
        with busy(drawing):
            assert not all_clear()
            assert not all_clear(figure)
            assert all_clear(other)
            assert busy_frames(figure)
            assert not busy_frames(other)

        assert all_clear(figure)

    @pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
    def test_an_animation_whose_writer_waits_for_its_program_is_in_nobodys_way(
        self, figure, other, tmp_path, eventually
    ):
        # As for ffmpeg, which may take long: in no code of the figure's.
        all_read, go_on = tmp_path / "read", tmp_path / "go"
        os.mkfifo(go_on)
        program = f"cat > /dev/null; touch {all_read}; cat {go_on}"
        writer = WriterWith(["sh", "-c", program])
        save = functools.partial(animate(figure).save, tmp_path / "a", writer=writer)
        thread = threading.Thread(target=save)
        thread.start()
        try:
            eventually(all_read.exists)
            assert not all_clear(figure)
            assert all_clear(other)
        finally:
            go_on.write_text("")
            thread.join(LIMIT)

        assert all_clear(figure)

    def test_what_an_animation_calls_may_be_in_the_middle_of_another_figure(
        self, figure, other, tmp_path
    ):
        seen = []
        other.axes[0].callbacks.connect(
            "xlim_changed", lambda axes: seen.append(all_clear(other))
        )
        animation = FuncAnimation(
            figure,
            lambda turn: other.axes[0].set_xlim(0, 5 + turn),
            frames=2,
            blit=False,
            cache_frame_data=False,
        )

        animation.save(tmp_path / "a.gif", writer="pillow")

        assert seen
        assert not any(seen)

    def test_what_an_animation_that_is_saved_calls_is_a_safe_point(
        self, figure, tmp_path
    ):
        callback = Callback()
        animation = FuncAnimation(
            figure, callback, frames=2, blit=False, cache_frame_data=False
        )

        animation.save(tmp_path / "a.gif", writer="pillow")

        assert callback.clear[-1]

    def test_a_change_that_saves_another_figure_is_not_over(
        self, busy, figure, other, tmp_path
    ):
        other.axes[0].callbacks.connect(
            "xlim_changed", lambda _: figure.savefig(tmp_path / "a.png")
        )

        with busy(lambda: other.axes[0].set_xlim(0, 5)):
            assert not all_clear(other)


class WriterWith(FFMpegWriter):
    """A writer of movies with another program than ffmpeg."""

    def __init__(self, command):
        super().__init__()
        self.command = command

    def _args(self):
        return self.command


def test_the_toolkits_belong_to_matplotlib():
    assert kind_of(proj3d.__file__, "persp_transformation") is Kind.MATPLOTLIB


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_matplotlib_found_through_a_link_is_recognized(tmp_path):
    # lib64 in a virtual environment, a home directory that is a link, ...
    link = tmp_path / "linked"
    link.symlink_to(Path(matplotlib.__file__).parents[1])
    program = (
        "import matplotlib.ticker as ticker\n"
        f"assert ticker.__file__.startswith({os.fspath(link)!r})\n"
        "from jlab_qtwindows.kernel.follow.safepoint import all_clear\n"
        "ticker.FuncFormatter(lambda value, position: print(all_clear()))(0)\n"
    )

    paths = [os.fspath(link), os.environ.get("PYTHONPATH", "")]

    result = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        timeout=60,
    )

    assert result.stdout.strip() == "False", result.stderr


class TestCallbacks:
    """Matplotlib that calls the program is done, or has not begun; or it is not."""

    @pytest.fixture
    def callback(self):
        """Return a callback that notes whether it runs at a safe point."""
        return Callback()

    @pytest.fixture
    def send(self, figure):
        """Return a function that has the canvas dispatch a mouse event."""

        def send(name, x=0.5, y=0.5, button=MouseButton.LEFT):
            width, height = figure.bbox.size
            MouseEvent(name, figure.canvas, x * width, y * height, button)._process()

        return send

    def test_a_button_and_a_slider(self, figure, send, callback):
        button = Button(figure.add_axes((0, 0, 1, 0.5)), "run")
        button.on_clicked(callback)
        slider = Slider(figure.add_axes((0, 0.5, 1, 0.5)), "", 0, 1, valinit=0)
        slider.on_changed(callback)

        send("button_press_event", y=0.2)
        send("button_release_event", y=0.2)
        send("button_press_event", y=0.75)
        slider.set_val(0.1)

        assert callback.clear == [True, True, True]

    def test_a_selector(self, figure, send, callback):
        (axes,) = figure.axes
        selector = SpanSelector(axes, callback, "horizontal")
        send("button_press_event", 0.4)
        send("motion_notify_event", 0.6)
        send("button_release_event", 0.6)

        assert selector.extents[1] > selector.extents[0]
        assert callback.clear == [True]

    def test_a_pick(self, figure, send, callback):
        (line,) = figure.axes[0].plot([0, 1], [0, 1], picker=True, pickradius=50)
        figure.canvas.draw()
        figure.canvas.mpl_connect("pick_event", callback)
        figure.canvas.mpl_connect("button_press_event", figure.pick)
        send(
            "button_press_event",
            *figure.transFigure.inverted().transform(
                line.axes.transData.transform((0.5, 0.5))
            ),
        )

        assert callback.clear
        assert all(callback.clear)

    def test_an_axes_that_is_entered_or_left(self, figure, send, callback):
        figure.canvas.mpl_connect("axes_enter_event", callback)
        figure.canvas.mpl_connect("axes_leave_event", callback)

        send("motion_notify_event")
        send("motion_notify_event", 0, 0)

        assert callback.clear == [True, True]

    def test_a_tool_of_the_tool_manager(self, figure, callback):
        class Tool(ToolBase):
            default_keymap = ("x",)

            def trigger(self, *arguments):
                callback()

        class Toggle(ToolToggleBase):
            def enable(self, event=None):
                callback()

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # tool managers are new
            tools = ToolManager(figure)
        tools.add_tool("tool", Tool)
        tools.add_tool("toggle", Toggle)
        KeyEvent("key_press_event", figure.canvas, "x")._process()
        tools.trigger_tool("toggle")

        assert callback.clear == [True, True]

    def test_an_animation(self, figure, callback):
        animation = FuncAnimation(
            figure, callback, frames=3, repeat=False, cache_frame_data=False
        )
        animation._step()
        animation.pause()

        # The second time is at the end of the first drawing, which is not over.
        assert callback.clear == [True, False]

    def test_what_the_callback_calls_counts(self, figure, inside_matplotlib):
        seen = []
        button = Button(figure.axes[0], "run")
        button.on_clicked(
            lambda event: inside_matplotlib(lambda: seen.append(all_clear()))
        )

        button._observers.process("clicked", None)

        assert seen == [False]

    def test_new_limits_and_norms_are_not_done(self, figure, callback):
        (axes,) = figure.axes
        axes.callbacks.connect("xlim_changed", callback)
        image = axes.imshow([[0, 1]])
        image.callbacks.connect("changed", callback)

        axes.set_xlim(3, 4)
        image.set_clim(0, 5)

        assert len(callback.clear) >= 2
        assert not any(callback.clear)

    def test_nor_is_a_drawing(self, figure, callback):
        figure.canvas.mpl_connect("draw_event", callback)

        FigureCanvasAgg.draw(figure.canvas)

        assert callback.clear == [False]

    def test_a_widget_that_sets_limits_is_not_done(self, figure, callback):
        (axes,) = figure.axes
        axes.callbacks.connect("ylim_changed", callback)
        slider = Slider(figure.add_axes((0, 0, 1, 0.1)), "", 0, 1, valinit=0)
        slider.on_changed(lambda value: axes.set_ylim(0, 1 + value))

        slider.set_val(0.5)

        assert callback.clear
        assert not any(callback.clear)


class Callback:
    """Notes for each of its calls whether that is a safe point."""

    def __init__(self):
        self.clear = []

    def __call__(self, *args):
        self.clear.append(all_clear())


class TestParking:
    """Waiting in our event loop is a safe point, though Matplotlib called it."""

    @pytest.fixture
    def wait(self, pyplot, client, eventually):
        """Return a function that waits in the event loop while another thread looks."""
        figure = pyplot.figure()

        def wait(look):
            found = []

            def work():
                eventually(lambda: figure.canvas._loops)
                found.append(look())
                figure.canvas.stop_event_loop()

            thread = threading.Thread(target=work)
            thread.start()
            pyplot.ginput(1, timeout=LIMIT)
            thread.join(LIMIT)
            assert not thread.is_alive()
            return found[0]

        return wait

    def test_a_thread_parked_in_the_event_loop_is_at_a_safe_point(
        self, wait, eventually
    ):
        def look():
            eventually(all_clear)  # first it lays the figure out
            files = set()
            for frame in sys._current_frames().values():
                while frame is not None:
                    files.add(Path(frame.f_code.co_filename).name)
                    frame = frame.f_back
            return files

        assert "_blocking_input.py" in wait(look)  # it was called through Matplotlib

    def test_a_callback_that_runs_in_the_loop_is_not_parked(
        self, wait, client, inside_matplotlib
    ):
        entered, release = threading.Event(), threading.Event()

        def callback():
            entered.set()
            release.wait(LIMIT)

        def look():
            assert entered.wait(LIMIT)
            clear = all_clear()
            release.set()
            return clear

        client.main_queue.post(lambda: inside_matplotlib(callback))

        assert not wait(look)


def test_looking_leaves_no_garbage_behind():
    # In a process in which no thread of another test may just come to its end.
    program = """
import gc
from jlab_qtwindows.kernel.follow.safepoint import all_clear, busy_frames
all_clear(), busy_frames()
gc.collect()
all_clear(), busy_frames()
print(gc.collect())
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert done.stdout == "0\n"
