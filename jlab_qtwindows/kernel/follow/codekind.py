"""Whose a piece of code is: Matplotlib's, the program's, or what serves both.

Any thread.
"""

from __future__ import annotations

import enum
import functools
import os
import sysconfig
from pathlib import Path

import matplotlib as mpl
import mpl_toolkits  # type: ignore[import-untyped]
import numpy as np

__all__ = ["Kind", "kind_of"]


class Kind(enum.Enum):
    """What a call on a stack means for the figures."""

    MATPLOTLIB = enum.auto()  # it may be in the middle of a change
    DISPATCHER = enum.auto()  # of Matplotlib, too; it is not while it calls the program
    DRAWING = enum.auto()  # of Matplotlib, too; it works on one figure only
    FILMING = enum.auto()  # both: it draws one figure, and calls the program in between
    PROGRAM = enum.auto()
    PLUMBING = enum.auto()  # Matplotlib itself calls it, and the program does


def _folders(*roots: str | Path) -> tuple[str, ...]:
    # As imported and as resolved: code objects keep the path by which they were
    # imported, which may lead through a link (lib64, a home directory).
    return tuple(
        f"{path}{os.sep}"
        for root in roots
        for path in (Path(root), Path(root).resolve())
    )


_MATPLOTLIB = _folders(Path(mpl.__file__).parent, *mpl_toolkits.__path__)
_SITE = _folders(sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))
_PLUMBING = (
    *_folders(Path(np.__file__).parent, Path(__file__).parents[2]),
    "<frozen ",  # imports
)
_STDLIB = _folders(sysconfig.get_path("stdlib"))

# By file, the functions that run callbacks when their own work is done, or before it
# begins: those of widgets and tools, of timers and animations, of events and picks. Not
# among them is what changes limits or draws, which runs callbacks in the middle.
_DISPATCHERS = {
    "animation.py": None,  # all of them
    "backend_bases.py": {"_mouse_handler", "_on_timer", "_process", "trigger_tool"},
    "backend_managers.py": None,
    "backend_tools.py": {"disable", "enable", "trigger"},
    "cbook.py": {"process"},
    "widgets.py": None,
}
# By file, what draws or saves a figure: the one that it is a method of, or its `fig`.
_DRAWINGS = {
    "backend_agg.py": {"draw"},
    "backend_bases.py": {"draw_idle", "print_figure"},
    "figure.py": {"savefig"},
    "pyplot.py": {"savefig"},
}
_FILMINGS = {"animation.py": {"save"}}  # which ends by waiting for another program
_PICK = "pick"  # of artists, Axes and figures, which ask their children in turn


@functools.lru_cache(maxsize=16_384)
def kind_of(filename: str, name: str) -> Kind:
    """Return whose the function `name` of this file is."""
    if filename.startswith(_MATPLOTLIB):
        file = Path(filename).name
        if name in _DRAWINGS.get(file, set()):
            return Kind.DRAWING
        if name in _FILMINGS.get(file, set()):
            return Kind.FILMING
        names = _DISPATCHERS.get(file, set())
        dispatches = names is None or name in names or name == _PICK
        return Kind.DISPATCHER if dispatches else Kind.MATPLOTLIB
    if filename.startswith(_PLUMBING):
        return Kind.PLUMBING
    if filename.startswith(_STDLIB) and not filename.startswith(_SITE):
        return Kind.PLUMBING
    return Kind.PROGRAM
