"""A thread that works on one figure is in the way of no other."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import threading

import matplotlib.pyplot as plt
import pytest
from handhost import LIMIT
from matplotlib.animation import FFMpegWriter, FuncAnimation
from matplotlib.figure import Figure

from jlab_qtwindows.kernel.follow.safepoint import all_clear, busy_frames


def animate(figure):
    """Return an animation of two empty frames."""
    return FuncAnimation(figure, lambda i: [], frames=2, blit=False)


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
        self, figure, tmp_path, callback
    ):
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
