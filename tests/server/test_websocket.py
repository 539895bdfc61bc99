"""The events websocket."""

import asyncio
import json

import pytest
from fakehost import TIMEOUT, until, window_model
from tornado.httpclient import HTTPClientError

from jlab_qtwindows.protocol import messages
from jlab_qtwindows.server.manager import HostStatus


@pytest.fixture
def panel(jp_asyncio_loop, jp_ws_fetch):
    opening = jp_ws_fetch("jlab-qtwindows", "events")
    panel = jp_asyncio_loop.run_until_complete(opening)
    yield panel
    panel.close()


async def read(panel):
    text = await asyncio.wait_for(panel.read_message(), TIMEOUT)
    assert text is not None, "the server has closed the websocket"
    return json.loads(text)


async def test_snapshot_comes_first(connected_host, panel):
    event = await read(panel)

    assert event["event"] == "Snapshot"
    assert [window["id"] for window in event["windows"]] == ["w1"]
    assert event["host"]["state"] == "stopped"


async def test_changes_of_windows_follow(connected_host, panel):
    await read(panel)

    opened, changed = window_model("w2"), window_model("w2", title="new")
    await connected_host.send(messages.WindowOpened(opened))
    assert await read(panel) == {"event": "WindowOpened", "window": opened}
    await connected_host.send(messages.WindowChanged(changed))
    assert await read(panel) == {"event": "WindowChanged", "window": changed}
    await connected_host.send(messages.WindowClosed("w2"))
    assert await read(panel) == {"event": "WindowClosed", "id": "w2"}


async def test_changes_of_the_host_follow(extension, panel):
    await read(panel)

    extension.manager.host = HostStatus(state="failed", reason="no Qt")

    event = await read(panel)
    assert event["event"] == "HostChanged"
    assert event["host"]["reason"] == "no Qt"


async def test_panel_that_reads_slowly_gets_the_newest_state(extension, panel):
    await read(panel)
    sent = 2000
    filler = "x" * 10_000  # far more in total than the sockets between hold

    for revision in range(1, sent + 1):
        extension.manager.put_window(
            window_model("w1", revision=revision, notebook=filler)
        )
        await asyncio.sleep(0)
    received = [await read(panel)]
    while received[-1]["window"]["revision"] < sent:
        received.append(await read(panel))

    assert len(received) < sent


async def test_what_the_panel_says_is_ignored(extension, panel):
    await read(panel)

    await panel.write_message('{"event": "Shutdown"}')
    extension.manager.put_window(window_model("w1"))

    assert (await read(panel))["event"] == "WindowOpened"


async def test_a_closed_panel_listens_no_more(extension, panel):
    await read(panel)
    listeners = extension.manager._listeners
    present = len(listeners)

    panel.close()
    assert await asyncio.wait_for(panel.read_message(), TIMEOUT) is None
    extension.manager.put_window(window_model("w1"))
    await until(extension.manager, lambda: len(listeners) <= present)

    assert len(listeners) == present - 1


@pytest.mark.parametrize(
    ("origin", "allowed"), [("http://{host}", True), ("https://example.org", False)]
)
async def test_only_a_page_of_this_server_can_listen_with_its_cookie(
    extension, jp_fetch, jp_ws_fetch, jp_http_port, origin, allowed
):
    host = f"localhost:{jp_http_port}"  # part of the name of the cookie
    response = await jp_fetch("jlab-qtwindows", "host", headers={"Host": host})
    cookies = response.headers.get_list("Set-Cookie")
    headers = {
        "Authorization": "",
        "Cookie": "; ".join(cookie.split(";")[0] for cookie in cookies),
        "Origin": origin.format(host=host),
    }

    if allowed:
        (await jp_ws_fetch("jlab-qtwindows", "events", headers=headers)).close()
    else:
        with pytest.raises(HTTPClientError) as refusal:
            await jp_ws_fetch("jlab-qtwindows", "events", headers=headers)
        assert refusal.value.code == 403
