"""What is to be made of each script and figure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from script import FigureResult, ScriptResult

# Figures that differ for a reason that has been looked into, by script.
KNOWN_REASONS: dict[str, str] = {}

# Scripts that end otherwise here than in a user's hands.
KNOWN_ERRORS = {
    "examples/event_handling/ginput_manual_clabel_sgskip.py": "waits for a user",
}


class Verdict(Enum):
    """Of one figure."""

    IDENTICAL = "pixel-identical"
    EXPLAINED = "different, with a reason"
    WRONG = "silently wrong"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class Judged:
    """A figure, and why it is not identical."""

    figure: FigureResult
    verdict: Verdict
    reason: str = ""


def judge(figure: FigureResult) -> Judged:
    """Return what is to be made of a figure."""
    difference = figure.difference
    if figure.problem:
        return Judged(figure, Verdict.NOT_SHOWN, figure.problem)
    if difference.identical:
        return Judged(figure, Verdict.IDENTICAL)
    reason = KNOWN_REASONS.get(figure.script, "")
    if not reason and difference.pixels <= difference.moved:
        reason = (
            f"its layout moves with every drawing: {difference.moved} px "
            "between two plain ones"
        )
    return Judged(figure, Verdict.EXPLAINED if reason else Verdict.WRONG, reason)


def explain(result: ScriptResult) -> str:
    """Return why a script failed, where that is not the backend's doing, else ""."""
    if result.script in KNOWN_ERRORS:
        return KNOWN_ERRORS[result.script]
    if result.error.startswith("ModuleNotFoundError"):
        return f"needs {result.error.split()[-1]}, which is not installed"
    if result.fails_plainly:
        return f"fails with Agg alone as well: {result.error}"
    return ""
