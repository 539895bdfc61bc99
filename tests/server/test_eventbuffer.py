"""The buffer of one panel: newest wins, and never more than its limit."""

import pytest
from fakehost import window_model

from jlab_qtwindows.server.eventbuffer import EventBuffer

SNAPSHOT = {"event": "Snapshot"}


def changed(window_id, revision):
    window = window_model(window_id, revision=revision)
    return {"event": "WindowChanged", "window": window}


@pytest.fixture
def buffer():
    buffer = EventBuffer(lambda: SNAPSHOT, limit=3)
    buffer.pop()
    return buffer


def test_first_event_is_the_snapshot():
    buffer = EventBuffer(lambda: SNAPSHOT)
    buffer.add(changed("w1", 1))

    assert buffer.pop() == [SNAPSHOT]
    assert buffer.pop() == []


def test_newest_state_of_a_window_wins(buffer):
    for revision in range(100):
        buffer.add(changed("w1", revision))

    assert buffer.pop() == [changed("w1", 99)]


def test_a_window_not_yet_announced_is_still_opened(buffer):
    buffer.add({**changed("w1", 1), "event": "WindowOpened"})
    buffer.add(changed("w1", 2))

    assert buffer.pop() == [{**changed("w1", 2), "event": "WindowOpened"}]


def test_closing_replaces_what_was_said_of_the_window(buffer):
    buffer.add(changed("w1", 1))
    buffer.add({"event": "WindowClosed", "id": "w1"})

    assert buffer.pop() == [{"event": "WindowClosed", "id": "w1"}]


def test_host_and_windows_do_not_replace_each_other(buffer):
    buffer.add({"event": "HostChanged", "host": {"state": "starting"}})
    buffer.add(changed("host", 1))
    buffer.add({"event": "HostChanged", "host": {"state": "running"}})

    assert buffer.pop() == [
        {"event": "HostChanged", "host": {"state": "running"}},
        changed("host", 1),
    ]


def test_too_many_events_become_one_snapshot(buffer):
    for number in range(100):
        buffer.add(changed(f"w{number}", 1))

    assert buffer.pop() == [SNAPSHOT]
    assert buffer.pop() == []
