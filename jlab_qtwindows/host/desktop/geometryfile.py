"""The file of where the user has put windows, and how large, from run to run.

GUI thread. One small ini file in the user's configuration folder, which the hosts of
several JupyterLabs may share. `JLAB_QTWINDOWS_GEOMETRY` names another file; set to
nothing it means that nothing is remembered.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.host.qt import QtCore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["GEOMETRY_VARIABLE", "Geometry", "GeometryFile", "figure_key"]

logger = logging.getLogger(__name__)

GEOMETRY_VARIABLE = "JLAB_QTWINDOWS_GEOMETRY"

_MOST_ENTRIES = 200  # beyond, the one that was changed longest ago is forgotten
_LARGEST = 1 << 15  # px; larger numbers are no geometry of a window
_GROUP = "windows"

Pair = tuple[int, int]


@dataclass(frozen=True)
class Geometry:
    """Of one window; px. Each part is None where the user has not changed it."""

    screen: str = ""
    # Of what is within the frame, from the upper left corner of the screen.
    position: Pair | None = None
    size: Pair | None = None  # of the canvas
    asked: Pair | None = None  # the program's size, in whose place the user put it


def figure_key(notebook: str, num: int | None, title: str) -> str:
    """Return what tells a figure from all others in the next run too, or "".

    Its label, or else its number, in its notebook. Scripts and consoles have no path
    that would be theirs alone.
    """
    suffix = PurePath(notebook).suffix
    if not suffix or suffix.startswith(".py") or num is None:
        return ""
    return json.dumps([notebook, num if title == f"Figure {num}" else title])


class GeometryFile:
    """The file; a damaged entry counts as none."""

    def __init__(self, path: Path | str | None = None) -> None:
        formats, scopes = QtCore.QSettings.Format, QtCore.QSettings.Scope
        if path is None:
            self._settings = QtCore.QSettings(
                formats.IniFormat, scopes.UserScope, "jlab-qtwindows", "windows"
            )
        else:
            self._settings = QtCore.QSettings(str(path), formats.IniFormat)
        self._settings.setFallbacksEnabled(False)

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> GeometryFile | None:
        """Return the file that the environment chooses, None if it wants none."""
        path = environment.get(GEOMETRY_VARIABLE)
        return None if path == "" else cls(path)

    def find(self, key: str) -> Geometry:
        """Return what is remembered, an empty geometry if nothing is."""
        return _read(self._settings.value(_name(key)))

    def keep(self, key: str, geometry: Geometry) -> None:
        """Remember this in place of what was known."""
        # The key is for the user who reads the file.
        entry = {"of": key, "changed": time.time(), **asdict(geometry)}
        self._settings.setValue(_name(key), json.dumps(entry))
        self._forget_oldest()

    def rename(self, before: str, after: str) -> None:
        """Remember for a notebook of another name what was known of all its figures."""
        for name in self._names():
            entry = _entry(self._settings.value(name))
            figure = _figure_of(entry)
            if figure is not None and figure[0] == before:
                key = json.dumps([after, figure[1]])
                self._settings.remove(name)
                self._settings.setValue(_name(key), json.dumps({**entry, "of": key}))

    def _forget_oldest(self) -> None:
        names = self._names()
        excess = len(names) - _MOST_ENTRIES
        if excess > 0:
            names.sort(key=lambda name: _changed(self._settings.value(name)))
            for name in names[:excess]:
                self._settings.remove(name)

    def _names(self) -> list[str]:
        keys: list[str] = self._settings.allKeys()
        return [key for key in keys if key.startswith(f"{_GROUP}/")]


def _name(key: str) -> str:
    # A slash in a name would be a group, and ini files know no upper and lower case.
    digest = hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
    return f"{_GROUP}/{digest[:32]}"


def _figure_of(entry: dict[str, Any]) -> list[Any] | None:
    """Return the notebook and the label or number of an entry's figure."""
    try:
        figure = json.loads(entry["of"])
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
    return figure if isinstance(figure, list) and len(figure) == 2 else None


def _changed(value: Any) -> float:
    changed = _entry(value).get("changed")
    return float(changed) if isinstance(changed, int | float) else 0.0


def _read(value: Any) -> Geometry:
    entry = _entry(value)
    return Geometry(
        screen=str(entry.get("screen", "")),
        position=_pair(entry.get("position"), -_LARGEST),
        size=_pair(entry.get("size"), 1),
        asked=_pair(entry.get("asked"), 1),
    )


def _entry(value: Any) -> dict[str, Any]:
    try:
        entry = json.loads(value)
    except (TypeError, ValueError, RecursionError):
        return {}
    return entry if isinstance(entry, dict) else {}


def _pair(value: Any, least: int) -> Pair | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    if not all(isinstance(n, int) and least <= n <= _LARGEST for n in value):
        return None
    return value[0], value[1]
