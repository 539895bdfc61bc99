"""The connection to the host: handshake, requests, events, recovery."""

import asyncio
import os

import pytest
import zmq
from fakehost import TIMEOUT, FakeHost, until, window_model

from jlab_qtwindows.protocol import messages
from jlab_qtwindows.protocol.errors import (
    ExportFailed,
    HandshakeRefused,
    HostUnavailable,
    WindowNotFound,
)
from jlab_qtwindows.protocol.meeting.connection import CurveKeys, new_connection
from jlab_qtwindows.server import hostclient, hostconnection
from jlab_qtwindows.server.hostclient import HostClient, Image, Thumbnail


@pytest.fixture
def make_client(jp_asyncio_loop, manager, zmq_context, log):
    made = []

    def make(info, **options):
        client = HostClient(info, manager, context=zmq_context, log=log, **options)
        made.append(client)
        return client

    yield make
    for client in made:
        jp_asyncio_loop.run_until_complete(client.close())


@pytest.fixture
def client(make_client, info):
    return make_client(info)


async def connect(client):
    return await asyncio.wait_for(client.connect(), TIMEOUT)


# -- handshake ---------------------------------------------------------------------


async def test_hello_carries_token_and_role(client, fake_host, info):
    fake_host.open()

    welcome = await connect(client)

    hello = await fake_host.hear(messages.Hello)
    assert (hello.token, hello.role, hello.pid) == (info.token, "server", os.getpid())
    assert hello.protocol == messages.PROTOCOL_VERSION
    assert welcome == fake_host.welcome()


async def test_a_host_that_starts_later_is_found(client, fake_host):
    connecting = asyncio.ensure_future(connect(client))
    await asyncio.sleep(0)

    fake_host.open()

    assert await connecting == fake_host.welcome()


async def test_refusal_says_why(client, fake_host):
    refused = messages.Refused("protocol 2 is spoken here")
    fake_host.answers[messages.Hello] = lambda message: (refused,)
    fake_host.open()

    with pytest.raises(HandshakeRefused, match="protocol 2 is spoken here"):
        await connect(client)


async def test_server_greets_again_after_a_reconnection(client, fake_host):
    fake_host.open()
    await connect(client)
    await fake_host.hear(messages.Hello)

    await fake_host.close()
    fake_host.open()

    assert await fake_host.hear(messages.Hello)


async def test_nothing_goes_out_before_the_welcome(client, fake_host):
    fake_host.greets = False
    fake_host.open()
    connecting = asyncio.ensure_future(client.connect())
    await fake_host.hear(messages.Hello)

    with pytest.raises(HostUnavailable):
        await client.raise_window("w1")
    assert not await client.shutdown()
    await client.kernel_gone("k1", False)

    assert fake_host.received.empty()
    connecting.cancel()


async def test_no_socket_is_left_after_closing(client, fake_host, zmq_context):
    fake_host.open()
    await connect(client)

    await client.close()
    await client.close()

    zmq_context.term()  # blocks for ever while a socket is open


def curve_keys():
    return CurveKeys.made_by(zmq.curve_keypair)


async def test_tcp_connection_is_encrypted(make_client, directory):
    info = new_connection(directory, doorbell=True, curve=curve_keys())
    host = FakeHost(info)
    host.open()

    assert await connect(make_client(info)) == host.welcome()

    await host.end()


# -- events ------------------------------------------------------------------------


async def test_windows_of_the_host_become_the_managers(client, fake_host, manager):
    fake_host.windows = [window_model("w1"), window_model("w2")]
    fake_host.open()
    await connect(client)

    await until(manager, lambda: len(manager.list_windows()) == 2)


async def test_events_of_the_host_change_the_manager(client, fake_host, manager):
    fake_host.open()
    await connect(client)

    await fake_host.send(messages.WindowOpened(window_model("w1")))
    await until(manager, manager.list_windows)
    await fake_host.send(messages.WindowChanged(window_model("w1", revision=2)))
    await until(manager, lambda: manager.get_window("w1")["revision"] == 2)
    await fake_host.send(messages.WindowClosed("w1"))
    await until(manager, lambda: not manager.list_windows())


