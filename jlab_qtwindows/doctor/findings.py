"""What the doctor has found so far, in the output of the cell that has called it.

Main thread of the kernel.
"""

from __future__ import annotations

import importlib
import json
import time
from typing import Any

from .line import Line
from .progress import Printed
from .report import Report

__all__ = ["Findings"]


class Findings:
    """Shows each step of `--json-lines` as soon as it has come.

    A notebook gets a table that grows; elsewhere one line says what is looked at.
    """

    def __init__(self, shell: Any) -> None:
        self._began = time.monotonic()
        self._lines: list[Line] = []
        self._looking: list[str] = []
        self._whole = False
        self._handle: Any = None
        self._printed: Printed | None = None
        if getattr(shell, "kernel", None) is None:
            self._printed = Printed()
        else:
            show: Any = importlib.import_module("IPython.display").display
            self._handle = show(self._bundle(), raw=True, display_id=True)

    def add(self, said: bytes) -> None:
        """Show what the doctor has printed; anything else is left to others."""
        try:
            step = json.loads(said)
            if "line" in step:
                self._lines.append(Line(**step["line"]))
            elif "looking" in step:
                self._looking = list(step["looking"])
            else:
                self._whole = True
                return
        except (ValueError, TypeError):
            return
        if self._handle is not None:
            self._handle.update(self._bundle(), raw=True)
        elif self._printed is not None:
            self._printed.looking_at(self._looking)

    def end(self) -> None:
        """Make room for the report; where none has come, keep what there is."""
        if self._printed is not None:
            self._printed.end(None)
        if self._handle is None:
            return
        if self._whole:
            words = f"All checks were made in {time.monotonic() - self._began:.0f} s."
            self._handle.update({"text/plain": words}, raw=True)
        else:
            self._looking = []
            self._handle.update(self._bundle("Not finished."), raw=True)

    def _bundle(self, foot: str = "") -> dict[str, str]:
        report = Report("", tuple(self._lines))
        foot = foot or f"Looking at: {', '.join(self._looking) or 'this environment'} …"
        return {"text/plain": report.to_text(foot=foot), "text/html": report.html(foot)}
