"""No thread is inside Matplotlib when a figure is taken."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import matplotlib
import pytest
from handhost import LIMIT
from mpl_toolkits.mplot3d import proj3d

from jlab_qtwindows.kernel.follow.codekind import Kind, kind_of
from jlab_qtwindows.kernel.follow.safepoint import all_clear


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
