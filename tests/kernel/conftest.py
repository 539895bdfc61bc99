"""The kernel's side in this process: a clock to set, a client, a backend."""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path
from types import SimpleNamespace

import matplotlib as mpl
import pytest
from handhost import LIMIT, HandHost
from matplotlib import path as mpl_path
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from jlab_qtwindows.kernel.follow.followed import FollowedFigure
from jlab_qtwindows.kernel.follow.follower import Follower
from jlab_qtwindows.kernel.follow.taker import Taker
from jlab_qtwindows.kernel.follow.trap import SafePointTrap
from jlab_qtwindows.kernel.link import client as client_module
from jlab_qtwindows.kernel.process import words
from jlab_qtwindows.kernel.process.activity import Activity
from jlab_qtwindows.protocol.meeting.connection import (
    CONNECTION_VARIABLE,
    new_connection,
    write_connection_file,
)
from jlab_qtwindows.protocol.meeting.directory import create_directory


@pytest.fixture(autouse=True)
def plain_process(monkeypatch):
    """Start each test as a script without a server, and undo what is global."""
    monkeypatch.delenv(CONNECTION_VARIABLE, raising=False)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(words, "_said", set())
    rectangle = mpl_path.Path.unit_rectangle()
    steps = rectangle._interpolation_steps
    with mpl.rc_context():
        # The context keeps the lists themselves, and a test may change one in place.
        for keys in mpl.rcParams.find_all(r"^keymap\."):
            mpl.rcParams[keys] = list(mpl.rcParams[keys])
        mpl.interactive(False)
        yield
    rectangle._interpolation_steps = steps


# -- Matplotlib ------------------------------------------------------------------------


@pytest.fixture
def inside_matplotlib():
    """Return a function that calls another one from a frame of Matplotlib."""

    def call(function):
        FuncFormatter(lambda value, position: function())(0)

    return call


@pytest.fixture
def blocked_inside(inside_matplotlib):
    """Return a function that starts a thread which stays inside Matplotlib."""
    release = threading.Event()
    threads = []

    def start():
        entered = threading.Event()

        def stay():
            entered.set()
            release.wait(LIMIT)

        thread = threading.Thread(target=lambda: inside_matplotlib(stay))
        thread.start()
        threads.append(thread)
        assert entered.wait(LIMIT)

        def end():
            release.set()
            thread.join(LIMIT)

        return end

    yield start
    release.set()
    for thread in threads:
        thread.join(LIMIT)


@pytest.fixture
def figure():
    """Return a figure with a line, outside pyplot."""
    figure = Figure()
    FigureCanvasAgg(figure)
    figure.add_subplot().plot([1, 2, 3])
    return figure


# -- following, with a clock set by hand -----------------------------------------------


@pytest.fixture
def clock():
    """Return the follower's clock; what it shows is set by the test.

    `cpu` is what the calling thread has used, `others` what all other threads have.
    """
    clock = SimpleNamespace(now=1000.0, cpu=0.0, others=0.0)
    clock.monotonic = lambda: clock.now
    clock.thread_time = lambda: clock.cpu
    clock.process_time = lambda: clock.cpu + clock.others
    return clock


@pytest.fixture
def taken():
    """Return the list of what the follower has taken."""
    return []


@pytest.fixture
def cell():
    """Return the cell that runs; its `number` is set by the test."""
    return SimpleNamespace(number=0)


@pytest.fixture
def activity(clock, cell):
    return Activity(clock=clock, cell_number=lambda: cell.number)


@pytest.fixture
def taker(clock, taken, activity):
    def note(followed, snapshot):
        taken.append(followed)

    return Taker(note, activity, clock=clock)


@pytest.fixture
def trap():
    return SafePointTrap()


@pytest.fixture
def follower(taker, trap):
    return Follower(taker, trap)


@pytest.fixture
def follow(clock):
    """Return a function that makes a figure followed, in interactive mode."""
    mpl.interactive(True)

    def make(figure):
        followed = FollowedFigure(figure, 1, lambda: None, lambda: None, clock=clock)
        figure.stale_callback = followed.on_stale
        followed.window.opened = True
        return followed

    return make


@pytest.fixture
def followed(figure, follow):
    return follow(figure)


# -- the whole client ------------------------------------------------------------------


@pytest.fixture
def client(request, monkeypatch):
    """Return this process's client, with no host as long as no window is opened.

    A test that plays the host has it before: the client looks for it at once.
    """
    if "host" in request.fixturenames:
        request.getfixturevalue("host")
    client = client_module.FigureClient()
    monkeypatch.setattr(client_module, "_client", client)
    yield client
    client.stop()


@pytest.fixture
def without_windows(client):
    """Start no process for windows, which would take the states that are looked at."""
    client._finder.do_without("a test")


@pytest.fixture
def pyplot(client):
    """Return pyplot with our backend and a client of its own."""
    from matplotlib import pyplot

    mpl.use("qtwindows")
    yield pyplot
    pyplot.close("all")
    mpl.use("agg")


@pytest.fixture
def host(monkeypatch):
    """Return a host played by the test."""
    with tempfile.TemporaryDirectory(prefix="qtw-") as parent:
        directory = create_directory(Path(parent))
        info = new_connection(directory, doorbell=True)
        path = write_connection_file(directory, info)
        monkeypatch.setenv(CONNECTION_VARIABLE, os.fspath(path))
        host = HandHost(info)
        yield host
        host.close()


@pytest.fixture
def plt(host, client, pyplot):
    """Return pyplot in interactive mode, with a host played by the test."""
    pyplot.ion()
    return pyplot


@pytest.fixture
def deliver(host, client, eventually):
    """Return a function that sends events of a window and runs the callbacks."""

    def send(figure, *messages):
        for message in messages:
            host.send(message)
        waiting = figure.canvas.followed.inputs
        eventually(lambda: list(waiting._waiting)[-1:] == [messages[-1]])
        client.main_queue.run_until(lambda: not waiting, 5)

    return send


@pytest.fixture
def manager(plt, host):
    """Return the manager of a figure whose window shows it."""
    manager = plt.figure().canvas.manager
    host.welcome()
    host.show()
    return manager