@pytest.mark.parametrize(
    "frames",
    [
        [b"\xff\xfe"],
        [b"{}"],
        [b'{"type": "Nonsense"}'],
        [b'{"type": "WindowOpened", "window": {}}'],
        [b'{"type": "WindowOpened", "window": {"id": 1}}'],
        [b'{"type": "Reply", "request_id": "unknown"}'],
        [b'{"type": "SendFull", "window_id": "w1"}'],
    ],
)
async def test_garbage_is_dropped(client, fake_host, manager, frames):
    fake_host.open()
    await connect(client)

    await fake_host.send_frames(*frames)
    await fake_host.send(messages.WindowOpened(window_model("w1")))

    await until(manager, manager.list_windows)
    assert [window["id"] for window in manager.list_windows()] == ["w1"]


async def test_dropped_messages_are_logged(client, fake_host, manager, caplog):
    fake_host.open()
    await connect(client)

    await fake_host.send_frames(b'{"type": "Nonsense"}')
    await fake_host.send(messages.WindowOpened(window_model("w1")))
    await until(manager, manager.list_windows)

    (record,) = [r for r in caplog.records if "Nonsense" in r.getMessage()]
    assert record.levelname == "WARNING"
    assert record.exc_info is None


# -- requests ----------------------------------------------------------------------


async def test_thumbnail_carries_its_revision(client, fake_host):
    fake_host.answers[messages.GetThumbnail] = lambda message: (
        messages.Reply(message.request_id, result={"revision": 7}),
        b"png",
    )
    fake_host.open()
    await connect(client)

    assert await client.thumbnail("w1", 200) == Thumbnail(revision=7, png=b"png")
    request = await fake_host.hear(messages.GetThumbnail)
    assert (request.window_id, request.width) == ("w1", 200)


async def test_export_carries_format_and_dpi(client, fake_host):
    fake_host.answers[messages.ExportImage] = lambda message: (
        messages.Reply(message.request_id, result={"content_type": "application/pdf"}),
        b"%PDF",
    )
    fake_host.open()
    await connect(client)

    image = await client.export("w1", "pdf", 300.0)

    assert image == Image("application/pdf", b"%PDF")
    request = await fake_host.hear(messages.ExportImage)
    assert (request.format, request.dpi) == ("pdf", 300.0)


@pytest.mark.parametrize(
    ("code", "error", "words"),
    [("not-found", WindowNotFound, "is closed"), ("failed", ExportFailed, "no w1")],
)
async def test_errors_of_the_host_are_raised(client, fake_host, code, error, words):
    fake_host.answers[messages.ExportImage] = lambda message: (
        messages.Reply(message.request_id, code=code, error="no w1"),
    )
    fake_host.open()
    await connect(client)

    with pytest.raises(error, match=words):
        await client.export("w1", "png", None)


async def test_reply_without_a_picture_is_a_failure(client, fake_host):
    fake_host.answers[messages.GetThumbnail] = lambda message: (
        messages.Reply(message.request_id),
    )
    fake_host.open()
    await connect(client)

    with pytest.raises(ExportFailed, match="no picture"):
        await client.thumbnail("w1", 200)


async def test_unanswered_request_times_out(client, fake_host, monkeypatch):
    monkeypatch.setattr(hostclient, "THUMBNAIL_TIMEOUT", 0.01)
    fake_host.open()
    await connect(client)

    with pytest.raises(TimeoutError, match="did not answer"):
        await client.thumbnail("w1", 200)


async def test_reply_that_comes_too_late_is_ignored(
    client, fake_host, manager, monkeypatch, caplog
):
    monkeypatch.setattr(hostclient, "THUMBNAIL_TIMEOUT", 0.01)
    fake_host.open()
    await connect(client)
    with pytest.raises(TimeoutError):
        await client.thumbnail("w1", 200)
    request = await fake_host.hear(messages.GetThumbnail)

    await fake_host.send(messages.Reply(request.request_id), b"png")
    await fake_host.send(messages.WindowOpened(window_model("w1")))
    await until(manager, manager.list_windows)

    assert "not understood" not in caplog.text


