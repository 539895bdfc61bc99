"""Fonts that a kernel's program has added to Matplotlib's list, added to ours.

Receiver thread, once for each set of settings that a kernel sends. All windows share
one list: a font stays in it, and a font of the same name in two kernels is the first's.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any

from matplotlib import font_manager
from matplotlib.font_manager import FontEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["add_fonts", "generation"]

Entry = dict[str, Any]  # the fields of a `FontEntry`

_generation = 0


def generation() -> int:
    """Return what is another number once fonts have been added; any thread."""
    return _generation


def add_fonts(first: Sequence[Entry], last: Sequence[Entry]) -> str:
    """Add what the list lacks; return in words which fonts cannot be had here."""
    manager: Any = font_manager.fontManager
    fonts: list[Any] = manager.ttflist
    lacking: list[str] = []

    def missing(entries: Sequence[Entry]) -> list[Any]:
        found = []
        for entry in entries:
            font = FontEntry(**entry)
            if not os.access(font.fname, os.R_OK):
                lacking.append(f"{font.name} ({font.fname})")
            elif font not in fonts:
                found.append(font)
        return found

    before, after = missing(first), missing(last)
    if before or after:
        fonts[:0] = before
        fonts += after
        with contextlib.suppress(AttributeError):  # a private name
            manager._findfont_cached.cache_clear()  # it remembers what it has not found
        global _generation
        _generation += 1  # only now are they found
    if not lacking:
        return ""
    return f"shown without fonts whose files cannot be read: {', '.join(lacking)}"
