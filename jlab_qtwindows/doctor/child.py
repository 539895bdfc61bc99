"""Programs that the doctor runs and waits for, each with a time limit.

What may hang or abort (a strange interpreter, Qt, an X server) happens in a process of
its own, which is gone when the answer is there or the time is up. Any thread of the
doctor's process. Each call blocks until the answer is there.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, Any

from .started import started

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["NoAnswer", "ask", "ask_module"]

_KILL_TIMEOUT = 5.0  # s, after SIGKILL


class NoAnswer(Exception):
    """The program could not be run, failed or took too long; the text says which."""


def ask(
    command: Sequence[str],
    *,
    limit: float,
    environment: Mapping[str, str] | None = None,
) -> Any:
    """Run a program and return the JSON value in the last line that it prints.

    Raises
    ------
    NoAnswer
        The program could not be run, failed, or took more than `limit` seconds.
    """
    # Python looks for modules where it starts: not among the user's own files.
    with tempfile.TemporaryDirectory(prefix="qtw-doctor-") as folder:
        try:
            process = subprocess.Popen(  # noqa: S603 - what the user has installed
                list(command),
                cwd=folder,
                env=None if environment is None else dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise NoAnswer(f"{command[0]}: {error.strerror}") from error
        try:
            with started.kept(process.kill):
                output, errors = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            raise NoAnswer(f"no answer in {limit:g} s") from None
        finally:
            _end(process)
    if process.returncode:
        raise NoAnswer(_last_words(process.returncode, errors))
    try:
        return json.loads(output.decode(errors="replace").strip().splitlines()[-1])
    except (ValueError, IndexError):
        raise NoAnswer("its answer cannot be understood") from None


def ask_module(
    name: str, *, limit: float, environment: Mapping[str, str] | None = None
) -> Any:
    """Run a module of this package as `ask` does, with this interpreter."""
    command = (sys.executable, "-m", f"jlab_qtwindows.doctor.{name}")
    return ask(command, limit=limit, environment=environment)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing of the program's group behind."""
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired, ValueError):
        process.communicate(timeout=_KILL_TIMEOUT)


def _last_words(returncode: int, errors: bytes) -> str:
    lines = errors.decode(errors="replace").strip().splitlines()
    ending = (
        f"ended by signal {-returncode}"
        if returncode < 0
        else f"exit code {returncode}"
    )
    return f"{ending}: {lines[-1].strip()}" if lines else ending
