"""Writes docs/libraries.md and the line at the end of a run."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from catalogue import LIBRARIES, Library
from environment import ROOT, Environment, normalized
from script import FigureResult, ScriptResult
from verdict import Judged, Verdict, judge
from work import WorkResult

PAGE = ROOT / "docs" / "libraries.md"
HEAD = Path(__file__).with_name("head.md")

_WAYS = {"mirror": "mirror", "mirror-by-value": "by value", "frames": "frames"}
_LONGEST_REASON = 160  # characters


@dataclass(frozen=True)
class Run:
    """All that was found; `beside` and `without` by library."""

    environment: Environment
    beside: dict[str, ScriptResult]  # the host has the libraries
    without: dict[str, ScriptResult]  # the host has none of them
    works: list[WorkResult] = field(default_factory=list)


def summary(run: Run) -> str:
    """Return the run in one line."""
    parts = []
    for label, results in (
        ("host without the libraries", run.without),
        ("host with them", run.beside),
    ):
        figures = [figure for result in results.values() for figure in result.figures]
        ways = Counter(_way(figure) for figure in figures)
        good = sum(map(_is_identical, figures))
        listed = ", ".join(f"{count} {way}" for way, count in sorted(ways.items()))
        parts.append(f"{label}: {good} of {len(figures)} identical ({listed})")
    working = sum(work.works for work in run.works)
    ran = [result for result in run.without.values() if result.figures]
    figures = sum(len(result.figures) for result in ran)
    return (
        f"{len(ran)} libraries, {figures} figures: {'; '.join(parts)}; "
        f"{working} of {len(run.works)} interactive ones as with Qt"
    )


def is_good(run: Run) -> bool:
    """Return whether all scripts ran, figures are as they should, works work."""
    results = [*run.beside.values(), *run.without.values()]
    fine = Verdict.IDENTICAL, Verdict.EXPLAINED
    return all(
        not result.error
        and all(_judged(figure).verdict in fine for figure in result.figures)
        for result in results
    ) and all(work.works for work in run.works)


def write(run: Run) -> None:
    """Write the page."""
    versions = run.environment.version
    lines = [
        HEAD.read_text(encoding="utf-8"),
        "## Results\n",
        f"{datetime.date.today():%B %Y}, Matplotlib {versions('matplotlib')}, NumPy "
        f"{versions('numpy')}, ipykernel {versions('ipykernel')}, PyQt5.\n",
        summary(run) + ".\n",
        "| library | version | host without it | host with it | identical | "
        "interactive | notes |",
        "|---|---|---|---|---|---|---|",
        *(_row(library, run) for library in LIBRARIES),
        "",
        *_work_lines(run.works),
    ]
    PAGE.write_text("\n".join(lines), encoding="utf-8")


def _row(library: Library, run: Run) -> str:
    name = normalized(library.requirement)
    if name in run.environment.failures:
        why = _cell(run.environment.failures[name])
        return f"| {library.name} | - | | | | | could not be installed: {why} |"
    without, beside = run.without.get(library.name), run.beside.get(library.name)
    cells = (
        library.name,
        run.environment.version(name),
        _ways(without),
        _ways(beside),
        _identical(without, beside),
        _interactive(library, run.works),
        _notes(library, without, beside),
    )
    return f"| {' | '.join(cells)} |"


def _ways(result: ScriptResult | None) -> str:
    if result is None:
        return "not run"
    counts = Counter(_way(figure) for figure in result.figures)
    return ", ".join(f"{count} {way}" for way, count in counts.items()) or "no figure"


def _identical(*results: ScriptResult | None) -> str:
    figures = [figure for result in results if result for figure in result.figures]
    judged = list(map(_judged, figures))
    bad = [each for each in judged if each.verdict is not Verdict.IDENTICAL]
    if not bad:
        return "yes" if figures else ""
    words = dict.fromkeys(
        f"figure {each.figure.num}, {each.reason or _pixels(each.figure)}"
        for each in bad
    )
    good = all(each.verdict is Verdict.EXPLAINED for each in bad)
    return ("explained: " if good else "**no**: ") + "; ".join(words)


def _judged(figure: FigureResult) -> Judged:
    """Judge; a frame was drawn before the plain pictures, and cannot be again."""
    found, difference = judge(figure), figure.difference
    moves = figure.transfer == "frames" and 2 * difference.moved > difference.pixels
    if found.verdict is not Verdict.WRONG or not moves:
        return found
    reason = f"its layout moves with every drawing: {difference.moved} px"
    return Judged(figure, Verdict.EXPLAINED, reason)


def _pixels(figure: FigureResult) -> str:
    difference = figure.difference
    return f"{difference.pixels} px by at most {difference.greatest} of 255"


def _interactive(library: Library, works: Iterable[WorkResult]) -> str:
    found = [work for work in works if work.library == library.name]
    if not found:
        return ""
    return "as with Qt" if all(work.works for work in found) else "**differs**, below"


def _notes(library: Library, *results: ScriptResult | None) -> str:
    notes = [library.note] if library.note else []
    notes += [result.error for result in results if result and result.error]
    reasons = [
        figure.travels
        for result in results
        if result
        for figure in result.figures
        if figure.travels
    ]
    notes += [f"“{reason[:_LONGEST_REASON]}”" for reason in dict.fromkeys(reasons)]
    return _cell("; ".join(dict.fromkeys(notes)))


def _work_lines(works: list[WorkResult]) -> list[str]:
    if not works:
        return []
    lines = [
        "## A user's work\n",
        "| work | what the program learnt with QtAgg | with ours |",
        "|---|---|---|",
    ]
    for work in works:
        right = "; ".join(f"{name}: {value}" for name, value in work.right.items())
        ours = "the same" if work.works else f"**{work.error or work.different}**"
        lines.append(f"| {work.name} | {_cell(right)} | {_cell(ours)} |")
    return [*lines, ""]


def _way(figure: FigureResult) -> str:
    return _WAYS.get(figure.transfer, figure.transfer or "nothing")


def _is_identical(figure: FigureResult) -> bool:
    return figure.difference.identical and not figure.problem


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
