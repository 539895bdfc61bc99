"""The doorbell: who may ring, and what a ring does."""

import asyncio

import pytest
import zmq
import zmq.asyncio
from fakehost import TIMEOUT

from jlab_qtwindows.protocol.meeting.connection import CurveKeys, new_connection
from jlab_qtwindows.server.doorbell import Doorbell


class Door:
    """Counts the rings that were answered."""

    def __init__(self):
        self.rings = asyncio.Queue()
        self.breaks = False

    async def on_ring(self):
        self.rings.put_nowait(True)
        if self.breaks:
            raise RuntimeError("broken door")

    async def wait(self):
        await asyncio.wait_for(self.rings.get(), TIMEOUT)


def curve_keys():
    return CurveKeys.made_by(zmq.curve_keypair)


@pytest.fixture
def door(jp_asyncio_loop):
    return Door()


@pytest.fixture
def make_doorbell(jp_asyncio_loop, zmq_context, door, log):
    made = []

    def make(info):
        doorbell = Doorbell(info, context=zmq_context, on_ring=door.on_ring, log=log)
        made.append(doorbell)
        doorbell.bind()
        return doorbell

    yield make
    for doorbell in made:
        jp_asyncio_loop.run_until_complete(doorbell.close())


@pytest.fixture
def doorbell(make_doorbell, info):
    return make_doorbell(info)


@pytest.fixture
def visitor(jp_asyncio_loop, zmq_context):
    """Return a function that connects a PUSH socket to a doorbell."""
    sockets = []

    def connect(info, keys=None):
        socket = zmq_context.socket(zmq.PUSH)
        sockets.append(socket)
        socket.linger = 0
        if info.curve.host_public:
            public, secret = keys or (info.curve.peer_public, info.curve.peer_secret)
            socket.curve_serverkey = info.curve.host_public.encode()
            socket.curve_publickey = public.encode()
            socket.curve_secretkey = secret.encode()
        socket.connect(info.doorbell)
        return socket

    yield connect
    for socket in sockets:
        socket.close()


async def test_ring_with_the_token_is_answered(doorbell, door, visitor, info):
    doorbell.start()

    await visitor(info).send(info.token.encode())

    await door.wait()


async def test_ring_before_the_start_is_not_lost(doorbell, door, visitor, info):
    await visitor(info).send(info.token.encode())

    doorbell.start()

    await door.wait()


@pytest.mark.parametrize(
    "frames",
    [[b""], [b"wrong"], ["0" * 64], [b"\xff" * 1024], ["token", b""]],
)
async def test_only_the_token_rings(doorbell, door, visitor, info, frames):
    doorbell.start()
    socket = visitor(info)
    frames = [info.token if frame == "token" else frame for frame in frames]

    await socket.send_multipart(
        [f.encode() if isinstance(f, str) else f for f in frames]
    )
    await socket.send(info.token.encode())

    await door.wait()  # of the second one, as messages of one peer keep their order
    assert door.rings.empty()


async def test_sender_of_an_endless_ring_is_hung_up_on(doorbell, door, visitor, info):
    doorbell.start()
    stranger = visitor(info)
    monitor = stranger.get_monitor_socket(zmq.EVENT_DISCONNECTED)

    await stranger.send(b"x" * 100_000)
    await asyncio.wait_for(monitor.recv_multipart(), TIMEOUT)
    stranger.disable_monitor()
    monitor.close()

    await visitor(info).send(info.token.encode())
    await door.wait()


async def test_wrong_rings_are_logged_once(doorbell, door, visitor, info, caplog):
    doorbell.start()
    socket = visitor(info)

    for _ in range(10):
        await socket.send(b"wrong")
    await socket.send(info.token.encode())
    await door.wait()

    assert caplog.text.count("is ignored") == 1
    assert "wrong" not in caplog.text


async def test_next_ring_is_heard_after_a_failure(
    doorbell, door, visitor, info, caplog
):
    doorbell.start()
    door.breaks = True
    socket = visitor(info)

    await socket.send(info.token.encode())
    await socket.send(info.token.encode())
    await door.wait()
    await door.wait()

    assert "broken door" in caplog.text


async def test_tcp_ring_with_the_keys_is_answered(
    make_doorbell, door, visitor, directory
):
    info = new_connection(directory, doorbell=True, curve=curve_keys())
    make_doorbell(info).start()

    await visitor(info).send(info.token.encode())

    await door.wait()


async def test_tcp_ring_with_keys_of_a_stranger_is_turned_away(
    make_doorbell, door, visitor, directory
):
    info = new_connection(directory, doorbell=True, curve=curve_keys())
    make_doorbell(info).start()
    public, secret = (key.decode() for key in zmq.curve_keypair())
    stranger = visitor(info, (public, secret))
    monitor = stranger.get_monitor_socket(zmq.EVENT_HANDSHAKE_FAILED_AUTH)

    sending = asyncio.ensure_future(stranger.send(info.token.encode()))
    refusal = await asyncio.wait_for(monitor.recv_multipart(), TIMEOUT)

    assert refusal
    assert door.rings.empty()
    sending.cancel()
    stranger.disable_monitor()
    monitor.close()


async def test_closing_twice_is_allowed(doorbell):
    doorbell.start()

    await doorbell.close()
    await doorbell.close()
