"""The doctor's findings as a table, as JSON, and in a cell. Any process.

The JSON is what the REST API and `--json` give: `format`, `version` of this package,
the numbers of faults and warnings, and the lines.
"""

from __future__ import annotations

import html
import json
from dataclasses import asdict, dataclass
from typing import Any

from .line import LEVELS, Line
from .table import Table

__all__ = ["Report"]

FORMAT = 1  # a new number where a reader of the JSON would be misled


@dataclass(frozen=True)
class Report:
    """All lines, in the order in which things were looked at."""

    version: str
    lines: tuple[Line, ...]

    @property
    def faults(self) -> int:
        """How many things do not work."""
        return self._count("fault")

    @property
    def warnings(self) -> int:
        """How many things work less well than they could."""
        return self._count("warning")

    def to_json(self) -> str:
        """Return the report as one line of JSON."""
        return json.dumps(
            {
                "format": FORMAT,
                "version": self.version,
                "faults": self.faults,
                "warnings": self.warnings,
                "lines": [asdict(line) for line in self.lines],
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Report:
        """Return the report that `to_json` wrote.

        Raises
        ------
        ValueError
            It is no report of this format.
        """
        data: Any = json.loads(text)
        try:
            if data["format"] != FORMAT:
                raise ValueError(f"a report of format {data['format']}, not {FORMAT}")
            lines = tuple(Line(**line) for line in data["lines"])
            if any(line.level not in LEVELS for line in lines):
                raise ValueError("a line of an unknown level")
            return cls(data["version"], lines)
        except (KeyError, TypeError) as error:
            raise ValueError(f"no report: {error!r}") from error

    def to_text(self, *, width: int = 0, colours: bool = False, foot: str = "") -> str:
        """Return an aligned table, folded to `width` columns where that is given.

        Below it comes `foot`, the outcome by default.
        """
        subjects = (line.subject for line in self.lines)
        table = Table(subjects, width=width, colours=colours)
        rows = [row for line in self.lines for row in table.rows(line)]
        return "\n".join([*rows, "", foot or self.summary()])

    def summary(self) -> str:
        """Return the outcome in words."""
        faults, warnings = self.faults, self.warnings
        if not faults and not warnings:
            return "Everything is as it should be."
        return f"{_number(faults, 'fault')}, {_number(warnings, 'warning')}."

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return self.html(self.summary())

    def html(self, foot: str) -> str:
        """Return the table for a notebook, with `foot` below it."""
        body = "".join(
            f"<tr>{_cells('td', line.level, line.subject, line.finding, line.remedy)}"
            "</tr>"
            for line in self.lines
        )
        head = _cells("th", "", "what", "finding", "remedy")
        return f"<table><tr>{head}</tr>{body}</table><p>{html.escape(foot)}</p>"

    def _count(self, level: str) -> int:
        return sum(line.level == level for line in self.lines)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _cells(tag: str, *texts: str) -> str:
    style = ' style="text-align:left"'
    return "".join(f"<{tag}{style}>{html.escape(text)}</{tag}>" for text in texts)
