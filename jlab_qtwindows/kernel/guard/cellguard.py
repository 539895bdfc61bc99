"""The cell-run guard: no cell is lost or refused because a GUI loop runs in the kernel.

For notebooks that need such a loop (`%matplotlib qt`, `%gui qt`, `tk`); with
`%matplotlib qtwindows` none runs. Needs nothing but the standard library and the kernel
around it. Any thread may switch it; it acts on the kernel's main thread.
"""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass
from typing import Any

from jlab_qtwindows.kernel.process.shell import ipython
from jlab_qtwindows.kernel.process.words import admit
from jlab_qtwindows.protocol.environment.cellfaults import (
    CellFault,
    cell_fault,
    version_numbers,
)

from .guardedloop import GuardedLoop

__all__ = ["GuardState", "guard", "guard_later_loops"]

_RUNS_IN_ASYNCIO = "asyncio"  # `%gui asyncio` is no loop beside the kernel's own


@dataclass(frozen=True)
class GuardState:
    """Whether the guard is on, and why or why not, in words."""

    on: bool
    note: str

    def __repr__(self) -> str:
        return self.note


def guard(on: bool = True) -> GuardState:
    """Keep a GUI loop in this kernel from losing or refusing cells, or stop doing so.

    Until a cell is answered, and while cells behind an error are being refused, the
    loop is not entered. Holds for the loop that runs and for those activated later.

    Three faults of ipykernel are cured by it, all measured with `%matplotlib qt`:

    - up to 6.29.2 the cell after an error is refused (ipykernel issue 1202);
    - 7.1 to 7.4 (and newer, as long as they are built so) leave a request that comes
      close behind another until yet another comes;
    - all of them fall silent for good, now and then, when a request comes at the very
      moment in which the kernel looks for one.

    7.0 cannot be helped: there, and outside of a Jupyter kernel, the call does nothing
    and the value says why.
    """
    global _switched_by_user
    _switched_by_user = True
    return _switch(on)


def guard_later_loops() -> None:
    """Switch the guard on with the backend, unless the user has decided; any thread.

    With `qtwindows` no loop runs, so that there is nothing to guard. But a notebook may
    use `%gui qt` beside it; until then all that this costs is a look at a dictionary.
    """
    if _switched_by_user:
        return
    try:
        _switch(True)
    except Exception:  # plotting must go on
        admit("the cell-run guard could not be switched on", "Cells run without it")


class _Guard:
    """Exchanges ipykernel's loop functions for guarded ones, and back."""

    def __init__(self, kernel: Any, loop_map: dict[str | None, Any]) -> None:
        self.kernel = kernel
        self._loop_map = loop_map
        from .openrequests import OpenRequests  # with asyncio, which every kernel has

        self._requests = OpenRequests(kernel)
        # One for each function: ipykernel compares `kernel.eventloop` with its map.
        self._guarded: dict[Any, GuardedLoop] = {}

    def switch(self, on: bool) -> None:
        """Do so in the main thread, now or as soon as it is there."""
        # `eventloop` schedules calls in asyncio's loop of the thread that sets it.
        if threading.current_thread() is not threading.main_thread():
            self.kernel.io_loop.add_callback(self.switch, on)
            return
        for name, loop in list(self._loop_map.items()):
            if name != _RUNS_IN_ASYNCIO:
                self._loop_map[name] = self._exchanged(loop, on)
        loop = self._exchanged(self.kernel.eventloop, on)
        if loop is not self.kernel.eventloop:
            # ipykernel ends the turns of the one, and begins those of the other.
            self.kernel.eventloop = loop
        if not on:
            self._requests.ignore()

    def _exchanged(self, loop: Any, on: bool) -> Any:
        if isinstance(loop, GuardedLoop):
            return loop if on else loop.loop
        if not on or loop is None or loop is self._loop_map.get(_RUNS_IN_ASYNCIO):
            return loop
        if loop not in self._guarded:
            self._guarded[loop] = GuardedLoop(loop, self._requests)
        return self._guarded[loop]


_guard: _Guard | None = None
_switched_by_user = False


def _switch(on: bool) -> GuardState:
    global _guard
    kernel, obstacle = _kernel_to_guard()
    if kernel is None:
        return GuardState(False, obstacle)
    if _guard is None or _guard.kernel is not kernel:
        _guard = _Guard(kernel, sys.modules["ipykernel.eventloops"].loop_map)
    _guard.switch(on)
    version = _ipykernel_version()
    if on:
        note = f"the cell-run guard is on; ipykernel {version} needs it with a GUI loop"
    else:
        note = "the cell-run guard is off"
    return GuardState(on, note)


def _kernel_to_guard() -> tuple[Any, str]:
    """Return the kernel, or None and why there is nothing to do for it."""
    shell = ipython()
    if shell is None:
        return None, "no cell-run guard: this is no Jupyter kernel, it has no cells"
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return None, "no cell-run guard: IPython in a terminal needs none"
    if getattr(kernel, "shell_stream", None) is None or (
        "ipykernel.eventloops" not in sys.modules
    ):
        return None, "no cell-run guard: this kernel is not one that ipykernel runs"
    version = _ipykernel_version()
    return (None, reason) if (reason := _why_not(version)) else (kernel, "")


def _ipykernel_version() -> str:
    return str(getattr(sys.modules.get("ipykernel"), "__version__", "0"))


def _why_not(version: str) -> str:
    """Return why the guard does not fit an ipykernel, or "" where it is needed."""
    if version_numbers(version) < (6,):
        return (
            f"no cell-run guard: ipykernel {version} is too old for it; "
            "pip install 'ipykernel>=6.29.3,<7' in the kernel's environment"
        )
    if cell_fault(version) is CellFault.EMPTY_WINDOWS:
        return (
            f"no cell-run guard: ipykernel {version} runs cells rightly, but no GUI "
            "loop, so that windows of this process stay empty (ipykernel issue 1454); "
            "pip install 'ipykernel>=7.1' in the kernel's environment, or "
            "%matplotlib qtwindows"
        )
    return ""
