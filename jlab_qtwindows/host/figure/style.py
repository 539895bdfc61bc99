"""What drawing a figure depends on besides the figure: the kernel's settings.

GUI thread only: Matplotlib's settings are global to the process, so a window's own are
put in force before its figure is drawn or saved.
"""

from __future__ import annotations

import contextlib
import locale
from dataclasses import dataclass, field
from typing import Any

import matplotlib as mpl
import matplotlib.dates as mdates
from matplotlib.path import Path

from jlab_qtwindows.protocol.comparison import known_equal

from . import colornames

__all__ = ["Style"]

# What no kernel tells, since artists hold their own, and yet must be one that exists.
_UNTOLD = {"image.cmap": mpl.rcParams["image.cmap"]}

_dates: Any = mdates
_CATEGORIES = locale.LC_TIME, locale.LC_NUMERIC


@dataclass(frozen=True, eq=False)
class Style:
    """A kernel's settings, and what else Matplotlib keeps for a whole process."""

    rc: dict[str, Any] = field(default_factory=dict)
    colors: dict[str, Any] = field(default_factory=dict)  # names unlike Matplotlib's
    unit_rectangle_steps: int = 1  # set by `Axes.bar` on a path that all share
    epoch: str = ""  # from which the numbers of dates count; "" for the setting
    locales: tuple[str, str] = ("C", "C")  # for the words of dates, and for numbers
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
        colornames.apply(self.colors)
        # Not by `set_epoch`, which refuses a second one.
        _dates._epoch = self.epoch or mpl.rcParams["date.epoch"]
        for category, name in zip(_CATEGORIES, self.locales, strict=True):
            if locale.setlocale(category) != name:
                with contextlib.suppress(locale.Error):  # another machine has made it
                    locale.setlocale(category, name)

    def is_in_force(self) -> bool:
        """Return whether all settings are still these; microseconds.

        A library that is imported in the receiver thread may set its own at any time.
        """
        # The values that are there, by the names that we have: compared in C.
        rcparams: Any = mpl.rcParams
        present = {name: dict.get(rcparams, name) for name in self.rc}
        return colornames.are_applied(self.colors) and known_equal(present, self.rc)
