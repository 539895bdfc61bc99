"""Messages and states that arrive, and those that are dropped."""

from __future__ import annotations

import json

import pytest
from peer import ipc_only, mirror_parts, nothing_held, touching

from jlab_qtwindows.protocol.messages import (
    CloseWindow,
    FigureBehind,
    FigureRejected,
    GetThumbnail,
    Hello,
    KernelGone,
    ListWindows,
    NameKernel,
    OpenFigure,
    RaiseWindow,
    Reply,
    SetTitle,
    Shutdown,
    UpdateFigure,
    Welcome,
    WindowClosed,
)


def raw(**fields):
    return [json.dumps(fields).encode()]


GARBAGE = {
    "empty": [b""],
    "no JSON": [b"garbage", b"more"],
    "unknown type": raw(type="Explode"),
    "wrong types": raw(type="SetTitle", window_id=1, title=None),
    "number without end": [b'{"type":"SetTitle","title":' + b"9" * 5000 + b"}"],
    "nested without end": [b'{"type":"Reply","result":' + b"[" * 200_000],
}


@ipc_only
class TestGarbage:
    @pytest.mark.parametrize("frames", GARBAGE.values(), ids=GARBAGE.keys())
    def test_garbage_is_dropped_and_the_channel_lives(
        self, peer, connect, frames, caplog
    ):
        peer.send_frames(frames)
        peer.hello()

        assert peer.receive(Welcome)
        assert connect().join()
        assert "was dropped" in caplog.text

    @pytest.mark.parametrize(
        ("fields", "parts"),
        [
            ({}, [b"garbage"]),
            ({}, []),
            ({"kind": "frame", "width": 2, "height": 2}, [b"short"]),
            ({"kind": "frame", "width": -2, "height": -2}, [b"x" * 16]),
        ],
        ids=["garbage", "no parts", "short frame", "negative frame"],
    )
    def test_an_unreadable_figure_is_rejected_at_loading(
        self, kernel, channel, fields, parts
    ):
        update = UpdateFigure("w1", 7, **{"kind": "mirror", "transfer": "x", **fields})

        kernel.send(update, *parts)
        rejected, _ = kernel.receive(FigureRejected)

        assert (rejected.window_id, rejected.revision) == ("w1", 7)
        assert rejected.stage == "load"
        assert rejected.reason
        assert channel.pop_update(nothing_held) is None

    def test_a_pickle_without_our_fields_is_rejected_and_the_channel_lives(
        self, kernel, connect, make_figure
    ):
        import pickle

        content = pickle.dumps({"figure": make_figure()})

        kernel.send(UpdateFigure("w1", 7, "mirror", "mirror"), content)

        assert kernel.receive(FigureRejected)
        assert connect().join()


@ipc_only
class TestUpdates:
    @pytest.fixture
    def send_state(self, kernel, arrivals, make_figure):
        """Return a function that sends states and waits until they are loaded."""

        def send(*revisions, window_id="w1"):
            for revision in revisions:
                update = UpdateFigure(window_id, revision, "mirror", "mirror")
                kernel.send(update, *mirror_parts(make_figure([revision, 1, 2])))
            kernel.send(RaiseWindow("mark"))
            arrivals(1)

        return send

    def test_a_state_arrives_loaded(self, send_state, channel):
        send_state(5)

        who, update = channel.pop_update(nothing_held)

        assert who.kernel_id == "k1"
        assert update.message.revision == 5
        assert list(update.mirror.figure.axes[0].lines[0].get_ydata()) == [5, 1, 2]
        assert channel.pop_update(nothing_held) is None

    def test_the_newest_state_replaces_the_waiting_one(self, send_state, channel):
        send_state(1, 2, 3)

        _, update = channel.pop_update(nothing_held)

        assert update.message.revision == 3
        assert channel.pop_update(nothing_held) is None

    def test_figures_do_not_replace_each_other(self, send_state, channel):
        send_state(1, window_id="w1")
        send_state(2, window_id="w2")

        taken = [channel.pop_update(nothing_held)[1].message for _ in range(2)]

        assert [(m.window_id, m.revision) for m in taken] == [("w1", 1), ("w2", 2)]

    def test_what_was_said_before_a_state_is_heard_before_it(
        self, send_state, kernel, channel, eventually
    ):
        send_state(1, window_id="w1")
        send_state(2, window_id="w2")
        kernel.send(FigureBehind("w1"))
        # Not `arrived`, which may still be that of what came before.
        eventually(lambda: channel._inbox._arrivals)

        _, update = channel.pop_update(nothing_held)
        assert update.message.window_id == "w2"
        assert channel.pop_update(nothing_held) is None

        assert [message for _, message in channel.pop_arrivals()] == [
            FigureBehind("w1")
        ]
        assert channel.pop_update(nothing_held) is not None

    def test_a_held_window_keeps_its_state_and_lets_others_pass(
        self, send_state, channel
    ):
        send_state(1, window_id="w1")
        send_state(2, window_id="w2")

        _, first = channel.pop_update(lambda window_id: window_id == "w1")
        assert first.message.window_id == "w2"
        assert channel.pop_update(lambda window_id: window_id == "w1") is None

        _, second = channel.pop_update(nothing_held)
        assert second.message.window_id == "w1"

    def test_a_figure_from_a_server_is_dropped(
        self, peer, channel, arrivals, tmp_path, caplog
    ):
        trace = tmp_path / "loaded"
        peer.join("server")
        peer.send(UpdateFigure("w1", 1, "mirror", "mirror"), *touching(trace))
        peer.send(ListWindows("mark"))

        arrivals(2)

        assert channel.pop_update(nothing_held) is None
        assert not trace.exists()
        assert "UpdateFigure came from a server" in caplog.text


@pytest.mark.parametrize(
    ("role", "message"),
    [
        ("kernel", Shutdown()),
        ("kernel", KernelGone("k1")),
        ("kernel", NameKernel("k1", "other.ipynb")),
        ("kernel", GetThumbnail("r", "w1", 100)),
        ("kernel", Reply("r")),
        ("server", OpenFigure("w1", 1, "", 100, 100, 0.0)),
        ("server", SetTitle("w1", "theirs")),
        ("server", WindowClosed("w1")),
    ],
    ids=lambda value: getattr(value, "type", value),
)
def test_what_a_peer_has_no_say_in_is_dropped(
    peer, channel, arrivals, caplog, role, message
):
    peer.join(role)
    peer.send(message)
    peer.send(CloseWindow("mark"))

    [(_, hello), (_, mark)] = arrivals(2)

    assert isinstance(hello, Hello)
    assert mark == CloseWindow("mark")
    assert f"{message.type} came from a {role}" in caplog.text