async def test_open_requests_fail_when_the_host_ends(client, fake_host):
    fake_host.open()
    await connect(client)
    asking = asyncio.ensure_future(client.thumbnail("w1", 200))
    await fake_host.hear(messages.GetThumbnail)

    await fake_host.close()

    with pytest.raises(HostUnavailable):
        await asyncio.wait_for(asking, TIMEOUT)


async def test_open_requests_fail_when_the_client_is_closed(client, fake_host):
    fake_host.open()
    await connect(client)
    asking = asyncio.ensure_future(client.thumbnail("w1", 200))
    await fake_host.hear(messages.GetThumbnail)

    await client.close()

    with pytest.raises(HostUnavailable):
        await asyncio.wait_for(asking, TIMEOUT)


async def test_unanswered_requests_are_limited(client, fake_host, manager, monkeypatch):
    monkeypatch.setattr(hostconnection, "MAX_REQUESTS", 1)
    fake_host.windows = [window_model("w1")]
    fake_host.open()
    await connect(client)
    await until(manager, manager.list_windows)
    first = asyncio.ensure_future(client.thumbnail("w1", 200))
    await fake_host.hear(messages.GetThumbnail)

    with pytest.raises(HostUnavailable, match="too many"):
        await client.thumbnail("w1", 200)

    first.cancel()


# -- recovery ----------------------------------------------------------------------


async def restart_host(client, host, windows):
    await host.close()
    await client.close()
    host.host_id = "host-2"
    host.windows = windows
    host.open()
    await connect(client)


async def test_windows_that_do_not_come_back_are_removed(
    make_client, info, fake_host, manager
):
    client = make_client(info, return_delay=0.05)
    fake_host.windows = [window_model("gone")]
    fake_host.open()
    await connect(client)
    await until(manager, manager.list_windows)

    await restart_host(client, fake_host, [window_model("w1")])

    await until(manager, lambda: len(manager.list_windows()) == 2)
    await until(manager, lambda: len(manager.list_windows()) == 1)
    assert manager.get_window("w1")


async def test_windows_stay_listed_until_the_kernels_had_their_time(
    make_client, info, fake_host, manager
):
    client = make_client(info, return_delay=TIMEOUT * 10)
    fake_host.windows = [window_model("w1")]
    fake_host.open()
    await connect(client)
    await until(manager, manager.list_windows)

    await restart_host(client, fake_host, [window_model("w2")])
    await until(manager, lambda: len(manager.list_windows()) == 2)

    assert manager.get_window("w1")


async def test_windows_that_the_same_host_has_closed_meanwhile_are_gone(
    make_client, info, fake_host, manager
):
    client = make_client(info, return_delay=TIMEOUT * 10)
    fake_host.windows = [window_model("w1"), window_model("w2")]
    fake_host.open()
    await connect(client)
    await until(manager, manager.list_windows)

    await fake_host.close()
    fake_host.windows = [window_model("w2")]
    fake_host.open()  # with the same host id: only the connection was lost

    await until(manager, lambda: len(manager.list_windows()) == 1)
    assert manager.get_window("w2")


async def test_windows_that_come_back_stay(make_client, info, fake_host, manager):
    client = make_client(info, return_delay=0.2)
    fake_host.windows = [window_model("back"), window_model("gone")]
    fake_host.open()
    await connect(client)
    await until(manager, manager.list_windows)

    await restart_host(client, fake_host, [window_model("first")])
    await until(manager, lambda: len(manager.list_windows()) == 3)
    await fake_host.send(messages.WindowOpened(window_model("back", revision=9)))

    await until(manager, lambda: len(manager.list_windows()) == 2)
    assert manager.get_window("back")["revision"] == 9
