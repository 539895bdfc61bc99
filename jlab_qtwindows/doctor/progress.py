"""Who hears of the doctor's findings while it looks for them. Main thread only."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from .table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .line import Line
    from .report import Report

__all__ = ["JsonLines", "Listener", "Nobody", "Printed"]


class Listener(Protocol):
    """Is told of each step, and at last given the report."""

    def begin(self, subjects: Sequence[str]) -> None:
        """Hear what lines will be about, for the width of a column."""

    def looking_at(self, subjects: Sequence[str]) -> None:
        """Hear what is being looked at now."""

    def found(self, line: Line) -> None:
        """Hear of a finding."""

    def end(self, report: Report | None) -> None:
        """Take the whole report; None where there is none."""


class Nobody:
    """Waits for the report and prints it as one line of JSON."""

    def begin(self, subjects: Sequence[str]) -> None:
        """Do nothing."""

    def looking_at(self, subjects: Sequence[str]) -> None:
        """Do nothing."""

    def found(self, line: Line) -> None:
        """Do nothing."""

    def end(self, report: Report | None) -> None:
        """Print it."""
        if report is not None:
            _write(sys.stdout, f"{report.to_json()}\n")


class JsonLines(Nobody):
    """Prints each step as a line of JSON, and the report as the last one."""

    def looking_at(self, subjects: Sequence[str]) -> None:
        """Print them as `looking`."""
        self._print({"looking": list(subjects)})

    def found(self, line: Line) -> None:
        """Print it as `line`."""
        self._print({"line": asdict(line)})

    def _print(self, step: dict[str, Any]) -> None:
        _write(sys.stdout, f"{json.dumps(step)}\n")


class Printed(Nobody):
    """Prints a table row by row; a terminal also hears what is being looked at."""

    def __init__(self) -> None:
        self._transient = sys.stderr.isatty()
        self._table = Table(())
        self._looking = ""

    def begin(self, subjects: Sequence[str]) -> None:
        """Lay out the table."""
        terminal = sys.stdout.isatty()
        self._table = Table(
            subjects,
            width=shutil.get_terminal_size().columns if terminal else 0,
            colours=terminal and "NO_COLOR" not in os.environ,
        )

    def looking_at(self, subjects: Sequence[str]) -> None:
        """Show them in one line, which the next row takes the place of."""
        self._looking = f"Looking at: {', '.join(subjects)} ..." if subjects else ""
        self._show_looking()

    def found(self, line: Line) -> None:
        """Print its rows."""
        self._clear()
        _write(sys.stdout, "".join(f"{row}\n" for row in self._table.rows(line)))
        self._show_looking()

    def end(self, report: Report | None) -> None:
        """Print the outcome."""
        self._clear()
        if report is not None:
            _write(sys.stdout, f"\n{report.summary()}\n")

    def _show_looking(self) -> None:
        if self._transient:
            # A line that is folded could not be cleared.
            room = max(shutil.get_terminal_size().columns - 1, 20)
            _write(sys.stderr, f"\r\x1b[K{self._looking[:room]}")

    def _clear(self) -> None:
        if self._transient:
            _write(sys.stderr, "\r\x1b[K")


def _write(stream: TextIO, text: str) -> None:
    stream.write(text)
    stream.flush()
