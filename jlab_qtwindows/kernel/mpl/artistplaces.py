"""The part of a layout that is cheap: what programs read after `canvas.draw()`.

Places, limits, projections, boxes of legends: to go through the whole figure would cost
half as much as drawing it. Called by the thread that draws.
"""

from __future__ import annotations

import contextlib
import math
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.quiver import Quiver
from matplotlib.text import Text
from matplotlib.ticker import Formatter, ScalarFormatter

from jlab_qtwindows.protocol.edits import every_axis

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CAN_PLACE", "execute_engine", "place_artists"]

# Whether a text can be made to ask for a renderer; a private name of Matplotlib's.
CAN_PLACE = hasattr(Text(), "_renderer")

# Of larger collections the colours are left to the host: mapping them takes ms.
_MOST_COLORS = 10_000

_TITLES = ("title", "_left_title", "_right_title")


def execute_engine(figure: Any) -> None:
    """Run the figure's layout engine, if it has one."""
    engine = figure.get_layout_engine()
    if engine is not None and figure.axes:
        with contextlib.suppress(ValueError):  # which `Figure.draw` lets pass
            engine.execute(figure)


def place_artists(figure: Any, renderer: Any) -> None:
    """Place the Axes of a figure, and what is in them, as `Figure.draw` does."""
    for axes in figure.axes:
        for each in (axes, *axes.child_axes):
            locator = each.get_axes_locator()
            each.apply_aspect(locator(each, renderer) if locator else None)
        if hasattr(axes, "get_proj"):
            axes.M = axes.get_proj()
            axes.invM = np.linalg.inv(axes.M)
        else:
            _set_offsets(axes)
        for collection in axes.collections:
            if isinstance(collection, Quiver):
                collection.draw(renderer)  # finds its scale
            values = collection.get_array()
            if values is not None and values.size <= _MOST_COLORS:
                collection.update_scalarmappable()
        for text in _moved_texts(axes):
            # Its place depends on all labels. Without the renderer that it remembers it
            # asks the canvas for one before its extent is read (`layout.py`).
            text._renderer = None
    for legend in _legends(figure):
        legend.draw(renderer)


def _moved_texts(axes: Any) -> Iterator[Any]:
    titles = [getattr(axes, name, None) for name in _TITLES]
    # Two private names: without them all texts of the Axes are taken for titles.
    yield from _texts_in(axes) if None in titles else titles
    for axis in every_axis(axes):
        yield axis.label


def _texts_in(axes: Any) -> list[Any]:
    return [artist for artist in axes.get_children() if isinstance(artist, Text)]


def _legends(figure: Any) -> Iterator[Any]:
    yield from figure.legends
    for part in figure.subfigs:
        yield from _legends(part)
    if figure is figure.figure:
        yield from filter(None, (axes.get_legend() for axes in figure.axes))


def _set_offsets(axes: Any) -> None:
    """Set the factors that formatters write beside an axis, such as 1e6."""
    for axis in (axes.xaxis, axes.yaxis):
        # Any locator or formatter may fail; the window says so where it draws.
        with contextlib.suppress(Exception):
            formatter = axis.get_major_formatter()
            if _writes_no_factor(formatter, *axis.get_view_interval()):
                axis.offsetText.set_text("")
            else:
                formatter.set_locs(axis.get_majorticklocs())
                axis.offsetText.set_text(formatter.get_offset())


def _writes_no_factor(formatter: Any, low: float, high: float) -> bool:
    """Return whether that is certain without the ticks, whose places cost the most."""
    kind: Any = type(formatter)
    if kind is not ScalarFormatter:
        return bool(kind.get_offset is Formatter.get_offset)
    least, most = getattr(formatter, "_powerlimits", (math.inf, -math.inf))
    largest = max(abs(low), abs(high))
    return bool(
        not formatter.offset
        and 10.0 ** (least + 1) < largest < 10.0 ** (most - 1)
        and abs(high - low) > 0.01 * largest
    )
