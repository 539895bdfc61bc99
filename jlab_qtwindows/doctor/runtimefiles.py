"""Check the private directories of window hosts: their modes, and what is left over.

A directory holds the sockets and the connection file, whose token lets a program send
pickles to the host. So nobody else may enter it or read the file. Main thread of the
doctor's process.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.errors import ConnectionFileError
from jlab_qtwindows.protocol.meeting.connection import (
    CONNECTION_FILE_NAME,
    CONNECTION_VARIABLE,
    read_connection_file,
)
from jlab_qtwindows.protocol.meeting.directory import directories_in, is_left_over
from jlab_qtwindows.protocol.meeting.hostlog import HOST_LOG_NAME

from .line import Line, fault, ok, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["check_runtime_files"]

_SUBJECT = "connection file"
_LOG = "log"
_NEW_ONE = "restart the Jupyter server, it makes a new one"


def check_runtime_files(environ: Mapping[str, str]) -> Iterator[Line]:
    """Look at every directory of this user, and at the file that kernels here use."""
    named = environ.get(CONNECTION_VARIABLE, "")
    directories = _own_directories()
    checks = [_check_directory(directory) for directory in directories]
    gone = bool(named) and not Path(named).exists()
    if named and not gone and not _is_among(Path(named), directories):
        checks.append(_check_elsewhere(Path(named)))
    sound = 0
    for check in checks:
        found = list(check)
        yield from found
        sound += not found
    if gone:
        yield fault(
            _SUBJECT,
            f"{named} is gone, and so is the server that made it",
            "restart the kernel from the server that runs now",
        )
    elif sound:
        yield ok(_SUBJECT, f"{sound} in use, for this user only")
    elif not checks:
        yield ok(_SUBJECT, "none in use now; a Jupyter server makes one")
    parents = dict.fromkeys([*([Path(named).parent] if named else []), *directories])
    logs = [parent / HOST_LOG_NAME for parent in parents]
    if told := ", ".join(str(log) for log in logs if log.exists()):
        yield ok(_LOG, f"what the window process prints is in {told}")


def _own_directories() -> list[Path]:
    parents = [Path(tempfile.gettempdir())]
    try:
        from jupyter_core.paths import jupyter_runtime_dir
    except ImportError:
        pass
    else:
        parents.insert(0, Path(jupyter_runtime_dir()))
    found = [d for parent in dict.fromkeys(parents) for d in directories_in(parent)]
    return [directory for directory in found if _is_own(directory)]


def _is_own(directory: Path) -> bool:
    try:
        state = directory.stat(follow_symlinks=False)
    except OSError:  # gone meanwhile
        return False
    mine = sys.platform == "win32" or state.st_uid == os.getuid()
    return mine and stat.S_ISDIR(state.st_mode)


def _is_among(file: Path, directories: list[Path]) -> bool:
    """Return whether it is the connection file of one of these directories."""
    files = [directory / CONNECTION_FILE_NAME for directory in directories]
    return file.resolve() in [own.resolve() for own in files]


def _check_directory(directory: Path) -> Iterator[Line]:
    if is_left_over(directory):
        yield warning(
            _SUBJECT,
            f"{directory} is left over from a process that was ended by force",
            "nothing: the next Jupyter server removes it",
        )
        return
    file = directory / CONNECTION_FILE_NAME
    yield from _check_modes(directory, file, f"chmod 700 {directory}")


def _check_elsewhere(file: Path) -> Iterator[Line]:
    """Look at a file of another environment's server, or one that was copied."""
    directory = file.parent
    # Nobody is to change the mode of /tmp, or of their home.
    own = directory in directories_in(directory.parent)
    remedy = f"chmod 700 {directory}" if own else _NEW_ONE
    yield from _check_modes(directory, file, remedy)


def _check_modes(directory: Path, file: Path, remedy: str) -> Iterator[Line]:
    """Look at who may enter the directory and read the file, which must be one."""
    try:
        mode = stat.S_IMODE(directory.stat().st_mode)
    except OSError:  # gone meanwhile
        return
    if sys.platform != "win32" and mode != 0o700:
        yield fault(
            _SUBJECT,
            f"other users may enter {directory} (mode {mode:o}, not 700)",
            remedy,
        )
    if not file.exists():  # just being made
        return
    try:
        read_connection_file(file)
    except ConnectionFileError as error:
        words = str(error).partition("; it is not used")[0]
        yield fault(_SUBJECT, words, _NEW_ONE)
