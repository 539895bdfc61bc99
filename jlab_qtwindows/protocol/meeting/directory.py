"""The directory of one host: sockets, connection file, log. Any thread.

It is removed by the process that made it. Where that was ended by force, the next one
on the same machine that makes a directory removes it: a lock that the system releases
with its process tells which are left over. The machine is part of the name, since
several may share a folder without sharing its locks.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import shutil
import sys
import tempfile
import time
from pathlib import Path

__all__ = [
    "MAX_IPC_PATH",
    "PREFIX",
    "create_directory",
    "directories_in",
    "is_left_over",
    "remove_directory",
]

# sockaddr_un.sun_path holds 108 bytes on Linux and 104 on macOS, with the final NUL.
MAX_IPC_PATH = 103

# A socket's address has no room for the machine's whole name.
_MACHINE = hashlib.blake2s(platform.node().encode(), digest_size=3).hexdigest()
PREFIX = f"qtwindows-{_MACHINE}-"
_NEW = 60.0  # s for which a directory may exist before its process has locked it

_locks: dict[Path, int] = {}  # file descriptors of the directories of this process


def create_directory(parent: Path | None) -> Path:
    """Return a new directory that only this user can enter.

    It lies below `parent` where the ipc endpoints in it stay short enough for a socket
    address, else below the system's temporary directory.
    """
    if parent is not None:
        longest = parent / f"{PREFIX}xxxxxxxx" / "doorbell"
        if len(os.fsencode(longest)) > MAX_IPC_PATH:
            parent = None
        else:
            parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _remove_leftovers(parent or Path(tempfile.gettempdir()))
    directory = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))  # mode 0700
    with contextlib.suppress(OSError):  # a file system without locks keeps leftovers
        lock = _lock(directory)
        if lock is not None:
            _locks[directory] = lock
    return directory


def remove_directory(directory: Path) -> None:
    """Remove a directory of this process; may be called twice."""
    shutil.rmtree(directory, ignore_errors=True)
    lock = _locks.pop(directory, None)
    if lock is not None:
        os.close(lock)


def directories_in(parent: Path) -> list[Path]:
    """Return what may be a host's directory, also a left-over one, of this machine."""
    return sorted(parent.glob(f"{PREFIX}*"))


def is_left_over(directory: Path) -> bool:
    """Return whether the process that made the directory of this user is gone."""
    with contextlib.suppress(OSError):
        lock = _lock_of_left_over(directory)
        if lock is not None:
            os.close(lock)
            return True
    return False


def _remove_leftovers(parent: Path) -> None:
    for directory in directories_in(parent):
        with contextlib.suppress(OSError):  # not ours to enter, or gone meanwhile
            lock = _lock_of_left_over(directory)
            if lock is not None:
                shutil.rmtree(directory, ignore_errors=True)
                os.close(lock)


def _lock_of_left_over(directory: Path) -> int | None:
    """Return the descriptor that holds the lock, None where a process may have it."""
    state = directory.stat(follow_symlinks=False)
    return _lock(directory) if time.time() - state.st_mtime > _NEW else None


def _lock(directory: Path) -> int | None:
    """Return the descriptor that holds the lock, None where another process has it.

    Raises
    ------
    OSError
        It is no directory of this user, or the file system knows no locks.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(descriptor).st_uid != os.getuid():
            raise PermissionError(f"{directory} belongs to another user")
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
