"""The host's log does not fill the disk."""

from __future__ import annotations

import os

import pytest

from jlab_qtwindows.host.process import logfile
from jlab_qtwindows.host.window.windows import Windows
from jlab_qtwindows.host.wire.channel import Channel


@pytest.fixture
def log(tmp_path, monkeypatch):
    """Return the file that takes the place of standard error."""
    path = tmp_path / "host.log"
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    monkeypatch.setattr(logfile, "_STDERR", fd)
    monkeypatch.setattr(logfile, "MOST_BYTES", 100)
    yield path
    os.close(fd)


def test_a_file_that_has_become_large_begins_anew_and_says_so(log, caplog):
    os.write(logfile._STDERR, b"x" * 101)

    logfile.keep_small()
    os.write(logfile._STDERR, b"next")

    assert log.read_bytes() == b"next"
    assert "begins anew" in caplog.text


def test_a_small_file_is_kept(log):
    os.write(logfile._STDERR, b"x" * 100)

    logfile.keep_small()

    assert log.stat().st_size == 100


def test_what_is_no_file_is_left_alone(monkeypatch):
    reading, writing = os.pipe()
    monkeypatch.setattr(logfile, "_STDERR", writing)
    monkeypatch.setattr(logfile, "MOST_BYTES", 0)
    os.write(writing, b"x")

    logfile.keep_small()

    assert os.read(reading, 10) == b"x"
    os.close(reading)
    os.close(writing)


@pytest.mark.parametrize("transport", ["ipc"])
def test_it_is_looked_at_whenever_messages_arrive(log, qapp, info, welcome, qtbot):
    windows = Windows(lambda: None)
    channel = Channel(info, welcome, windows.arrived.emit)
    windows.serve(channel)
    os.write(logfile._STDERR, b"x" * 101)

    windows.arrived.emit()

    qtbot.waitUntil(lambda: log.stat().st_size == 0)
    channel.stop()
