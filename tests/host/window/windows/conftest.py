"""All windows over a real channel, with kernels and servers that join."""

from __future__ import annotations

import pytest

from jlab_qtwindows.host.window.windows import Windows
from jlab_qtwindows.host.wire.channel import Channel
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot
from jlab_qtwindows.protocol.messages import (
    FigureShown,
    ListWindows,
    Reply,
    UpdateFigure,
)


@pytest.fixture
def transport():
    return "ipc"


@pytest.fixture
def quits():
    return []


@pytest.fixture
def windows(qapp, info, welcome, quits):
    windows = Windows(lambda: quits.append(1))
    channel = Channel(info, welcome, windows.arrived.emit)
    windows.serve(channel)
    yield windows
    windows.close_all()
    channel.stop()
    qapp.sendPostedEvents(None, 0)


@pytest.fixture
def join(windows, qapp, connect):
    """Return a function that makes an accepted peer; Qt runs while it waits."""

    def make(role="kernel", **fields):
        peer = connect(pump=qapp.processEvents)
        peer.join(role, **fields)
        return peer

    return make


@pytest.fixture
def kernel(join):
    return join()


@pytest.fixture
def server(join):
    return join("server")


@pytest.fixture
def open_window(kernel, opened, send_state):
    """Return a function that opens a window and shows its first state."""

    def make(window_id="w1", peer=kernel, **options):
        peer.send(opened(window_id, **options))
        send_state(peer, window_id, 1)
        peer.receive(FigureShown)

    return make


@pytest.fixture
def send_state(make_figure):
    """Return a function that sends a state of a figure."""

    def send(peer, window_id="w1", revision=2, figure=None):
        figure = figure or make_figure([revision, 1, 2])
        peer.send(
            UpdateFigure(window_id, revision, "mirror", "mirror"),
            *take_snapshot(figure, Rung.MIRROR).parts,
        )

    return send


@pytest.fixture
def models(server):
    """Return a function that asks for all models, by id."""

    def ask():
        server.send(ListWindows("list"))
        reply, _ = server.receive(Reply)
        return {model["id"]: model for model in reply.result["windows"]}

    return ask
