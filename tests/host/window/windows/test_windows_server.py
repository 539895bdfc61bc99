"""What the server asks of all windows, and that everything has an answer."""

from __future__ import annotations

import pytest

from jlab_qtwindows.host.window.windows import Windows
from jlab_qtwindows.host.wire.inbox import PeerLost
from jlab_qtwindows.protocol.message import KERNEL, MESSAGE_TYPES, SERVER
from jlab_qtwindows.protocol.messages import (
    CloseWindow,
    ExportImage,
    GetThumbnail,
    Reply,
    SetTitle,
    Shutdown,
    UpdateFigure,
    WindowChanged,
    WindowClosed,
    WindowOpened,
)


def test_there_is_an_answer_to_whatever_a_peer_may_send(windows):
    sent = {
        message
        for message in MESSAGE_TYPES.values()
        if {KERNEL, SERVER} & {*message.senders}
    }

    assert sent - {UpdateFigure} == {*windows._handlers} - {PeerLost}


class TestServer:
    def test_it_hears_of_windows_and_their_changes(self, server, kernel, open_window):
        open_window(title="loss")
        assert server.receive(WindowOpened)[0].window["title"] == "loss"

        kernel.send(SetTitle("w1", "new"))

        while server.receive(WindowChanged)[0].window["title"] != "new":
            pass

    def test_its_close_is_the_users_wish(self, server, kernel, open_window):
        open_window()

        server.send(CloseWindow("w1"))

        assert server.receive(WindowClosed)[0].window_id == "w1"
        assert kernel.receive(WindowClosed)[0].window_id == "w1"

    def test_it_gets_a_thumbnail_with_its_revision(self, server, open_window):
        open_window()

        server.send(GetThumbnail("r1", "w1", 100))
        reply, parts = server.receive(Reply)

        assert (reply.request_id, reply.code) == ("r1", "")
        assert reply.result == {"revision": 1, "width": 100, "height": 75}
        assert parts[0].startswith(b"\x89PNG")

    def test_it_gets_an_export(self, server, open_window):
        open_window()

        server.send(ExportImage("r1", "w1", "pdf"))
        reply, parts = server.receive(Reply)

        assert reply.result == {"content_type": "application/pdf"}
        assert parts[0].startswith(b"%PDF")

    def test_an_export_that_fails_says_why(self, server, open_window):
        open_window()

        server.send(ExportImage("r1", "w1", "exe"))
        reply, parts = server.receive(Reply)

        assert reply.code == "failed"
        assert "'exe' is none of" in reply.error
        assert parts == []

    @pytest.mark.parametrize(
        "request_", [GetThumbnail("r1", "w9", 100), ExportImage("r1", "w9", "png")]
    )
    def test_a_request_for_no_window_is_answered(self, server, request_):
        server.send(request_)

        reply, _ = server.receive(Reply)

        assert (reply.request_id, reply.code) == ("r1", "not-found")

    def test_it_may_end_the_host(self, server, models, quits):
        server.send(Shutdown())

        models()
        assert quits == [1]

    def test_a_server_that_is_gone_does_not_keep_news_from_another(
        self, server, join, open_window
    ):
        server.close()
        other = join("server")

        open_window()

        assert other.receive(WindowOpened)[0].window["id"] == "w1"


def test_serving_comes_before_anything_else(qapp):
    with pytest.raises(RuntimeError, match="serve"):
        _ = Windows(lambda: None).channel
