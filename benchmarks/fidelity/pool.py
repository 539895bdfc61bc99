"""Scripts in processes of their own, few at a time, each with a time limit.

The parent has Matplotlib loaded and no thread, so that a fork is a fresh interpreter
for the price of some milliseconds.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

LIMIT = 150.0  # s for one script with all that is compared
_TURN = 0.5  # s between two looks at the limits


class Pool:
    """Runs jobs; `on_turn` is called now and then in between."""

    def __init__(self, size: int, on_turn: Callable[[], None]) -> None:
        self._size = size
        self._on_turn = on_turn
        self._context = multiprocessing.get_context("fork")

    def run(
        self, jobs: Iterable[tuple[str, Callable[[], None]]], logs: Path
    ) -> dict[str, str]:
        """Run all jobs; returns by name how those have ended that did not end well."""
        waiting = list(jobs)[::-1]
        running: dict[Any, tuple[str, Any, float]] = {}
        failures = {}
        while waiting or running:
            while waiting and len(running) < self._size:
                name, job = waiting.pop()
                log = logs / f"{name.replace('/', '-')}.log"
                process = self._context.Process(target=_child, args=(job, log))
                process.start()
                running[process.sentinel] = name, process, time.monotonic()
            wait(list(running), _TURN)
            self._on_turn()
            for sentinel, (name, process, started) in list(running.items()):
                if process.is_alive():
                    if time.monotonic() - started < LIMIT:
                        continue
                    process.kill()
                    failures[name] = f"killed after {LIMIT:.0f} s"
                process.join()
                if process.exitcode and name not in failures:
                    failures[name] = f"its process ended with {process.exitcode}"
                del running[sentinel]
        return failures


def _child(job: Callable[[], None], log: Path) -> None:
    with log.open("wb") as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())
    job()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # the window host sees that this kernel is gone; nothing else is open
