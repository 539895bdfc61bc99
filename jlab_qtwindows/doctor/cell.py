"""`qtw.doctor()` in a cell: the checks are made in another process.

In the kernel's own process they would load Qt and Jupyter into it; here they only wait.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile

from .line import fault
from .report import Report

__all__ = ["doctor"]

_LIMIT = 420.0  # s; more than the doctor gives itself
_GOODBYE_LIMIT = 15.0  # s, for ending the kernels that it has started


def doctor(*, kernel: str | None = None, quick: bool = False) -> Report:
    """Check this kernel's environment, this machine, and the installed kernels.

    Takes up to a minute for each kernel, less if `quick`; may be interrupted.

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
    command = [sys.executable, "-m", "jlab_qtwindows.doctor", "--json"]
    if kernel is not None:
        command.append(f"--kernel={kernel}")
    if quick:
        command.append("--quick")
    # Python looks for modules where it starts: not among the person's own files.
    with tempfile.TemporaryDirectory(prefix="qtw-doctor-") as folder:
        process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # The stop button's interrupt is for this process, which then ends that one.
            start_new_session=True,
        )
        try:
            output, errors = process.communicate(timeout=_LIMIT)
        except subprocess.TimeoutExpired:
            return _unfinished(f"it was not done after {_LIMIT:g} s")
        finally:
            _end(process)
    try:
        return Report.from_json(output.decode(errors="replace"))
    except ValueError:
        said = errors.decode(errors="replace").strip().splitlines()
        return _unfinished(said[-1] if said else f"exit code {process.returncode}")


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GOODBYE_LIMIT)
        process.kill()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
    process.wait()


def _unfinished(reason: str) -> Report:
    line = fault("doctor", reason, "run in a terminal: jlab-qtwindows doctor")
    return Report("", (line,))
