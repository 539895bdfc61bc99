"""All checks: what is quick at once, what is slow a few at a time, in threads.

A check that fails itself becomes a line and keeps no other from being made. The main
thread of the doctor's process makes the quick ones and tells all findings.
"""

from __future__ import annotations

import os
import queue
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import jlab_qtwindows
from jlab_qtwindows.protocol.meeting.connection import CONNECTION_VARIABLE

from .cellrunning import check_cell_running
from .child import NoAnswer
from .display import check_display
from .environments import Environment, look_into
from .extensions import check_extensions
from .guiloops import as_they_matter
from .kernelspecs import Kernel, NoJupyterClient, kernel_names, look_at
from .libraries import check_libraries
from .line import OWN_FAULT, Line, fault, warning
from .privatenames import check_names_here, check_names_of
from .report import Report
from .roundtrip import check_round_trip
from .runtimefiles import check_runtime_files
from .started import started
from .versions import check_frames, check_here, check_kernel
from .windowhost import WindowHosts
from .windowmanager import check_window_manager

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .progress import Listener

__all__ = ["Wishes", "examine"]

PATIENCE = 240.0  # s, after which no further kernel is started
_AT_ONCE = 3  # slow checks; more would only measure how slow each other makes them

_SUBJECTS = (
    "this environment",
    "server extension",
)  # the longest that there always are


@dataclass(frozen=True)
class Wishes:
    """What the user wants to be looked at."""

    kernels: tuple[str, ...] = ()  # names; all of them if empty
    quick: bool = False  # leave out what takes longest: the faults of cell running
    patience: float = PATIENCE
    gui_loops: tuple[str, ...] = ()  # names of kernels in which one is known to run


def examine(wishes: Wishes, listener: Listener) -> Report:
    """Make all checks; `listener` hears of each finding as soon as there is one."""
    try:
        version = jlab_qtwindows.__version__
    except ImportError:  # run from a folder, not installed
        version = ""
    return Report(version, tuple(_Examination(wishes, listener).lines()))


@dataclass(eq=False)
class _Check:
    """Something slow that is looked at; its lines come one by one."""

    subject: str
    find: Callable[[], Iterable[Line]]
    lines: list[Line] = field(default_factory=list)
    begun: bool = False
    done: bool = False


