"""What drawing depends on and no figure holds: settings, fonts, colors, dates, words.

The thread that takes a snapshot; only one does at a time.
"""

from __future__ import annotations

import locale
import pickle
from typing import Any

import matplotlib as mpl
import matplotlib.dates as mdates
from matplotlib.path import Path

from jlab_qtwindows.protocol.comparison import known_equal

from .colornames import NamedColors
from .fonts import AddedFonts

__all__ = ["Style"]

# Settings of this process that mean nothing, or harm, in the host.
# `image.cmap` may name a colormap that only the program has; artists hold their own.
_LOCAL_SETTINGS = frozenset(
    {
        "backend",
        "backend_fallback",
        "image.cmap",
        "interactive",
        "savefig.directory",  # where the user has saved last, from any window
        "toolbar",
        # Which keys do what is told in the order of the input.
        *(name for name in mpl.rcParams if name.startswith("keymap.")),
    }
)


class Style:
    """The style of this process, pickled again when it changes.

    Settings change seldom, and pickling 300 of them for each frame would cost a tenth
    of a small snapshot.
    """

    def __init__(self) -> None:
        self._seen: tuple[Any, ...] = ()  # the values of all settings, and the rest
        self._style: dict[str, Any] = {}
        self._fonts = AddedFonts()
        self._colors = NamedColors()
        self._pickled = b""

    def pickled(self) -> bytes:
        """Return what the host's `Style` is made of, as it is now."""
        settings: Any = mpl.rcParams
        rest = {
            "fonts": self._fonts.present(),
            "colors": self._colors.present(),
            "unit_rectangle_steps": _unit_rectangle_steps(),
            "epoch": _epoch(),
            "locales": _locales(),
        }
        # Compared in C, most of it by identity; a setting is never taken out.
        if not known_equal((*dict.values(settings), *rest.values()), self._seen):
            # Lists are copied: a program may change one in place.
            values = {
                name: value.copy() if type(value) is list else value
                for name, value in dict.items(settings)
            }
            self._seen = (*values.values(), *rest.values())
            rc = {n: v for n, v in values.items() if n not in _LOCAL_SETTINGS}
            self._pickle({"rc": rc, **rest})
        return self._pickled

    def _pickle(self, style: dict[str, Any]) -> None:
        if not known_equal(style, self._style):
            self._style, self._pickled = style, pickle.dumps(style, protocol=5)


def _unit_rectangle_steps() -> int:
    """Return what `Axes.bar` sets on the one rectangle that all of them share.

    Without it the bars of a polar Axes come out straight.
    """
    shared: Any = Path.unit_rectangle()
    return int(getattr(shared, "_interpolation_steps", 1))


def _epoch() -> str:
    """Return the day from which the numbers of dates count.

    Not by `get_epoch`, after which the program could not set it any more.
    """
    dates: Any = mdates
    return str(getattr(dates, "_epoch", None) or mpl.rcParams["date.epoch"])


def _locales() -> tuple[str, str]:
    """Return in which language months are written, and how numbers may be."""
    return locale.setlocale(locale.LC_TIME), locale.setlocale(locale.LC_NUMERIC)
