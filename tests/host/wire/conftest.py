"""A channel, and peers that join it."""

from __future__ import annotations

import threading

import pytest

from jlab_qtwindows.host.wire.channel import Channel


@pytest.fixture
def arrived():
    return threading.Event()


@pytest.fixture
def channel(info, welcome, arrived):
    channel = Channel(info, welcome, arrived.set)
    yield channel
    channel.stop()


@pytest.fixture
def peer(channel, connect):
    return connect()


@pytest.fixture
def kernel(peer, channel, arrivals):
    """Return a peer that has been accepted as a kernel."""
    peer.join()
    arrivals(1)
    return peer


@pytest.fixture
def arrivals(channel, eventually):
    """Return a function that waits for so many arrivals."""

    def wait(count):
        found = []
        eventually(lambda: found.extend(channel.pop_arrivals()) or len(found) >= count)
        return found

    return wait
