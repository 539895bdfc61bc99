"""What comes while a stream is flushed is taken, or gives a sign of itself."""

from __future__ import annotations

import asyncio
import select
from functools import partial
from types import SimpleNamespace

import pytest
import zmq
from zmq.eventloop.zmqstream import ZMQStream

from jlab_qtwindows.kernel.guard.sureflush import SureFlush

pytestmark = pytest.mark.skipif(
    not hasattr(select, "poll"), reason="needs poll(2) to see a sign"
)


class LateSender(zmq.Poller):
    """Finds nothing, the first time; then something is sent."""

    def __init__(self, send) -> None:
        super().__init__()
        self._send = send

    def poll(self, timeout=None):
        found = super().poll(timeout)
        send, self._send = self._send, lambda: None
        send()
        return found


@pytest.fixture
def flushed():
    """Return a function that flushes once, with a message that comes meanwhile.

    It tells what `flush` returned, what was received, and whether there is a sign of
    what was not.
    """

    async def flush(sure: bool, **arguments):
        context: zmq.Context = zmq.Context()
        ours, its = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
        ours.bind("inproc://stream")
        its.connect("inproc://stream")
        stream, received = ZMQStream(its), []
        stream.on_recv(received.append)
        stream.flush()
        own = stream.flush
        if sure:
            SureFlush(stream).begin()
        stream.poller = LateSender(partial(ours.send, b"late"))
        taken = stream.flush(**arguments)
        signs = select.poll()
        signs.register(its.FD, select.POLLIN)
        found = taken, list(received), bool(signs.poll(0))
        assert sure == (stream.flush != own)
        stream.close()
        context.destroy(linger=0)
        return found

    return lambda *args, **arguments: asyncio.run(flush(*args, **arguments))


def test_pyzmqs_own_flush_takes_the_sign_and_leaves_the_message(flushed):
    assert flushed(False, limit=1) == (0, [], False)


def test_this_one_takes_the_message(flushed):
    assert flushed(True, limit=1) == (1, [[b"late"]], False)


def test_one_for_what_is_to_be_sent_takes_nothing(flushed):
    assert flushed(True, flag=zmq.POLLOUT)[:2] == (0, [])


def test_a_stream_that_always_promises_a_message_and_has_none_ends_no_kernel():
    stream = SimpleNamespace(
        flush=lambda flag, limit: 0, socket=SimpleNamespace(EVENTS=zmq.POLLIN)
    )

    assert SureFlush(stream)(limit=1) == 0


@pytest.mark.parametrize("others", [False, True])
def test_its_end_gives_the_streams_own_back_or_leaves_that_of_others(others):
    class Stream:
        def flush(self, flag, limit):
            return 0

    stream = Stream()
    sure = SureFlush(stream)
    sure.begin()
    assert stream.flush is sure
    if others:
        stream.flush = theirs = lambda flag, limit: 1
    sure.end()

    assert stream.flush == (theirs if others else Stream.flush.__get__(stream))
