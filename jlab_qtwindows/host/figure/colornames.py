"""The names of colors, as the kernel of the figure that is drawn knows them.

GUI thread only: Matplotlib has one table for the whole process.
"""

from __future__ import annotations

from typing import Any

from matplotlib import colors as mcolors

from jlab_qtwindows.protocol.comparison import known_equal

__all__ = ["apply", "are_applied"]

_STANDARD = dict(mcolors.get_named_colors_mapping())

# What was applied last, and all colors of the table then.
_colors: dict[str, Any] = {}
_values: tuple[Any, ...] = tuple(_STANDARD.values())


def apply(colors: dict[str, Any]) -> None:
    """Have Matplotlib's names mean what it gave them, and these what the kernel did.

    A library that came with a figure may have set others. Names that are known only to
    other windows stay, since no artist of this one has them.
    """
    global _colors, _values
    if are_applied(colors):
        return
    table: Any = mcolors.get_named_colors_mapping()
    for name, color in {**_STANDARD, **colors}.items():
        if not known_equal(table.get(name), color):
            table[name] = color  # one by one, by which it forgets what it has looked up
    _colors, _values = colors, _present()


def are_applied(colors: dict[str, Any]) -> bool:
    """Return whether these are in force, and nothing has been set since."""
    # In C, most of it by identity: 20 microseconds.
    return known_equal((colors, _present()), (_colors, _values))


def _present() -> tuple[Any, ...]:
    table: Any = mcolors.get_named_colors_mapping()
    return tuple(dict.values(table))
