"""The manager: what is known, and who hears of changes."""

import pytest
from fakehost import window_model

from jlab_qtwindows.protocol.errors import WindowNotFound
from jlab_qtwindows.server.manager import HostStatus


@pytest.fixture
def events(manager):
    heard = []
    manager.add_listener(heard.append)
    return heard


def test_new_window_is_opened_and_known_one_is_changed(manager, events):
    manager.put_window(window_model("w1"))
    manager.put_window(window_model("w1", revision=2))

    assert [event["event"] for event in events] == ["WindowOpened", "WindowChanged"]
    assert manager.get_window("w1")["revision"] == 2


def test_a_change_that_changes_nothing_is_not_told(manager, events):
    manager.put_window(window_model("w1"))
    manager.put_window(window_model("w1"))
    manager.host = HostStatus()
    manager.remove_window("unknown")

    assert len(events) == 1


def test_unknown_window_is_not_found(manager):
    with pytest.raises(WindowNotFound, match="is closed"):
        manager.get_window("w1")


def test_missing_windows_stay_until_they_are_given_up(manager, events):
    manager.put_window(window_model("back"))
    manager.put_window(window_model("gone"))

    manager.replace_windows([], keep_missing=True)
    manager.put_window(window_model("back"))
    listed = [window["id"] for window in manager.list_windows()]
    manager.remove_unconfirmed()

    assert listed == ["back", "gone"]
    assert [window["id"] for window in manager.list_windows()] == ["back"]
    assert events[-1] == {"event": "WindowClosed", "id": "gone"}


def test_windows_that_the_same_host_does_not_list_are_gone(manager):
    manager.put_window(window_model("w1"))

    manager.replace_windows([window_model("w2")], keep_missing=False)

    assert [window["id"] for window in manager.list_windows()] == ["w2"]


def test_a_broken_listener_does_not_keep_the_others_waiting(manager, caplog):
    heard = []
    manager.add_listener(lambda event: heard.append(1 / 0))
    manager.add_listener(heard.append)

    manager.put_window(window_model("w1"))

    assert len(heard) == 1
    assert "ZeroDivisionError" in caplog.text


def test_removed_listener_hears_nothing(manager, events):
    manager.remove_listener(events.append)
    manager.remove_listener(events.append)

    manager.put_window(window_model("w1"))

    assert events == []


def test_snapshot_carries_everything(manager):
    manager.put_window(window_model("w1"))
    manager.host = HostStatus(state="running", pid=7, platform="xcb")

    snapshot = manager.snapshot()

    assert snapshot["event"] == "Snapshot"
    assert [window["id"] for window in snapshot["windows"]] == ["w1"]
    assert snapshot["host"] == {
        "state": "running",
        "reason": "",
        "pid": 7,
        "platform": "xcb",
        "binding": "",
        "note": "",
        "restarts": 0,
        "worked": False,
    }
