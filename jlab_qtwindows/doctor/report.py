"""The doctor's findings as a table, as JSON, and in a cell. Any process.

The JSON is what the REST API and `--json` give: `format`, `version` of this package,
the numbers of faults and warnings, and the lines.
"""

from __future__ import annotations

import html
import json
import textwrap
from dataclasses import asdict, dataclass
from typing import Any

from .line import LEVELS, Line

__all__ = ["Report"]

FORMAT = 1  # a new number where a reader of the JSON would be misled

_COLOURS = {"ok": "32", "warning": "33", "fault": "31"}  # of a terminal
_NARROWEST = 30  # columns for a finding on a small terminal


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

    def to_text(self, *, width: int = 0, colours: bool = False) -> str:
        """Return an aligned table, folded to `width` columns where that is given."""
        subjects = max((len(line.subject) for line in self.lines), default=0)
        margin = len("warning") + 2 + subjects + 2
        room = max(width - margin, _NARROWEST) if width else 0
        rows = []
        for line in self.lines:
            texts = _fold(line.finding, room)
            texts += _fold(line.remedy, room, "remedy: ") if line.remedy else []
            level = line.level.ljust(len("warning"))
            if colours:
                level = f"\x1b[{_COLOURS[line.level]}m{level}\x1b[0m"
            rows.append(f"{level}  {line.subject.ljust(subjects)}  {texts[0]}")
            rows += [" " * margin + text for text in texts[1:]]
        return "\n".join([*rows, "", self.summary()])

    def summary(self) -> str:
        """Return the outcome in words."""
        faults, warnings = self.faults, self.warnings
        if not faults and not warnings:
            return "Everything is as it should be."
        return f"{_number(faults, 'fault')}, {_number(warnings, 'warning')}."

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        body = "".join(
            f"<tr>{_cells('td', line.level, line.subject, line.finding, line.remedy)}"
            "</tr>"
            for line in self.lines
        )
        head = _cells("th", "", "what", "finding", "remedy")
        return (
            f"<table><tr>{head}</tr>{body}</table><p>{html.escape(self.summary())}</p>"
        )

    def _count(self, level: str) -> int:
        return sum(line.level == level for line in self.lines)


def _fold(text: str, room: int, label: str = "") -> list[str]:
    if not room:
        return [label + text]
    return textwrap.wrap(
        label + text,
        room,
        subsequent_indent=" " * len(label),
        break_on_hyphens=False,
    )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _cells(tag: str, *texts: str) -> str:
    style = ' style="text-align:left"'
    return "".join(f"<{tag}{style}>{html.escape(text)}</{tag}>" for text in texts)
