"""What matters only to kernels in which a GUI loop runs.

Where this package shows the windows hardly anybody runs one. So a finding about it is
information, unless such a kernel is known: that of `qtw.doctor()`, or one of which the
guard in JupyterLab knows. Any thread of the doctor's process.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .line import Line

__all__ = ["as_they_matter"]

_ONLY = "matters only where %matplotlib qt or the like is used"


def as_they_matter(lines: Iterable[Line], *, loop_is_used: bool) -> Iterator[Line]:
    """Return lines about a GUI loop: as information, where none is known to be used."""
    for line in lines:
        if loop_is_used or line.level == "ok":
            yield line
        else:
            yield replace(line, level="info", finding=f"{line.finding} ({_ONLY})")
