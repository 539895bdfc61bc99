"""The host's side in this process: an offscreen screen, figures, a channel."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pytest
import zmq
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.path import Path as MplPath
from peer import PEER, KernelPeer
from PyQt5.QtCore import Qt
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QWidget

from jlab_qtwindows.host.figure import texts, ticks
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot
from jlab_qtwindows.protocol.meeting.connection import (
    CONNECTION_VARIABLE,
    CurveKeys,
    new_connection,
)
from jlab_qtwindows.protocol.meeting.directory import create_directory
from jlab_qtwindows.protocol.messages import (
    InputEvent,
    InputHandled,
    OpenFigure,
    UpdateFigure,
    Welcome,
    WindowDescribed,
    WindowPlaced,
)


@pytest.fixture(scope="session")
def qapp_args():
    return ["tests", "-platform", "offscreen"]


@pytest.fixture(autouse=True)
def plain_process(monkeypatch):
    """Undo what a figure's settings change for the whole process."""
    monkeypatch.delenv(CONNECTION_VARIABLE, raising=False)
    rectangle = MplPath.unit_rectangle()
    steps = rectangle._interpolation_steps
    with mpl.rc_context():
        yield
    rectangle._interpolation_steps = steps


@pytest.fixture(autouse=True)
def no_button_is_held():
    """Release what a test has left pressed: Qt knows of it in the whole process."""
    yield
    if QApplication.instance() is not None:
        for bit in range(5):  # from the left one to those that go back and forward
            button = Qt.MouseButton(1 << bit)
            if QApplication.mouseButtons() & button:
                QTest.mouseRelease(QWidget(), button)
        assert not QApplication.mouseButtons()


# -- figures ---------------------------------------------------------------------------


@pytest.fixture
def copied_ticks(monkeypatch):
    """Copy ticks in this test, as the host process does."""
    for name in ("_get_tick", "_copy_tick_props", "set_minor_locator"):
        monkeypatch.setattr(Axis, name, getattr(Axis, name))
    ticks.install()


@pytest.fixture
def remembered_texts(monkeypatch):
    """Remember texts in this test, as the host process does."""
    monkeypatch.setattr(RendererAgg, "draw_text", RendererAgg.draw_text)
    monkeypatch.setattr(texts, "_memory", texts._Memory())
    texts.install()


@pytest.fixture
def make_figure():
    """Return a function that makes a figure with one line."""

    def make(y=(1, 2, 3), *, dpi=100, figsize=(4, 3)):
        figure = Figure(figsize=figsize, dpi=dpi)
        FigureCanvasAgg(figure)
        figure.add_subplot().plot(y)
        return figure

    return make


@pytest.fixture
def mirror_of():
    """Return a function that makes the mirror of a figure, as the receiver does."""
    from jlab_qtwindows.host.figure.mirror import load_mirror

    def make(figure, rung=Rung.MIRROR_BY_VALUE):
        return load_mirror(take_snapshot(figure, rung).parts)

    return make


@pytest.fixture
def pixels():
    """Return a function that gives the picture on an Agg canvas as an array."""

    def read(canvas):
        return np.array(canvas.renderer.buffer_rgba())

    return read


@pytest.fixture
def canvas(qtbot):
    """Return a canvas in a window on the screen."""
    from jlab_qtwindows.host.window.canvas import MirrorCanvas

    canvas = MirrorCanvas(Figure())
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show()
    return canvas


# -- windows ---------------------------------------------------------------------------


@pytest.fixture
def opened():
    """Return a function that makes the message which opens a window."""

    def make(
        window_id="w1", *, num=1, title="Figure 1", width=400, height=300, toolbar=True
    ):
        return OpenFigure(window_id, num, title, width, height, 1.0, toolbar)

    return make


@pytest.fixture
def update_of(mirror_of):
    """Return a function that makes a loaded state of a figure."""
    from jlab_qtwindows.host.wire.inbox import Update

    def make(figure, revision=1, window_id="w1", **fields):
        message = UpdateFigure(window_id, revision, "mirror", "mirror", **fields)
        return Update(message, mirror_of(figure))

    return make


@pytest.fixture
def events():
    """Return what a window has reported of itself."""
    return []


class Told(list):
    """What a window tells its kernel; where and how it is stands apart."""

    def __init__(self):
        super().__init__()
        self.placed, self.described = [], []

    def append(self, message):
        if isinstance(message, WindowPlaced):
            self.placed.append(message)
        elif isinstance(message, WindowDescribed):
            self.described.append(message)
        else:
            super().append(message)


@pytest.fixture
def told():
    """Return the messages of a window for its kernel."""
    return Told()


@pytest.fixture
def program():
    """Return the program behind a window, which answers at once while `answers`."""
    return SimpleNamespace(answers=True)


@pytest.fixture
def open_window(qapp, events, told, opened, program):
    """Return a function that opens a window."""
    from jlab_qtwindows.host.window.window import HostWindow

    windows = []

    def make(peer=PEER, **options):
        def send(identity, message):
            told.append(message)
            if program.answers and isinstance(message, InputEvent) and message.serial:
                window.arbiter.obey(InputHandled(message.window_id, message.serial))

        window = HostWindow(
            peer,
            opened(**options),
            on_changed=lambda w: events.append(("changed", w.model())),
            on_closed=lambda w: events.append(("closed", w.window_id)),
            send=send,
        )
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()
    qapp.sendPostedEvents(None, 0)


@pytest.fixture
def window(open_window):
    return open_window()


@pytest.fixture
def show(window, update_of):
    """Return a function that shows the next state of the figure."""

    def put(figure):
        window.content.show(update_of(figure, window.content.revision + 1))
        return window.canvas.figure.axes

    return put


# -- the channel -----------------------------------------------------------------------


@pytest.fixture(params=["ipc", "curve"])
def transport(request):
    return request.param


@pytest.fixture
def info(transport):
    """Return a connection over ipc, and over tcp with keys."""
    with tempfile.TemporaryDirectory(prefix="qtw-") as parent:
        keys = None
        if transport == "curve":
            pairs = (zmq.curve_keypair(), zmq.curve_keypair())
            keys = CurveKeys(*(key.decode() for pair in pairs for key in pair))
        yield new_connection(create_directory(Path(parent)), doorbell=False, curve=keys)


@pytest.fixture
def welcome():
    return Welcome(
        "host-1", os.getpid(), "3.11.7", "3.11.2", "2.4.6", "PyQt5 5", "offscreen"
    )


@pytest.fixture
def connect(info):
    """Return a function that makes a peer of the host."""
    peers = []

    def make(**options):
        peer = KernelPeer(options.pop("info", info), **options)
        peers.append(peer)
        return peer

    yield make
    for peer in peers:
        peer.close()
