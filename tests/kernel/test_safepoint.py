"""No thread is inside Matplotlib when a figure is taken."""

from __future__ import annotations

import _thread
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import matplotlib
import pytest
from handhost import LIMIT
from mpl_toolkits.mplot3d import proj3d

from jlab_qtwindows.kernel import safepoint
from jlab_qtwindows.kernel.safepoint import MainThreadTrap, all_clear, keep_interpreter


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
    assert proj3d.__file__.startswith(safepoint._ROOTS)


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_matplotlib_found_through_a_link_is_recognized(tmp_path):
    # lib64 in a virtual environment, a home directory that is a link, ...
    link = tmp_path / "linked"
    link.symlink_to(Path(matplotlib.__file__).parents[1])
    program = (
        "import matplotlib.cbook as cbook\n"
        f"assert cbook.__file__.startswith({os.fspath(link)!r})\n"
        "from jlab_qtwindows.kernel.safepoint import all_clear\n"
        "registry = cbook.CallbackRegistry(exception_handler=None)\n"
        "registry.connect('called', lambda: print(all_clear()))\n"
        "registry.process('called')\n"
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
    def pausing(self, pyplot, client, eventually):
        """Return the canvas of a figure in whose event loop a thread waits."""
        figure = pyplot.figure()
        thread = threading.Thread(target=lambda: pyplot.ginput(1, timeout=LIMIT))
        thread.start()
        eventually(lambda: figure.canvas._looping)
        yield figure.canvas
        figure.canvas.stop_event_loop()
        thread.join(LIMIT)
        assert not thread.is_alive()

    def test_a_thread_parked_in_the_event_loop_is_at_a_safe_point(self, pausing):
        files = set()
        for frame in sys._current_frames().values():
            while frame is not None:
                files.add(Path(frame.f_code.co_filename).name)
                frame = frame.f_back
        assert "_blocking_input.py" in files  # it was called through Matplotlib

        assert all_clear()

    def test_a_callback_that_runs_in_the_loop_is_not_parked(
        self, pausing, client, inside_matplotlib
    ):
        entered, release = threading.Event(), threading.Event()

        def callback():
            entered.set()
            release.wait(LIMIT)

        client.main_queue.post(lambda: inside_matplotlib(callback))
        assert entered.wait(LIMIT)

        clear = all_clear()
        release.set()

        assert not clear


class TestKeepInterpreter:
    def test_no_other_thread_is_switched_in_for_long(self):
        before = sys.getswitchinterval()

        with keep_interpreter():
            assert sys.getswitchinterval() >= 1.0

        assert sys.getswitchinterval() == pytest.approx(before)

    def test_an_error_gives_the_interpreter_back(self):
        before = sys.getswitchinterval()

        with pytest.raises(ValueError, match="inside"), keep_interpreter():
            raise ValueError("inside")

        assert sys.getswitchinterval() == pytest.approx(before)


@pytest.mark.usefixtures("no_tracer")
class TestMainThreadTrap:
    @pytest.fixture
    def trap(self):
        return MainThreadTrap()

    @pytest.fixture
    def armed_inside(self, trap, inside_matplotlib, eventually):
        """Return a function that arms the trap while the main thread is inside."""

        def arm(action, sprung=lambda: sys.gettrace() is not None):
            def from_another_thread():
                thread = threading.Thread(target=trap.arm, args=(action,))
                thread.start()
                thread.join()
                eventually(sprung)

            inside_matplotlib(from_another_thread)

        return arm

    def test_the_action_runs_on_the_main_thread(self, trap, eventually):
        threads = []

        arming = threading.Thread(
            target=trap.arm, args=(lambda: threads.append(threading.get_ident()),)
        )
        arming.start()
        arming.join()

        eventually(lambda: threads)
        assert threads == [threading.main_thread().ident]
        assert not trap.armed

    def test_it_runs_at_the_next_line_after_the_call_into_matplotlib(
        self, armed_inside, trap
    ):
        clear = []

        armed_inside(lambda: clear.append(all_clear()))
        at_the_next_line = list(clear)

        assert at_the_next_line == [True]
        assert not trap.armed

    def test_no_tracer_is_left_behind(self, armed_inside):
        armed_inside(lambda: None)

        assert sys.gettrace() is None
        assert sys._getframe().f_trace is None

    def test_only_one_action_waits_and_it_runs_once(
        self, trap, inside_matplotlib, eventually
    ):
        ran = []

        def arm_twice():
            trap.arm(lambda: ran.append("first"))
            trap.arm(lambda: ran.append("second"))
            eventually(lambda: sys.gettrace() is not None)

        inside_matplotlib(arm_twice)
        inside_matplotlib(lambda: None)

        assert ran == ["first"]
        assert not trap.armed

    def test_a_debuggers_tracer_is_never_replaced(self, armed_inside, trap):
        ran = []

        def tracer(frame, event, arg):
            return None

        sys.settrace(tracer)
        try:
            armed_inside(lambda: ran.append(1), sprung=lambda: not trap.armed)
            found = sys.gettrace()
        finally:
            sys.settrace(None)

        assert found is tracer
        assert ran == []

    def test_an_error_of_the_action_stays_out_of_the_persons_code(
        self, armed_inside, trap, eventually, caplog
    ):
        def fail():
            raise ValueError("ours")

        armed_inside(fail)
        trap.arm(fail)
        eventually(lambda: not trap.armed)

        errors = [record for record in caplog.records if record.levelname == "ERROR"]
        assert len(errors) == 2
        assert "ours" in str(errors[0].exc_info[1])


@pytest.mark.usefixtures("no_tracer")
class TestInterrupt:
    """The person's Ctrl-C reaches the person's code, also in the middle of our work."""

    @pytest.fixture(autouse=True)
    def default_handler(self):
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        yield
        signal.signal(signal.SIGINT, before)

    def test_it_is_not_lost_between_two_bytecodes(self, eventually):
        trap = MainThreadTrap()

        def wait():
            trap.arm(interrupted)
            eventually(lambda: False)

        with pytest.raises(KeyboardInterrupt):
            wait()

    def test_it_is_not_lost_at_the_next_line(self, inside_matplotlib, eventually):
        trap = MainThreadTrap()

        def arm():
            trap.arm(interrupted)
            eventually(lambda: sys.gettrace() is not None)

        def call():
            inside_matplotlib(arm)
            eventually(lambda: False)

        with pytest.raises(KeyboardInterrupt):
            call()

        assert sys.gettrace() is None

    def test_a_real_signal_during_the_action_arrives(self, eventually):
        trap = MainThreadTrap()

        def wait():
            trap.arm(_thread.interrupt_main)
            eventually(lambda: False)

        with pytest.raises(KeyboardInterrupt):
            wait()


def interrupted():
    raise KeyboardInterrupt


def test_the_caller_of_matplotlib_is_found_through_frames_never_seen_before(
    figure,
):
    safepoint._is_inside.cache_clear()
    found = []

    def look(_):
        # set_alpha, pchanged and the callback registry of Matplotlib are in between.
        assert not safepoint.all_clear()
        found.append(safepoint._caller_of_matplotlib(sys._getframe()))

    line = figure.axes[0].lines[0]
    line.add_callback(look)
    line.set_alpha(0.5)

    assert [frame.f_code.co_name for frame in found] == [
        "test_the_caller_of_matplotlib_is_found_through_frames_never_seen_before"
    ]
