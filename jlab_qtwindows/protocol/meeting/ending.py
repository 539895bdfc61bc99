"""Ends a process that was started here: by a kernel, or by `qtw.doctor()` in a cell.

Blocks for a limited time, in the thread that calls it; not for an event loop.
"""

from __future__ import annotations

import contextlib
import subprocess

__all__ = ["end_process"]


def end_process(process: subprocess.Popen[bytes], limit: float) -> None:
    """End it: by the end of its standard input or a signal, then by force.

    The signal is for one that has no input of ours. Each may take `limit` seconds, and
    no more: a process in the middle of a system call may stay.
    """
    if process.stdin is not None:
        process.stdin.close()
    elif process.poll() is None:
        process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(limit)
    if process.poll() is None:
        process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(limit)
