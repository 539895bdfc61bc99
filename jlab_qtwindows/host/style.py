"""What drawing a figure depends on besides the figure: the kernel's settings.

GUI thread only: Matplotlib's settings are global to the process, so a window's own are
put in force before its figure is drawn or saved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import matplotlib as mpl
from matplotlib.path import Path

__all__ = ["Style"]

# What no kernel tells, since artists hold their own, and yet must be one that exists.
_UNTOLD = {"image.cmap": mpl.rcParams["image.cmap"]}


@dataclass(frozen=True, eq=False)
class Style:
    """rcParams and the one piece of state that `Axes.bar` keeps in a shared path."""

    rc: dict[str, Any] = field(default_factory=dict)
    unit_rectangle_steps: int = 1
    note: str = ""  # what of it cannot be had here, in words

    def apply(self) -> None:
        """Put these settings in force for this process.

        Each time, which takes microseconds: a library that comes with a figure may have
        set its own when it was imported here.
        """
        # The values come out of another RcParams: they have been validated there, and
        # validating 300 of them again would cost more than drawing a small figure.
        for settings in (_UNTOLD, self.rc):
            dict.update(mpl.rcParams, settings)  # type: ignore[misc]
        shared: Any = Path.unit_rectangle()
        shared._interpolation_steps = self.unit_rectangle_steps

    def is_in_force(self) -> bool:
        """Return whether all settings are still these; microseconds.

        A library that is imported in the receiver thread may set its own at any time.
        """
        present = dict.items(mpl.rcParams)
        return all(item in present for item in self.rc.items())
