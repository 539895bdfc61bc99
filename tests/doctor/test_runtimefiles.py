"""Connection files and their directories, with modes changed and owners killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from jlab_qtwindows.doctor.runtimefiles import check_runtime_files
from jlab_qtwindows.protocol.meeting.connection import (
    CONNECTION_VARIABLE,
    new_connection,
    write_connection_file,
)
from jlab_qtwindows.protocol.meeting.directory import (
    PREFIX,
    create_directory,
    remove_directory,
)
from jlab_qtwindows.protocol.meeting.hostlog import open_host_log

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no modes there")

OWNER = """
import sys, time
from pathlib import Path
from jlab_qtwindows.protocol.meeting.directory import create_directory
print(create_directory(Path(sys.argv[1])), flush=True)
time.sleep(600)
"""


@pytest.fixture(autouse=True)
def runtime(monkeypatch, tmp_path_factory):
    """Use empty folders of one's own, with room for a socket's address."""
    tmp_path_factory.getbasetemp()  # else it would be made in what is removed below
    with tempfile.TemporaryDirectory(prefix="q-") as name:
        folder = Path(name) / "runtime"
        folder.mkdir()
        monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(folder))
        monkeypatch.setattr("tempfile.tempdir", str(folder))
        yield folder


@pytest.fixture
def connection_file(runtime):
    """Return the connection file of a directory that this process holds."""
    directory = create_directory(runtime)
    yield write_connection_file(directory, new_connection(directory, doorbell=False))
    remove_directory(directory)


@pytest.fixture
def elsewhere(tmp_path):
    """Return a connection file outside of this environment's directories."""
    info = new_connection(tmp_path, doorbell=False)
    tmp_path.chmod(0o700)
    return write_connection_file(tmp_path, info)


def only_line(environ=None):
    (line,) = check_runtime_files(environ or {})
    return line


def line_of_log(environ):
    (line,) = (line for line in check_runtime_files(environ) if line.subject == "log")
    return line


def test_files_with_their_own_modes_are_well(connection_file):
    line = only_line()

    assert line.level == "ok"
    assert line.finding == "1 in use, for this user only"


def test_none_at_all_is_well():
    assert only_line().level == "ok"


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_file_that_others_may_read_is_a_fault(connection_file, mode):
    connection_file.chmod(mode)

    line = only_line()

    assert line.level == "fault"
    assert f"mode {mode:o}" in line.finding
    assert "restart the Jupyter server" in line.remedy


def test_the_file_that_is_named_is_looked_at_wherever_it_is(elsewhere):
    named = {CONNECTION_VARIABLE: str(elsewhere)}

    assert only_line(named).finding == "1 in use, for this user only"

    elsewhere.chmod(0o644)
    line = only_line(named)

    assert line.level == "fault"
    assert f"{elsewhere} (mode 644)" in line.finding


@pytest.mark.parametrize(
    ("name", "remedy"),
    [(f"{PREFIX}abc", "chmod 700 {}"), ("home", "restart the Jupyter server")],
)
def test_the_directory_of_the_file_that_is_named_is_looked_at_too(
    elsewhere, name, remedy
):
    directory = elsewhere.parent / name
    directory.mkdir()
    directory.chmod(0o755)
    file = elsewhere.rename(directory / elsewhere.name)

    line = only_line({CONNECTION_VARIABLE: str(file)})

    assert line.level == "fault"
    assert f"other users may enter {directory} (mode 755" in line.finding
    # A directory that is none of ours may be meant for others.
    assert line.remedy.startswith(remedy.format(directory))


def test_a_named_file_of_these_directories_is_looked_at_once(connection_file):
    line = only_line({CONNECTION_VARIABLE: str(connection_file)})

    assert line.finding == "1 in use, for this user only"


def test_a_directory_that_others_may_enter_is_a_fault(connection_file):
    connection_file.parent.chmod(0o755)

    line = only_line()

    assert line.level == "fault"
    assert line.remedy == f"chmod 700 {connection_file.parent}"


def test_a_file_that_is_none_is_a_fault(connection_file):
    connection_file.write_text("{}")

    assert only_line().level == "fault"


def test_what_a_killed_process_leaves_is_told_and_not_removed(runtime):
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, runtime], stdout=subprocess.PIPE, text=True
    )
    directory = Path(owner.stdout.readline().strip())
    os.utime(directory, (1, 1))
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    owner.stdout.close()

    line = next(iter(check_runtime_files({})))

    assert line.level == "warning"
    assert "left over" in line.finding
    assert directory.is_dir()


@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_the_log_of_the_window_process_is_named_whatever_is_wrong(
    connection_file, elsewhere, mode
):
    connection_file.chmod(mode)
    for file in (connection_file, elsewhere):
        with open_host_log(file) as log:
            log.write(file.parent.name.encode())

    finding = line_of_log({CONNECTION_VARIABLE: str(elsewhere)}).finding

    # The kernel's own first, then those of other servers and scripts.
    named = [Path(path) for path in re.findall(r"/\S+\.log\b", finding)]
    said = [path.read_text() for path in named]
    assert said == [elsewhere.parent.name, connection_file.parent.name]


def test_a_server_that_is_gone_is_told(runtime):
    line = only_line({CONNECTION_VARIABLE: str(runtime / "gone" / "connection.json")})

    assert line.level == "fault"
    assert "restart the kernel" in line.remedy
