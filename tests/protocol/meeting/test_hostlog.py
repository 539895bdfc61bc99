"""What a host prints is kept for its user, and its end can be read."""

from __future__ import annotations

import stat
import sys

import pytest

from jlab_qtwindows.protocol.meeting.hostlog import (
    HOST_LOG_NAME,
    open_host_log,
    read_log_tail,
)


@pytest.fixture
def connection_file(tmp_path):
    return tmp_path / "connection.json"


def write(connection_file, said):
    with open_host_log(connection_file) as log:
        log.write(said)


def test_each_begins_anew(connection_file):
    write(connection_file, b"first")
    write(connection_file, b"second")

    assert read_log_tail(connection_file) == "second"


def test_what_is_written_after_the_host_has_emptied_it_is_at_its_beginning(
    connection_file,
):
    with open_host_log(connection_file) as log:
        log.write(b"a lot")
        log.flush()
        log.truncate(0)
        log.write(b"new")

    assert connection_file.with_name(HOST_LOG_NAME).read_bytes() == b"new"


def test_the_end_of_a_long_one_is_read(connection_file):
    write(connection_file, b"x" * 10_000 + b"the end")

    tail = read_log_tail(connection_file)

    assert len(tail) == 4096
    assert tail.endswith("the end")


def test_what_is_no_utf_8_is_read_too(connection_file):
    write(connection_file, b"caf\xe9")

    assert read_log_tail(connection_file) == "caf\ufffd"


def test_where_there_is_none_nothing_is_read(connection_file):
    assert read_log_tail(connection_file) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes")
def test_it_is_for_its_owner_only(connection_file):
    write(connection_file, b"")

    mode = connection_file.with_name(HOST_LOG_NAME).stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
