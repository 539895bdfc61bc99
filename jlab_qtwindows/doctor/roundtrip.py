"""Check that a kernel starts, and how long a cell takes to the kernel and back.

In a thread of the doctor's pool.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from .kernelsession import KernelFailed, started_kernel
from .line import Line, fault, ok, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .kernelspecs import Kernel

__all__ = ["check_round_trip"]

_CELLS = 10
_SLOW = 0.5  # s; a user notices it at every cell


def check_round_trip(kernel: Kernel) -> Iterator[Line]:
    """Start the kernel and run a few cells that do nothing."""
    started = time.monotonic()
    try:
        with started_kernel(kernel) as session:
            start = time.monotonic() - started
            times = []
            for _ in range(_CELLS):
                sent = time.perf_counter()
                status, error = session.run("pass")
                if status != "ok":
                    yield fault(
                        kernel.subject, f"a cell ends with {status}: {error}", _TERMINAL
                    )
                    return
                times.append(time.perf_counter() - sent)
    except KernelFailed as error:
        yield fault(kernel.subject, f"does not start: {error}", _TERMINAL)
        return
    middle = statistics.median(times)
    finding = f"started in {start:.1f} s, a cell takes {middle * 1000:.1f} ms and back"
    if middle > _SLOW:
        yield warning(kernel.subject, finding, "see what else this machine is doing")
    else:
        yield ok(kernel.subject, finding)


_TERMINAL = "try it in a terminal: jupyter console --kernel NAME"
