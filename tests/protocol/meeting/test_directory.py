"""A host's directory is private, and goes with its process, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from jlab_qtwindows.protocol.meeting.directory import (
    PREFIX,
    create_directory,
    directories_in,
    is_left_over,
    remove_directory,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no lock there")

OWNER = """
import sys, time
from pathlib import Path
from jlab_qtwindows.protocol.meeting.directory import create_directory
print(create_directory(Path(sys.argv[1])), flush=True)
time.sleep(600)
"""


@pytest.fixture
def parent():
    # Not tmp_path: its length may leave no room for a socket's address.
    with tempfile.TemporaryDirectory(prefix="q-") as folder:
        yield Path(folder) / "runtime"


@pytest.fixture
def owner(parent):
    """Return another process that has a directory."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, parent], stdout=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.fixture
def directory(owner):
    """Return the directory of that process, made long ago."""
    found = Path(owner.stdout.readline().strip())
    os.utime(found, (1, 1))
    return found


def test_what_a_killed_process_leaves_is_removed_by_the_next(owner, directory, parent):
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    assert directory.is_dir()

    create_directory(parent)

    assert not directory.exists()


def test_the_directory_of_a_process_that_lives_stays(directory, parent):
    create_directory(parent)

    assert directory.is_dir()


def test_a_directory_that_is_just_being_made_stays(parent):
    new = parent / f"{PREFIX}abcdefgh"
    new.mkdir(parents=True)

    create_directory(parent)

    assert new.is_dir()


def test_the_directory_of_another_machine_stays(parent, owner, directory):
    # On a shared home its lock may not be seen from here.
    machine, name = PREFIX.strip("-").rpartition("-")[2], directory.name
    theirs = directory.rename(parent / name.replace(machine, machine[::-1] + "0"))
    owner.send_signal(signal.SIGKILL)
    owner.wait()

    create_directory(parent)

    assert theirs.is_dir()
    assert theirs not in directories_in(parent)


def test_what_is_no_directory_of_ours_stays(parent, tmp_path):
    parent.mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = parent / f"{PREFIX}link"
    link.symlink_to(elsewhere)
    file = parent / f"{PREFIX}file"
    file.touch()
    os.utime(file, (1, 1))
    os.utime(link, (1, 1), follow_symlinks=False)

    create_directory(parent)

    assert link.is_symlink()
    assert elsewhere.is_dir()
    assert file.exists()


def test_removing_may_be_done_twice(parent):
    directory = create_directory(parent)

    remove_directory(directory)
    remove_directory(directory)

    assert not directory.exists()


def test_a_directory_is_left_over_once_its_process_is_gone(owner, directory, parent):
    assert directories_in(parent) == [directory]
    assert not is_left_over(directory)

    owner.send_signal(signal.SIGKILL)
    owner.wait()

    assert is_left_over(directory)
    assert is_left_over(directory)  # looking does not change it
