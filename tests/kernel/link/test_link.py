"""The link tries again after a loss, ever more seldom."""

from __future__ import annotations

import itertools
import time

import pytest
import zmq

from jlab_qtwindows.kernel.link.link import Link
from jlab_qtwindows.protocol.meeting.connection import ConnectionInfo
from jlab_qtwindows.protocol.wire import decode_monitor_event

LIMIT = 30.0  # s, for anything that is expected to happen; not a measure of it


@pytest.fixture
def link():
    link = Link()
    link.open()
    yield link
    link.close()


def pauses(link: Link, until_longer_than: int) -> list[int]:
    """Return the pauses before its next tries, in ms, as libzmq tells them."""
    link._socket.disable_monitor()  # the link's own, which is of other events
    link._socket.monitor("inproc://retries", zmq.EVENT_CONNECT_RETRIED)
    retries = link._context.socket(zmq.PAIR)
    retries.connect("inproc://retries")
    found: list[int] = []
    end = time.monotonic() + LIMIT
    try:
        while not found or found[-1] <= until_longer_than:
            assert time.monotonic() < end, found
            if retries.poll(100):
                found.append(decode_monitor_event(retries.recv_multipart()[0])[1])
    finally:
        link._socket.disable_monitor()  # first: libzmq waits for who hears of events
        retries.close(0)
    return found


def test_a_host_that_never_comes_is_tried_for_ever_more_seldom(link, tmp_path):
    link.connect(ConnectionInfo(f"ipc://{tmp_path}/nobody", doorbell="", token="t"))

    found = pauses(link, 1_000)

    assert found == sorted(found)
    assert found[0] < 200
    assert all(b <= 3 * a for a, b in itertools.pairwise(found))
