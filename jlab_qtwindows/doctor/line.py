"""What a check has found. Any process; standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["LEVELS", "OWN_FAULT", "Level", "Line", "fault", "ok", "warning"]

# What a user can do about what only a change of this package can mend.
OWN_FAULT = "install the newest jlab-qtwindows; keep this report for who looks into it"

Level = Literal["ok", "info", "warning", "fault"]
LEVELS: tuple[Level, ...] = ("ok", "info", "warning", "fault")


@dataclass(frozen=True)
class Line:
    """One finding, and what to do about it where it is not as it should be.

    The level "info" is for what is not, and does not matter to most users.
    """

    level: Level
    subject: str
    finding: str
    remedy: str = ""


def ok(subject: str, finding: str) -> Line:
    """Return a line about something that is as it should be, or cannot matter."""
    return Line("ok", subject, finding)


def warning(subject: str, finding: str, remedy: str) -> Line:
    """Return a line about something that works less well than it could."""
    return Line("warning", subject, finding, remedy)


def fault(subject: str, finding: str, remedy: str) -> Line:
    """Return a line about something that does not work."""
    return Line("fault", subject, finding, remedy)
