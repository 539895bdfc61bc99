"""`qtw.doctor()` in a cell: the checks are made in another process.

In the kernel's own process they would load Qt and Jupyter into it; here they only wait.
Main thread of the kernel; another one reads what the process prints.
"""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.kernel.process.shell import ipython
from jlab_qtwindows.protocol.meeting.ending import end_process

from .findings import Findings
from .line import fault
from .report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

__all__ = ["doctor"]

_LIMIT = 420.0  # s; more than the doctor gives itself
_GOODBYE_LIMIT = 15.0  # s, for ending the kernels that it has started
_AHEAD = 1000  # lines that are read and not yet shown


def doctor(*, kernel: str | None = None, quick: bool = False) -> Report:
    """Check this kernel's environment, this machine, and the installed kernels.

    Looks at three kernels at a time, which takes about half a minute, less if `quick`;
    after four minutes no other kernel is begun. Shows in a notebook what it finds as
    soon as it is found; may be interrupted.

    Parameters
    ----------
    kernel
        Name of the one kernel to look at; all of them by default.
    quick
        Leave out what takes longest: running many cells in a kernel with a GUI loop.

    Returns
    -------
    Report
        Shows itself as a table; `lines`, `faults` and `warnings` are for programs.
    """
    command = [sys.executable, "-m", "jlab_qtwindows.doctor", "--json-lines"]
    if kernel is not None:
        command.append(f"--kernel={kernel}")
    if quick:
        command.append("--quick")
    shell = ipython()
    looping = _kernel_with_loop(shell)
    if looping:
        command.append(f"--gui-loop={looping}")
    findings = Findings(shell)
    with contextlib.ExitStack() as stack:
        # Python looks for modules where it starts: not among the user's own files.
        folder = tempfile.TemporaryDirectory(prefix="qtw-doctor-")
        errors = stack.enter_context(tempfile.TemporaryFile())
        process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            command,
            cwd=stack.enter_context(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            # The stop button's interrupt is for this process, which then ends that one.
            start_new_session=True,
        )
        stack.callback(findings.end)
        stack.callback(end_process, process, _GOODBYE_LIMIT)
        said = b""
        try:
            for said in _lines_of(process):
                findings.add(said)
        except TimeoutError:
            return _unfinished(f"it was not done after {_LIMIT:g} s")
        with contextlib.suppress(subprocess.TimeoutExpired):  # it is ended below
            process.wait(_GOODBYE_LIMIT)
        try:
            return Report.from_json(said.decode(errors="replace"))
        except ValueError:
            errors.seek(0)
            words = errors.read().decode(errors="replace").strip().splitlines()
    return _unfinished(words[-1] if words else f"exit code {process.returncode}")


def _lines_of(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """Yield what the process prints, line by line.

    Raises
    ------
    TimeoutError
        It has not ended after `_LIMIT` seconds.
    """
    printed: queue.Queue[bytes] = queue.Queue(_AHEAD)
    reader = threading.Thread(
        target=_read, args=(process.stdout, printed), name="doctor", daemon=True
    )
    reader.start()
    deadline = time.monotonic() + _LIMIT
    while True:
        try:
            line = printed.get(timeout=max(deadline - time.monotonic(), 0.0))
        except queue.Empty:
            raise TimeoutError from None
        if not line:
            return
        yield line


def _read(stream: IO[bytes], printed: queue.Queue[bytes]) -> None:
    with stream:
        for line in stream:
            printed.put(line)
    printed.put(b"")


def _kernel_with_loop(shell: Any) -> str:
    """Return the name of the kernel around, where a GUI loop runs in it, or ""."""
    kernel: Any = getattr(shell, "kernel", None)
    if kernel is None or getattr(kernel, "eventloop", None) is None:
        return ""
    try:
        file = Path(kernel.parent.abs_connection_file)
        name = json.loads(file.read_text("utf-8"))["kernel_name"]
    except (AttributeError, OSError, ValueError, KeyError, TypeError):
        return ""
    return name if isinstance(name, str) else ""


def _unfinished(reason: str) -> Report:
    line = fault("doctor", reason, "run in a terminal: jlab-qtwindows doctor")
    return Report("", (line,))
