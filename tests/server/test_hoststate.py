"""The file that tells waiting kernels how the host is doing."""

import pytest

from jlab_qtwindows.protocol.hoststate import (
    HOST_STATE_FILE_NAME,
    HostState,
    read_host_state,
    write_host_state,
)


def test_what_was_written_last_is_read(tmp_path):
    write_host_state(tmp_path, "starting")
    write_host_state(tmp_path, "failed", "no Qt")

    assert read_host_state(tmp_path) == HostState("failed", "no Qt")
    assert [path.name for path in tmp_path.iterdir()] == [HOST_STATE_FILE_NAME]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "{}", '{"state": 1, "reason": ""}', "\xff"]
)
def test_what_is_no_state_is_none(tmp_path, text):
    (tmp_path / HOST_STATE_FILE_NAME).write_text(text, encoding="latin-1")

    assert read_host_state(tmp_path) is None


def test_missing_file_is_none(tmp_path):
    assert read_host_state(tmp_path / "gone") is None


def test_failed_write_leaves_nothing(tmp_path):
    (tmp_path / HOST_STATE_FILE_NAME).mkdir()

    with pytest.raises(OSError, match=HOST_STATE_FILE_NAME):
        write_host_state(tmp_path, "running")

    assert [path.name for path in tmp_path.iterdir()] == [HOST_STATE_FILE_NAME]
