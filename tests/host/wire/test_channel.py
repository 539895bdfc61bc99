"""Only peers with the token are heard, and nobody can silence the others."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import pytest
import zmq
from peer import (
    LIMIT,
    both_transports,
    curve_only,
    ipc_only,
    mirror_parts,
    nothing_held,
    touching,
)
from zmq.utils.monitor import recv_monitor_message

from jlab_qtwindows.host.wire.inbox import MAX_ARRIVALS, PeerLost
from jlab_qtwindows.protocol.meeting.connection import CurveKeys
from jlab_qtwindows.protocol.messages import (
    PROTOCOL_VERSION,
    CloseWindow,
    Hello,
    RaiseWindow,
    Refused,
    ResizeWindow,
    SetTitle,
    UpdateFigure,
    WantEvents,
    Welcome,
)


@both_transports
class TestHandshake:
    def test_a_peer_with_the_token_is_welcome(self, peer, welcome, arrivals, arrived):
        answer = peer.join(notebook="a.ipynb")

        assert answer == welcome
        ((who, hello),) = arrivals(1)
        assert (who.role, who.kernel_id, who.notebook, who.pid) == (
            "kernel",
            "k1",
            "a.ipynb",
            1,
        )
        assert isinstance(hello, Hello)
        assert arrived.wait(LIMIT)

    def test_messages_are_heard_in_their_order(self, kernel, arrivals):
        for number in range(5):
            kernel.send(CloseWindow(str(number)))

        assert [m.window_id for _, m in arrivals(5)] == ["0", "1", "2", "3", "4"]

    def test_a_newer_title_size_or_wish_replaces_the_one_that_waits(
        self, kernel, channel, arrivals, eventually
    ):
        for number in range(50):
            kernel.send(SetTitle("w1", str(number)))
            kernel.send(SetTitle("w2", str(number)))
            kernel.send(ResizeWindow("w1", number, number))
            kernel.send(WantEvents("w1", [str(number)]))
        kernel.send(CloseWindow("w3"))
        eventually(
            lambda: any(
                isinstance(message, CloseWindow)
                for _, message in list(channel._inbox._arrivals.values())
            )
        )

        assert [message for _, message in channel.pop_arrivals()] == [
            SetTitle("w1", "49"),
            SetTitle("w2", "49"),
            ResizeWindow("w1", 49, 49),
            WantEvents("w1", ["49"]),
            CloseWindow("w3"),
        ]

    def test_a_flood_waits_with_the_socket_and_nothing_is_lost(
        self, kernel, channel, eventually
    ):
        count = 2 * MAX_ARRIVALS + 5
        for number in range(count):
            kernel.send(CloseWindow(str(number)))

        found = []
        while len(found) < count:
            eventually(lambda: channel._inbox._arrivals)
            taken = channel.pop_arrivals()
            assert len(taken) <= MAX_ARRIVALS
            found += [message.window_id for _, message in taken]

        assert found == [str(number) for number in range(count)]

    def test_a_peer_that_leaves_is_reported(self, kernel, arrivals):
        kernel.close()

        ((who, event),) = arrivals(1)
        assert isinstance(event, PeerLost)
        assert who.kernel_id == "k1"

    def test_the_last_words_of_many_short_visitors_are_all_heard(
        self, connect, channel, eventually
    ):
        # Each gets the descriptor of one that has just left.
        count = 40
        for number in range(count):
            visitor = connect()
            visitor.join(kernel_id=str(number))
            visitor.send(CloseWindow(str(number)))
            visitor._socket.close(linger=int(LIMIT * 1000))

        found = []
        eventually(
            lambda: (
                found.extend(
                    (who.kernel_id, message.window_id)
                    for who, message in channel.pop_arrivals()
                    if isinstance(message, CloseWindow)
                )
                or len(found) == count
            )
        )
        # In no order: each comes by a connection of its own.
        assert sorted(found) == sorted((str(n), str(n)) for n in range(count))

    @pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
    def test_a_loss_that_is_noted_late_ends_no_other_connection(
        self, channel, connect, arrivals, eventually, monkeypatch
    ):
        first = connect()
        first.join()
        arrivals(1)
        (descriptor,) = channel._peers._connections
        read = channel._read_monitor
        # As if the loss had come right after the thread's own look.
        monkeypatch.setattr(
            channel,
            "_read_monitor",
            lambda: None if sys._getframe(1).f_code.co_name == "_run" else read(),
        )
        first.close()
        eventually(lambda: not Path(f"/proc/self/fd/{descriptor}").exists())
        second = connect()
        second.join(kernel_id="k2")
        monkeypatch.undo()

        second.send(CloseWindow("w2"))

        found = arrivals(3)
        assert {(who.kernel_id, type(message)) for who, message in found} == {
            ("k1", PeerLost),
            ("k2", Hello),
            ("k2", CloseWindow),
        }

    def test_what_is_sent_comes_to_this_peer_only(self, kernel, channel, connect):
        other = connect()
        other.join(kernel_id="k2")
        (who,) = (p for p in channel._peers._peers.values() if p.kernel_id == "k1")

        channel.send(who.identity, RaiseWindow("w1"), b"part")

        assert kernel.receive(RaiseWindow) == (RaiseWindow("w1"), [b"part"])
        assert other.is_silent()


@ipc_only
class TestRefusal:
    @pytest.mark.parametrize("token", ["", "wrong", "größer", "\ud800"])
    def test_a_wrong_token_is_refused(self, peer, channel, token):
        peer.hello(token=token)

        refused, _ = peer.receive(Refused | Welcome)

        assert "its token is wrong" in refused.reason
        assert channel.pop_arrivals() == []

    def test_another_protocol_version_is_refused_with_both_numbers(self, peer, channel):
        peer.hello(protocol=PROTOCOL_VERSION + 41)

        refused, _ = peer.receive(Refused | Welcome)

        assert f"protocol {PROTOCOL_VERSION + 41}" in refused.reason
        assert f"here {PROTOCOL_VERSION});" in refused.reason
        assert refused.protocol == PROTOCOL_VERSION

    def test_an_unknown_role_is_refused(self, peer):
        peer.hello(role="admin" * 100)

        refused, _ = peer.receive(Refused | Welcome)

        assert "its role 'adminadminadminadmin' is unknown" in refused.reason

    def test_a_refusal_never_shows_the_token(self, peer, info, caplog):
        peer.hello(token="wrong")

        refused, _ = peer.receive(Refused)

        assert info.token not in refused.reason + caplog.text
        assert "wrong-token" not in caplog.text

    def test_a_peer_that_was_refused_is_not_heard(self, peer, connect, arrivals):
        peer.hello(token="wrong")
        peer.receive(Refused)
        peer.send(SetTitle("w1", "from outside"))

        connect().join()

        assert [type(m) for _, m in arrivals(1)] == [Hello]

    def test_a_second_hello_with_a_wrong_token_ends_the_trust(
        self, kernel, connect, arrivals
    ):
        kernel.hello(token="wrong")
        kernel.receive(Refused)
        kernel.send(SetTitle("w1", "from outside"))

        connect().join(kernel_id="k2")

        assert [type(m) for _, m in arrivals(1)] == [Hello]

    def test_a_message_before_any_hello_is_dropped(self, peer, arrivals, make_figure):
        peer.send(SetTitle("w1", "too early"))
        peer.send(
            UpdateFigure("w1", 1, "mirror", "mirror"), *mirror_parts(make_figure())
        )

        peer.join()

        assert [type(m) for _, m in arrivals(1)] == [Hello]

    def test_no_pickle_of_a_stranger_is_ever_loaded(self, peer, channel, tmp_path):
        trace = tmp_path / "loaded"
        peer.send(UpdateFigure("w1", 1, "mirror", "mirror"), *touching(trace))

        peer.join()

        assert not trace.exists()
        assert channel.pop_update(nothing_held) is None


@curve_only
class TestCurve:
    def test_a_client_with_other_keys_cannot_connect(self, channel, info):
        public, secret = (key.decode() for key in zmq.curve_keypair())
        stranger = CurveKeys(info.curve.host_public, "", public, secret)

        with zmq.Context() as context, context.socket(zmq.DEALER) as sock:
            sock.linger = 0
            events = sock.get_monitor_socket()
            sock.curve_serverkey = stranger.host_public.encode()
            sock.curve_publickey = stranger.peer_public.encode()
            sock.curve_secretkey = stranger.peer_secret.encode()
            sock.connect(info.endpoint)

            ended = handshake_of(events)
            sock.disable_monitor()
            events.close(0)

        assert ended in (zmq.EVENT_HANDSHAKE_FAILED_AUTH, zmq.EVENT_DISCONNECTED)
        assert channel.pop_arrivals() == []

    def test_a_client_without_keys_cannot_connect(self, channel, info):
        with zmq.Context() as context, context.socket(zmq.DEALER) as sock:
            sock.linger = 0
            events = sock.get_monitor_socket()
            sock.connect(info.endpoint)

            ended = handshake_of(events)
            sock.disable_monitor()
            events.close(0)

        assert ended != zmq.EVENT_HANDSHAKE_SUCCEEDED

    def test_the_right_keys_without_the_token_are_refused(self, channel, info, connect):
        peer = connect(info=dataclasses.replace(info, token="wrong"))

        peer.hello()

        assert "token" in peer.receive(Refused)[0].reason


def handshake_of(events):
    """Return the event by which the handshake of a socket ended."""
    ends = {
        zmq.EVENT_HANDSHAKE_SUCCEEDED,
        zmq.EVENT_HANDSHAKE_FAILED_AUTH,
        zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL,
        zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL,
        zmq.EVENT_DISCONNECTED,
    }
    while True:
        assert events.poll(LIMIT * 1000), "the handshake never ended"
        event = recv_monitor_message(events)["event"]
        if event in ends:
            return event


@ipc_only
def test_stopping_sends_what_waits_and_may_be_done_twice(kernel, channel):
    (who,) = channel._peers._peers.values()
    channel.send(who.identity, RaiseWindow("w1"))

    channel.stop()
    channel.stop()

    assert kernel.receive(RaiseWindow)
    assert not channel._thread.is_alive()


@ipc_only
def test_sending_to_a_peer_that_is_gone_is_no_error(channel, connect):
    channel.send(b"nobody", RaiseWindow("w1"))

    assert connect().join()