class _Examination:
    def __init__(self, wishes: Wishes, listener: Listener) -> None:
        self._wishes = wishes
        self._listener = listener
        self._deadline = time.monotonic() + wishes.patience
        # What the threads have to tell: False when a check begins, True at its end.
        self._news: queue.SimpleQueue[tuple[_Check, Line | bool]] = queue.SimpleQueue()
        self._kernels: list[Kernel] = []

    def lines(self) -> list[Line]:
        """Return all lines, in an order that does not depend on what was slow."""
        names: list[str] = []
        unseen: list[Line] = []
        try:
            names = kernel_names(self._wishes.kernels)
            unseen = list(self._unknown(names))
        except NoJupyterClient as error:
            remedy = (
                "run the doctor also in the environment in which Jupyter is started"
            )
            unseen = [warning("kernels", f"not looked at: {error}", remedy)]
        environ = dict(os.environ)
        subjects = [*_SUBJECTS, *(f"kernel {name}" for name in names)]
        if environ.get(CONNECTION_VARIABLE):
            subjects.append("window process of this server")
        self._listener.begin(subjects)
        self._listener.looking_at(["this environment"])
        try:
            here = look_into()
        except NoAnswer as error:
            words = f"{sys.executable}: {error}"
            return self._tell([fault("this environment", words, OWN_FAULT)])
        hosts = WindowHosts(here, environ)
        found = [
            line
            for lines in (
                self._checked("versions", check_here, here),
                self._checked("display", check_display, environ),
                self._checked("connection file", check_runtime_files, environ),
            )
            for line in self._tell(lines)
        ]
        host = self._slow("window process", hosts.check)
        others = [
            self._slow("extensions", check_extensions),
            self._slow("Qt's libraries", check_libraries, here),
            self._slow("private names", check_names_here, here),
            self._slow("window manager", check_window_manager, environ),
        ]
        kernels = [
            self._slow(f"kernel {name}", self._kernel, name, here) for name in names
        ]
        self._run([host, *others, *kernels])  # the longest waits begin first
        found += (line for check in [*others, host] for line in check.lines)
        found += self._tell(unseen)
        found += (line for check in kernels for line in check.lines)
        for kernel in sorted(self._kernels, key=lambda kernel: kernel.name):
            found += self._tell(check_frames(kernel, hosts.versions))
        return found

    def _run(self, checks: Sequence[_Check]) -> None:
        """Make these checks, a few at a time, and tell what they find."""
        pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="doctor")
        try:
            for check in checks:
                pool.submit(self._work, check)
            while not all(check.done for check in checks):
                check, news = self._news.get()
                if isinstance(news, Line):
                    check.lines += self._tell([news])
                    continue
                check.begun, check.done = True, news
                looking = [c.subject for c in checks if c.begun and not c.done]
                self._listener.looking_at(looking)
        except BaseException:
            started.end_all()
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    def _work(self, check: _Check) -> None:
        """Make one check, in a thread of the pool."""
        self._news.put((check, False))
        try:
            for line in check.find():
                self._news.put((check, line))
        finally:
            self._news.put((check, True))

    def _tell(self, lines: Iterable[Line]) -> list[Line]:
        told = list(lines)
        for line in told:
            self._listener.found(line)
        return told

    def _unknown(self, names: list[str]) -> Iterator[Line]:
        for name in self._wishes.kernels:
            if name not in names:
                yield fault(
                    f"kernel {name}",
                    "there is none of this name",
                    "jupyter kernelspec list",
                )
        if not names and not self._wishes.kernels:
            yield fault("kernels", "none is installed", "pip install ipykernel")

    # -- in a thread of the pool ---------------------------------------------------

    def _kernel(self, name: str, here: Environment) -> Iterator[Line]:
        """Look at a kernel, and start it if there is time."""
        used = name in self._wishes.gui_loops
        kernel = look_at(name)
        self._kernels.append(kernel)

        def check_versions(kernel: Kernel) -> Iterator[Line]:
            return check_kernel(kernel, here, loop_is_used=used)

        def check_cells(kernel: Kernel) -> Iterator[Line]:
            return as_they_matter(check_cell_running(kernel), loop_is_used=used)

        yield from self._checked(kernel.subject, check_versions, kernel)
        if kernel.environment is None:
            return
        yield from self._checked(kernel.subject, check_names_of, kernel)
        checks = [check_round_trip]
        if not self._wishes.quick:
            checks.append(check_cells)
        for check in checks:
            if time.monotonic() > self._deadline:
                yield warning(
                    kernel.subject,
                    f"not started: {self._wishes.patience:g} s are over",
                    f"jlab-qtwindows doctor --kernel {kernel.name}",
                )
                return
            failed = False
            for line in self._checked(kernel.subject, check, kernel):
                failed = failed or line.level == "fault"
                yield line
            if failed:
                return

    # -- any thread ----------------------------------------------------------------

    def _slow(
        self, subject: str, check: Callable[..., Iterator[Line]], *arguments: Any
    ) -> _Check:
        return _Check(subject, lambda: self._checked(subject, check, *arguments))

    def _checked(
        self, subject: str, check: Callable[..., Iterator[Line]], *arguments: Any
    ) -> Iterator[Line]:
        try:
            yield from check(*arguments)  # it stays, whatever becomes of the rest
        except Exception as error:  # whatever it is, the others are still wanted
            words = f"{type(error).__name__}: {error}"
            yield fault(subject, f"the doctor's own check failed: {words}", OWN_FAULT)
