"""Which host a process uses, and what it says when there is none."""

from __future__ import annotations

import os
import time
import warnings
from pathlib import Path

import pytest

from jlab_qtwindows.kernel.link import finder as module
from jlab_qtwindows.kernel.link.finder import HostFinder
from jlab_qtwindows.protocol.errors import HostUnavailable, QtWindowsWarning
from jlab_qtwindows.protocol.meeting.connection import (
    CONNECTION_VARIABLE,
    new_connection,
    write_connection_file,
)
from jlab_qtwindows.protocol.meeting.hoststate import write_host_state


class RecordingLink:
    def __init__(self):
        self.calls = []

    def connect(self, info):
        self.calls.append(("connect", info))

    def ring(self, info):
        self.calls.append(("ring", info))


class RecordingOwnHost:
    """An own host that is told how its process does."""

    info = "own connection"
    error = None
    reason = ""

    def __init__(self):
        self.started = 0
        self.stopped = False

    def ensure_running(self):
        if self.error is not None:
            raise self.error
        self.started += 1

    def failure(self):
        return self.reason

    def stop(self):
        self.stopped = True


@pytest.fixture
def link():
    return RecordingLink()


@pytest.fixture
def finder(link):
    return HostFinder(link, lambda: None)


@pytest.fixture
def own_host(monkeypatch):
    """Return the own host that the finder will make."""
    host = RecordingOwnHost()
    monkeypatch.setattr(module, "OwnHost", lambda: host)
    return host


@pytest.fixture
def server(tmp_path, monkeypatch):
    """Return the connection that a server offers in the environment."""
    info = new_connection(tmp_path, doorbell=True)
    path = write_connection_file(tmp_path, info)
    monkeypatch.setenv(CONNECTION_VARIABLE, str(path))
    return info


@pytest.fixture
def later(monkeypatch):
    """Return a function that moves the finder's clock on."""
    offset = [0.0]
    clock = type("Clock", (), {"monotonic": lambda: time.monotonic() + offset[0]})
    monkeypatch.setattr(module, "time", clock)

    def move(seconds):
        offset[0] += seconds

    return move


def test_the_servers_host_is_connected_and_rung_for(finder, link, server):
    finder.find()

    assert link.calls == [("connect", server), ("ring", server)]
    assert not finder.needs_own_host


def test_without_a_server_nothing_is_started_before_the_first_window(
    finder, link, own_host
):
    finder.find()

    assert link.calls == []
    assert own_host.started == 0
    assert finder.needs_own_host


def test_an_own_host_is_started_once_and_connected(finder, link, own_host):
    finder.start_own_host()
    finder.on_lost()

    assert [name for name, _ in link.calls] == ["connect", "ring"]
    assert own_host.started == 2


def test_a_connection_file_that_is_refused_is_told_and_an_own_host_used(
    finder, link, server, monkeypatch
):
    Path(os.environ[CONNECTION_VARIABLE]).chmod(0o644)

    with pytest.warns(QtWindowsWarning, match="other users may read") as caught:
        finder.find()

    assert len(caught) == 1
    assert link.calls == []
    assert finder.needs_own_host


def test_a_host_that_does_not_answer_is_told_after_a_while(finder, server, later):
    finder.find()
    assert 0 < finder.check() <= 1.0
    later(module.WELCOME_TIMEOUT + 1)

    with pytest.warns(QtWindowsWarning, match=r"answer; remedy: choose Restart Plot"):
        assert finder.check() is None

    assert "does not answer" in finder.unavailable
    assert finder.check() is None


def test_what_helps_against_a_silent_own_host_needs_no_server(finder, own_host, later):
    finder.start_own_host()
    later(module.OWN_WELCOME_TIMEOUT + 1)

    with pytest.warns(QtWindowsWarning, match="answer; remedy: end this program and"):
        assert finder.check() is None


def test_a_ring_that_was_lost_is_made_good_while_no_host_answers(
    finder, link, server, later
):
    def rings():
        return [name for name, _ in link.calls].count("ring")

    finder.find()
    finder.check()
    assert rings() == 1  # not at each look

    later(module._RING_AGAIN + 0.1)
    finder.check()
    finder.check()
    assert rings() == 2

    finder.on_welcome()
    later(module._RING_AGAIN + 0.1)
    finder.check()
    assert rings() == 2


def test_what_the_server_says_of_its_host_is_told_at_once(finder, server, tmp_path):
    finder.find()
    write_host_state(tmp_path, "starting")
    assert finder.check() > 0
    write_host_state(tmp_path, "failed", "install it with: pip install PyQt5")

    with pytest.warns(QtWindowsWarning, match="pip install PyQt5"):
        finder.check()


def test_an_own_host_whose_end_is_seen_late_is_started_again(finder, own_host):
    # The connection of a process that is killed breaks before the process has ended.
    finder.start_own_host()
    finder.on_welcome()
    finder.on_lost()
    started = own_host.started
    own_host.reason = "ended by signal 11"

    finder.check()

    assert own_host.started == started + 1
    assert finder.unavailable == ""


def test_why_an_own_host_is_given_up_is_told_at_once(finder, own_host):
    finder.start_own_host()
    own_host.reason = "ended by signal 11"
    own_host.error = HostUnavailable("ended by signal 11")

    with pytest.warns(QtWindowsWarning, match="ended by signal 11"):
        finder.check()


@pytest.mark.parametrize("error", [HostUnavailable("no Qt"), OSError("no space")])
def test_an_own_host_that_cannot_be_started_is_told(finder, own_host, error):
    own_host.error = error

    with pytest.warns(QtWindowsWarning, match=str(error)):
        finder.start_own_host()

    assert not finder.needs_own_host


def test_a_welcome_ends_the_waiting(finder, server, later):
    finder.find()

    finder.on_welcome()
    later(module.WELCOME_TIMEOUT + 1)

    assert finder.check() is None
    assert finder.unavailable == ""


def test_a_host_that_comes_late_is_used(finder, server, later):
    finder.find()
    later(module.WELCOME_TIMEOUT + 1)
    with pytest.warns(QtWindowsWarning):
        finder.check()

    finder.on_welcome()

    assert finder.unavailable == ""


def test_each_cause_is_told_once(finder):
    def give_up():
        finder.give_up("no Qt")
        finder.give_up("no Qt")
        finder.give_up("no screen")

    with pytest.warns(QtWindowsWarning) as caught:
        give_up()

    assert len(caught) == 2


def test_a_user_whose_warnings_are_errors_gets_no_error(finder):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("error")

        finder.give_up("no Qt")

    assert len(caught) == 1


def test_an_own_host_is_ended_with_the_finder(finder, own_host):
    finder.stop()
    finder.start_own_host()

    finder.stop()
    finder.stop()

    assert own_host.stopped
