"""Which versions must agree for a figure to travel as itself. Any process."""

from __future__ import annotations

from typing import TypedDict

__all__ = ["Versions", "difference"]


class Versions(TypedDict):
    """What must match for a pickle to be readable in the host."""

    python: str
    matplotlib: str
    numpy: str


def difference(kernel: Versions, host: Versions) -> str:
    """Return why figures must travel as frames, in words; "" where they need not.

    Pickles of figures cross neither minor versions of Matplotlib nor of Python
    (by-value code objects), nor major versions of numpy.
    """
    for name, here, there, digits in (
        ("Python", kernel["python"], host["python"], 2),
        ("Matplotlib", kernel["matplotlib"], host["matplotlib"], 2),
        ("numpy", kernel["numpy"], host["numpy"], 1),
    ):
        if here.split(".")[:digits] != there.split(".")[:digits]:
            return f"the kernel has {name} {here}, the window process {there}"
    return ""
