"""Names of colors that this process knows and another one may not.

A program adds its own (`get_named_colors_mapping().update(...)`), and libraries give
known names other colors. Artists hold names: a color is looked up when it is drawn.
Read by the thread that takes a snapshot.
"""

from __future__ import annotations

from typing import Any

from matplotlib import colors as mcolors

from jlab_qtwindows.protocol.comparison import known_equal

__all__ = ["NamedColors"]

Color = str | tuple[float, ...]


def _standard() -> dict[str, Any]:
    """Return the names that Matplotlib brings along, from its tables."""
    names: dict[str, Any] = {}
    for table in (
        mcolors.XKCD_COLORS,
        mcolors.CSS4_COLORS,
        mcolors.TABLEAU_COLORS,
        mcolors.BASE_COLORS,
    ):
        for name, color in table.items():
            names[name.replace("grey", "gray")] = color
            names[name.replace("gray", "grey")] = color
    return names


class NamedColors:
    """The names that mean something else here than in every process."""

    def __init__(self) -> None:
        self._seen: tuple[Any, ...] = ()
        self._colors: dict[str, Color] = {}

    def present(self) -> dict[str, Color]:
        """Return them; looked through again only when one has been set."""
        mapping: Any = mcolors.get_named_colors_mapping()
        present = tuple(dict.values(mapping))
        if not known_equal(present, self._seen):  # in C, most of it by identity
            self._seen, self._colors = present, _unlike_standard(mapping)
        return self._colors


def _unlike_standard(mapping: Any) -> dict[str, Color]:
    standard = _standard()
    found: dict[str, Color] = {}
    for name in {**standard, **mapping}:
        try:
            color = mapping[name]
            if not isinstance(color, str):
                color = mcolors.to_rgba(color)
        except (KeyError, TypeError, ValueError):
            continue  # gone, or nothing that can be drawn here either
        known = standard.get(name)
        if known is None or (color != known and color != mcolors.to_rgba(known)):
            found[name] = color
    return found
