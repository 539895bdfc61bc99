"""All checks in their order. In the doctor's own process, one after the other.

A check that fails itself becomes a line and keeps no other from being made.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jlab_qtwindows

from .cellrunning import check_cell_running
from .child import NoAnswer
from .display import check_display
from .environments import look_into
from .extensions import check_extensions
from .kernelspecs import Kernel, NoJupyterClient, installed_kernels
from .libraries import check_libraries
from .line import Line, fault, warning
from .report import Report
from .roundtrip import check_round_trip
from .runtimefiles import check_runtime_files
from .versions import check_here, check_kernel
from .windowhost import WindowHosts
from .windowmanager import check_window_manager

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Wishes", "examine"]

PATIENCE = 240.0  # s, after which no further kernel is started


@dataclass(frozen=True)
class Wishes:
    """What the person wants to be looked at."""

    kernels: tuple[str, ...] = ()  # names; all of them if empty
    quick: bool = False  # leave out what takes longest: the faults of cell running
    patience: float = PATIENCE


def examine(wishes: Wishes, tell: Callable[[str], None]) -> Report:
    """Make all checks; `tell` hears what is being looked at."""
    try:
        version = jlab_qtwindows.__version__
    except ImportError:  # run from a folder, not installed
        version = ""
    examination = _Examination(wishes, tell)
    return Report(version, tuple(examination.lines()))


class _Examination:
    def __init__(self, wishes: Wishes, tell: Callable[[str], None]) -> None:
        self._wishes = wishes
        self._tell = tell
        self._deadline = time.monotonic() + wishes.patience

    def lines(self) -> Iterator[Line]:
        self._tell("this environment")
        try:
            here = look_into()
        except NoAnswer as error:
            yield fault("this environment", f"{sys.executable}: {error}", _REPORT)
            return
        environ = dict(os.environ)
        hosts = WindowHosts(here, environ)
        yield from self._checked("versions", check_here, here)
        yield from self._checked("extensions", check_extensions)
        yield from self._checked("display", check_display, environ)
        yield from self._checked("Qt's libraries", check_libraries, here)
        yield from self._checked("window manager", check_window_manager, environ)
        yield from self._checked("connection file", check_runtime_files, environ)
        yield from self._checked("window process", hosts.check)
        try:
            kernels = installed_kernels(self._wishes.kernels)
        except NoJupyterClient as error:
            yield warning(
                "kernels",
                f"not looked at: {error}",
                "run the doctor in the environment of JupyterLab too",
            )
            return
        yield from self._unknown(kernels)
        for kernel in kernels:
            yield from self._checked(
                kernel.subject, check_kernel, kernel, here, hosts.versions
            )
            if kernel.environment is not None:
                yield from self._run(kernel)

    def _unknown(self, kernels: list[Kernel]) -> Iterator[Line]:
        known = {kernel.name for kernel in kernels}
        for name in self._wishes.kernels:
            if name not in known:
                yield fault(
                    f"kernel {name}",
                    "there is none of this name",
                    "jupyter kernelspec list",
                )
        if not kernels and not self._wishes.kernels:
            yield fault("kernels", "none is installed", "pip install ipykernel")

    def _run(self, kernel: Kernel) -> Iterator[Line]:
        """Start the kernel, if there is time."""
        checks: list[Callable[[Kernel], Iterator[Line]]] = [check_round_trip]
        if not self._wishes.quick:
            checks.append(check_cell_running)
        for check in checks:
            if time.monotonic() > self._deadline:
                yield warning(
                    kernel.subject,
                    f"not started: {self._wishes.patience:g} s are over",
                    f"jlab-qtwindows doctor --kernel {kernel.name}",
                )
                return
            lines = self._checked(kernel.subject, check, kernel)
            yield from lines
            if any(line.level == "fault" for line in lines):
                return

    def _checked(
        self, subject: str, check: Callable[..., Iterator[Line]], *arguments: Any
    ) -> list[Line]:
        self._tell(subject)
        found: list[Line] = []
        try:
            for line in check(*arguments):
                found.append(line)  # it stays, whatever becomes of the rest
        except Exception as error:  # whatever it is, the others are still wanted
            words = f"{type(error).__name__}: {error}"
            failure = f"the doctor's own check failed: {words}"
            found.append(fault(subject, failure, _REPORT))
        return found


_REPORT = "report it to the authors of jlab-qtwindows"
