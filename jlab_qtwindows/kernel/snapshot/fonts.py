"""Fonts that this process knows and another one may not.

A program adds fonts to Matplotlib's list (`fontManager.addfont`), the usual way to
Chinese and Japanese text. The window host has a list of its own, which lacks them. Read
by the thread that takes a snapshot.
"""

from __future__ import annotations

import functools
import logging
import os
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.font_manager import FontManager

__all__ = ["AddedFonts", "font_settings"]

logger = logging.getLogger(__name__)

_SETTINGS = [
    name for name in mpl.rcParams if name.startswith(("font.", "mathtext.", "text."))
]

Entry = dict[str, Any]  # the fields of a `FontEntry`


def font_settings() -> list[object]:
    """Return the settings that say which font a text gets, and how wide it is.

    A renderer remembers how wide texts were by the names that they have given their
    fonts: with other settings another renderer is needed.
    """
    settings: Any = mpl.rcParams  # not through its checks, which cost more than this
    return [
        list(value)
        if type(value := dict.__getitem__(settings, name)) is list
        else value
        for name in _SETTINGS
    ]


class AddedFonts:
    """The fonts of Matplotlib's list that are not in the list of every process."""

    def __init__(self) -> None:
        self._seen: tuple[Any, ...] = ()
        self._fonts: tuple[list[Entry], list[Entry]] = [], []

    def present(self) -> tuple[list[Entry], list[Entry]]:
        """Return those before all others in the list, and those after.

        Of equally good fonts Matplotlib takes the first. The list is looked through
        again only when it has changed.
        """
        fonts = font_manager.fontManager.ttflist
        seen = id(fonts), len(fonts), *fonts[:1], *fonts[-1:]
        if seen != self._seen:
            self._seen, self._fonts = seen, _added(fonts)
        return self._fonts


def _added(fonts: list[Any]) -> tuple[list[Entry], list[Entry]]:
    # What cannot be read here either is drawn without: Matplotlib may have it written
    # down in its list long after the library that it came with was removed.
    fonts = [font for font in fonts if os.access(font.fname, os.R_OK)]
    known = _listed()
    places = [n for n, font in enumerate(fonts) if _key(vars(font)) in known]
    begin = places[0] if places else 0
    return (
        [dict(vars(font)) for font in fonts[:begin]],
        [dict(vars(f)) for f in fonts[begin:] if _key(vars(f)) not in known],
    )


def _key(entry: Entry) -> tuple[str, ...]:
    return entry["fname"], entry["name"], str(entry["weight"]), entry["style"]


@functools.cache
def _listed() -> frozenset[tuple[str, ...]]:
    """Return the fonts that Matplotlib has written down for all processes.

    Where it could not write, only those that come with it.
    """
    name = f"fontlist-v{FontManager.__version__}.json"
    try:
        listed: Any = font_manager.json_load(Path(mpl.get_cachedir(), name))
        return frozenset(_key(vars(font)) for font in listed.ttflist)
    except Exception:  # a cache that is gone, or written in another way
        logger.debug("Matplotlib's list of fonts cannot be read", exc_info=True)
        shipped = str(mpl.get_data_path())
        return frozenset(
            _key(vars(font))
            for font in font_manager.fontManager.ttflist
            if font.fname.startswith(shipped)
        )
