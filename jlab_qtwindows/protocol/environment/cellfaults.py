"""What the versions of ipykernel do wrong while a GUI loop runs in the kernel.

Any process: the guard acts on it, the doctor tells of it.
"""

from __future__ import annotations

import re
from enum import Enum

__all__ = ["CellFault", "cell_fault", "version_numbers"]


class CellFault(Enum):
    """What goes wrong; the value goes on from "ipykernel X with a GUI loop".

    Source: ipykernel's issues 1202 (fixed in 6.29.3) and 1454, and our own measurements
    of 7.1 to 7.4.
    """

    NONE = ""
    REFUSES = "aborts the cell that is run after an error"
    EMPTY_WINDOWS = "does not draw the windows"
    LOSES = "leaves requests lying: cells stay at [*]"
    UNKNOWN = "may leave requests lying"  # newer than what was measured

    @property
    def is_known(self) -> bool:
        """Whether it was seen, in us or others."""
        return self not in (CellFault.NONE, CellFault.UNKNOWN)


# The first version of each fault; it lasts until the next line.
_FIRST_VERSIONS = (
    ((7, 5), CellFault.UNKNOWN),
    ((7, 1), CellFault.LOSES),
    ((7,), CellFault.EMPTY_WINDOWS),
    ((6, 29, 3), CellFault.NONE),
    ((0,), CellFault.REFUSES),
)


def cell_fault(ipykernel: str) -> CellFault:
    """Return what this version of ipykernel does wrong; NONE for no version at all."""
    numbers = version_numbers(ipykernel)
    return next(
        (fault for first, fault in _FIRST_VERSIONS if numbers >= first), CellFault.NONE
    )


def version_numbers(version: str) -> tuple[int, ...]:
    """Return the numbers a version begins with: (7, 1, 0) of "7.1.0a1"."""
    match = re.match(r"\d+(\.\d+)*", version)
    return tuple(map(int, match[0].split("."))) if match else ()
