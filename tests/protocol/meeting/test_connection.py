"""The connection file is read by its owner only."""

from __future__ import annotations

import json
import os
import stat
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from jlab_qtwindows.protocol.errors import ConnectionFileError
from jlab_qtwindows.protocol.meeting.connection import (
    CONNECTION_FILE_NAME,
    ConnectionInfo,
    CurveKeys,
    new_connection,
    read_connection_file,
    write_connection_file,
)
from jlab_qtwindows.protocol.meeting.directory import MAX_IPC_PATH, create_directory

KEYS = CurveKeys("host-public", "host-secret", "peer-public", "peer-secret")

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes")


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def parent():
    """Return a folder with a path that is short enough for ipc."""
    with tempfile.TemporaryDirectory(prefix="qtw-") as folder:
        yield Path(folder)


@pytest.fixture
def directory(parent):
    return create_directory(parent)


@pytest.fixture
def write_text(directory):
    """Return a function that writes a private file of any content."""

    def write(text):
        path = directory / CONNECTION_FILE_NAME
        path.touch(mode=0o600)
        path.write_text(text)
        return path

    return write


def test_keys_are_those_of_two_pairs():
    pairs = iter([(b"host-public", b"host-secret"), (b"peer-public", b"peer-secret")])

    assert CurveKeys.made_by(lambda: next(pairs)) == KEYS


@pytest.mark.parametrize("secure", ["secure_peer", "secure_host"])
def test_without_keys_a_socket_stays_as_it_is(secure):
    socket = SimpleNamespace()

    getattr(CurveKeys(), secure)(socket)

    assert vars(socket) == {}


# -- the directory ---------------------------------------------------------------------


@posix_only
def test_directory_and_file_are_for_their_owner_only(parent):
    before = os.umask(0)
    try:
        directory = create_directory(parent)
        path = write_connection_file(
            directory, new_connection(directory, doorbell=True)
        )
    finally:
        os.umask(before)

    assert mode_of(directory) == 0o700
    assert mode_of(path) == 0o600


def test_every_directory_is_a_new_one(parent):
    first, second = create_directory(parent), create_directory(parent)

    assert first != second
    assert first.parent == second.parent == parent


def test_a_missing_parent_is_made(parent):
    directory = create_directory(parent / "runtime")

    assert directory.parent == parent / "runtime"


def test_endpoints_below_a_long_path_go_to_the_temporary_directory(parent):
    deep = parent / ("x" * 60) / ("y" * 60)

    directory = create_directory(deep)

    try:
        assert deep not in directory.parents
        assert not deep.exists()
        assert len(os.fsencode(directory / "doorbell")) <= MAX_IPC_PATH
    finally:
        directory.rmdir()


def test_path_lengths_are_counted_in_bytes(parent):
    deep = parent / ("ü" * (MAX_IPC_PATH // 2))

    directory = create_directory(deep)

    try:
        assert deep not in directory.parents
    finally:
        directory.rmdir()


# -- its content -----------------------------------------------------------------------


def test_a_connection_is_ipc_inside_the_directory(directory):
    info = new_connection(directory, doorbell=True)

    assert info.endpoint == f"ipc://{directory}/host"
    assert info.doorbell == f"ipc://{directory}/doorbell"
    assert info.curve == CurveKeys()


def test_without_a_server_there_is_no_doorbell(directory):
    assert new_connection(directory, doorbell=False).doorbell == ""
    assert new_connection(directory, doorbell=False, curve=KEYS).doorbell == ""


def test_with_keys_the_endpoints_are_different_loopback_ports(directory):
    info = new_connection(directory, doorbell=True, curve=KEYS)

    assert info.endpoint.startswith("tcp://127.0.0.1:")
    assert info.doorbell.startswith("tcp://127.0.0.1:")
    assert info.curve == KEYS


def test_every_token_is_a_new_one_and_long(directory):
    tokens = {new_connection(directory, doorbell=False).token for _ in range(10)}

    assert len(tokens) == 10
    assert all(len(bytes.fromhex(token)) == 32 for token in tokens)


@pytest.mark.parametrize("curve", [None, KEYS], ids=["ipc", "curve"])
def test_the_file_holds_the_whole_connection(directory, curve):
    info = new_connection(directory, doorbell=True, curve=curve)

    path = write_connection_file(directory, info)

    assert read_connection_file(path) == info
    assert read_connection_file(str(path)) == info


def test_a_file_that_exists_is_never_written_over(directory):
    write_connection_file(directory, new_connection(directory, doorbell=False))

    with pytest.raises(FileExistsError):
        write_connection_file(directory, new_connection(directory, doorbell=False))


def test_fields_of_a_later_version_are_ignored(write_text):
    path = write_text(
        json.dumps({"endpoint": "e", "doorbell": "", "token": "t", "later": 1})
    )

    assert read_connection_file(path) == ConnectionInfo("e", "", "t")


# -- what is refused -------------------------------------------------------------------


@posix_only
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601])
def test_a_file_open_to_others_is_refused(directory, mode):
    path = write_connection_file(directory, new_connection(directory, doorbell=False))
    path.chmod(mode)

    with pytest.raises(ConnectionFileError, match=rf"other users .*\(mode {mode:o}\)"):
        read_connection_file(path)


def test_a_missing_file_is_named(directory):
    path = directory / "missing.json"

    with pytest.raises(ConnectionFileError) as caught:
        read_connection_file(path)

    assert str(path) in str(caught.value)
    assert "No such file" in str(caught.value)


def test_a_directory_is_no_connection_file(directory):
    with pytest.raises(ConnectionFileError):
        read_connection_file(directory)


GOOD = {"endpoint": "e", "doorbell": "", "token": "t"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "garbage",
        "[]",
        "null",
        json.dumps({"endpoint": "e", "token": "t"}),
        json.dumps({**GOOD, "token": 5}),
        json.dumps({**GOOD, "curve": {"host_public": 5}}),
        json.dumps({**GOOD, "curve": {"no_such_key": ""}}),
        json.dumps({**GOOD, "curve": "text"}),
    ],
    ids=[
        "empty",
        "garbage",
        "list",
        "null",
        "missing field",
        "token is a number",
        "key is a number",
        "unknown key",
        "keys are a text",
    ],
)
def test_a_file_of_another_content_is_refused_by_name(write_text, text):
    path = write_text(text)

    with pytest.raises(ConnectionFileError) as caught:
        read_connection_file(path)

    assert f"{path} is not a connection file" in str(caught.value)


def test_a_file_that_is_no_text_is_refused(write_text):
    path = write_text("")
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ConnectionFileError, match="is not a connection file"):
        read_connection_file(path)


def test_a_refusal_never_shows_the_token(write_text):
    path = write_text(json.dumps({"endpoint": "e", "token": "the-secret"}))

    with pytest.raises(ConnectionFileError) as caught:
        read_connection_file(path)

    assert "the-secret" not in str(caught.value)
