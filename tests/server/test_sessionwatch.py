"""The host hears to which notebook each kernel belongs."""

from __future__ import annotations

import asyncio
import json
import logging

import pytest
from fakehost import window_model

from jlab_qtwindows.protocol import messages
from jlab_qtwindows.server import sessionwatch
from jlab_qtwindows.server.manager import WindowManager
from jlab_qtwindows.server.sessionwatch import SessionWatch

TIMEOUT = 20.0  # s


def session(number, path, kind="notebook", name=""):
    return {
        "id": f"s{number}",
        "path": path,
        "name": name,
        "type": kind,
        "kernel": {"id": "k1"},
    }


class Sessions:
    """A session manager."""

    def __init__(self, *found):
        self.found = list(found)
        self.asked = 0

    async def list_sessions(self):
        self.asked += 1
        if self.found and isinstance(self.found[0], Exception):
            raise self.found.pop(0)
        return self.found


@pytest.fixture
def manager():
    manager = WindowManager(log=logging.getLogger("test"))
    manager.put_window(window_model("w1"))
    return manager


@pytest.fixture
def told():
    return asyncio.Queue()


@pytest.fixture
def watch(manager, told, jp_serverapp, jp_asyncio_loop, monkeypatch):
    """Return a function that starts a watch of these sessions, which looks often."""
    monkeypatch.setattr(sessionwatch, "INTERVAL", 0.01)
    started = []

    def start(sessions, hears=lambda: True):
        async def name_kernel(*names):
            if hears():
                told.put_nowait(names)
            return hears()

        watch = SessionWatch(
            sessions,
            lambda path: "/root",
            manager,
            name_kernel,
            events=jp_serverapp.event_logger,
            log=logging.getLogger("test"),
        )
        watch.start()
        started.append(watch)

    yield start
    for watch in started * 2:
        jp_asyncio_loop.run_until_complete(watch.stop())


async def heard(told):
    return await asyncio.wait_for(told.get(), TIMEOUT)


async def test_a_notebook_is_named_by_its_file_and_a_rename_says_so(watch, told):
    sessions = Sessions(session(1, "deep/Untitled.ipynb"))
    watch(sessions)
    assert await heard(told) == ("k1", "/root/Untitled.ipynb", "")

    sessions.found = [session(1, "deep/work.ipynb")]

    assert await heard(told) == ("k1", "/root/work.ipynb", "/root/Untitled.ipynb")


async def test_another_session_of_the_kernel_is_no_rename(watch, told):
    sessions = Sessions(session(1, "a.ipynb"))
    watch(sessions)
    await heard(told)

    sessions.found = [session(2, "b.ipynb")]

    assert await heard(told) == ("k1", "/root/b.ipynb", "")


async def test_a_console_beside_a_notebook_does_not_name_its_windows(watch, told):
    console = session(2, "console-1", "console", "Console 1")
    watch(Sessions(session(1, "a.ipynb"), console))

    assert await heard(told) == ("k1", "/root/a.ipynb", "")


async def test_a_console_alone_is_named_as_the_lab_does(watch, told):
    watch(Sessions(session(1, "console-1", "console", "Console 1")))

    assert await heard(told) == ("k1", "Console 1", "")


async def test_what_no_host_heard_is_told_again(watch, told):
    answers = iter([False, False])
    watch(Sessions(session(1, "a.ipynb")), hears=lambda: next(answers, True))

    assert await heard(told) == ("k1", "/root/a.ipynb", "")


async def test_a_session_manager_that_fails_is_asked_again(watch, told):
    watch(Sessions(RuntimeError("locked"), session(1, "a.ipynb")))

    assert await heard(told) == ("k1", "/root/a.ipynb", "")


async def test_a_session_manager_that_goes_on_failing_is_complained_of_once(
    watch, told, caplog
):
    errors = [RuntimeError("locked") for _ in range(20)]
    watch(Sessions(*errors, session(1, "a.ipynb")))

    await heard(told)

    assert caplog.text.count("cannot be looked up") == 1


async def test_nobody_is_asked_while_there_are_no_windows(watch, manager, told):
    manager.clear()
    sessions = Sessions(session(1, "a.ipynb"))
    watch(sessions)
    await asyncio.sleep(0)
    assert sessions.asked == 0

    manager.put_window(window_model("w1"))

    assert await heard(told) == ("k1", "/root/a.ipynb", "")


async def test_a_renamed_file_is_looked_after_at_once(
    watch, told, monkeypatch, jp_fetch, jp_root_dir
):
    monkeypatch.setattr(sessionwatch, "INTERVAL", 600.0)
    (jp_root_dir / "a.txt").write_text("")
    sessions = Sessions(session(1, "a.ipynb"))
    watch(sessions)
    # The first look is due only after the interval.
    body = json.dumps({"path": "b.txt"})

    await jp_fetch("api", "contents", "a.txt", method="PATCH", body=body)

    assert await heard(told) == ("k1", "/root/a.ipynb", "")


async def test_the_extension_tells_its_host(
    connected_host, jp_serverapp, jp_fetch, jp_root_dir
):
    body = {
        "path": "work.ipynb",
        "name": "work.ipynb",
        "type": "notebook",
        "kernel": {"name": "echo"},
    }
    await jp_fetch("api", "sessions", method="POST", body=json.dumps(body))

    named = await connected_host.hear(messages.NameKernel)

    assert named.notebook == str(jp_root_dir / "work.ipynb")
