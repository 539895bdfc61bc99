"""A waiting kernel reads whole states, or nothing."""

from __future__ import annotations

import stat

import pytest

from jlab_qtwindows.protocol.meeting.hoststate import (
    HOST_STATE_FILE_NAME,
    HostState,
    read_host_state,
    write_host_state,
)


def test_what_was_written_last_is_read(tmp_path):
    write_host_state(tmp_path, "starting")
    write_host_state(tmp_path, "failed", "no Qt for Python, größer")

    assert read_host_state(tmp_path) == HostState("failed", "no Qt for Python, größer")


def test_writing_leaves_one_private_file(tmp_path):
    write_host_state(tmp_path, "starting")
    write_host_state(tmp_path, "running")

    (path,) = tmp_path.iterdir()

    assert path.name == HOST_STATE_FILE_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_reader_that_has_the_file_open_keeps_its_whole_state(tmp_path):
    write_host_state(tmp_path, "starting")

    with (tmp_path / HOST_STATE_FILE_NAME).open() as reader:
        write_host_state(tmp_path, "running")
        seen = reader.read()

    assert '"starting"' in seen


def test_a_write_that_fails_leaves_nothing_behind(tmp_path):
    (tmp_path / HOST_STATE_FILE_NAME).mkdir()

    with pytest.raises(OSError, match=HOST_STATE_FILE_NAME):
        write_host_state(tmp_path, "running")

    assert [path.name for path in tmp_path.iterdir()] == [HOST_STATE_FILE_NAME]


def test_a_missing_directory_is_an_error_of_the_writer(tmp_path):
    with pytest.raises(OSError, match="missing"):
        write_host_state(tmp_path / "missing", "running")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage",
        b"\xff",
        b"[]",
        b"{}",
        b'{"state": "failed"}',
        b'{"state": 1, "reason": ""}',
        b'{"state": "failed", "reason": null}',
    ],
)
def test_anything_else_is_read_as_nothing(tmp_path, content):
    (tmp_path / HOST_STATE_FILE_NAME).write_bytes(content)

    assert read_host_state(tmp_path) is None


def test_no_file_is_read_as_nothing(tmp_path):
    assert read_host_state(tmp_path) is None
