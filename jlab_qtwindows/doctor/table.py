"""Lines as rows of a table of text, one after the other. Any process."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .line import Line

__all__ = ["Table"]

_COLOURS = {"ok": "32", "info": "36", "warning": "33", "fault": "31"}  # of a terminal
_LEVEL = len("warning")
_NARROWEST = 30  # columns for a finding on a small terminal


class Table:
    """Aligns its rows for these subjects; folds them to `width` columns, if not 0."""

    def __init__(
        self, subjects: Iterable[str], *, width: int = 0, colours: bool = False
    ) -> None:
        self._colours = colours
        self._subject = max(map(len, subjects), default=0)
        self._margin = _LEVEL + 2 + self._subject + 2
        self._room = max(width - self._margin, _NARROWEST) if width else 0

    def rows(self, line: Line) -> list[str]:
        """Return the rows of text for a line."""
        texts = self._fold(line.finding)
        texts += self._fold(line.remedy, "remedy: ") if line.remedy else []
        level = line.level.ljust(_LEVEL)
        if self._colours:
            level = f"\x1b[{_COLOURS[line.level]}m{level}\x1b[0m"
        first = f"{level}  {line.subject.ljust(self._subject)}  {texts[0]}"
        return [first, *(" " * self._margin + text for text in texts[1:])]

    def _fold(self, text: str, label: str = "") -> list[str]:
        if not self._room:
            return [label + text]
        return textwrap.wrap(
            label + text,
            self._room,
            subsequent_indent=" " * len(label),
            break_on_hyphens=False,
        )
