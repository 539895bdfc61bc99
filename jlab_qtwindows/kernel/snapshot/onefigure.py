"""Reducers that keep a snapshot to one figure.

Axes that share their limits with those of another figure refer to it, as does a
colorbar in a figure of its own, and a pickle would take the other figure with all its
data along. Called by the pickler, in the thread that takes the snapshot.

Of another figure only the frame of such Axes travels: their locators, which are
shared, look at the limits and the size of the Axes that had them first.
"""

from __future__ import annotations

import copy
import sys
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.cbook import CallbackRegistry
from matplotlib.cm import ScalarMappable
from matplotlib.colorbar import Colorbar
from matplotlib.figure import Figure, SubFigure
from matplotlib.projections.polar import PolarAxes

from .needed import COORDINATE_FUNCTIONS, is_own
from .reducers import reduce_solid_line

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["reducers_of"]

_LEADERS = ("_sharex", "_sharey", "_sharez", "_shareview")

# What a figure and an Axes hold; a frame holds nothing.
_CONTENT = frozenset(
    {
        "_axstack",
        "_children",
        "_colorbars",
        "_localaxes",
        "_mouseover_set",
        "artists",
        "child_axes",
        "containers",
        "images",
        "legends",
        "lines",
        "patches",
        "subfigs",
        "texts",
    }
)
_NO_FRAME = ("_colorbar", "_colorbar_info", "_layout_engine", "legend_")


def reducers_of(figure: Figure) -> dict[type, Callable[[Any], tuple[Any, ...]]]:
    """Return what reduces this figure, its Axes and what leads out of it."""

    def reduce_figure(part: Any) -> tuple[Any, ...]:
        if part.figure is figure:  # a subfigure too
            return _reduce_figure(part) if part is figure else _reduce(part)
        return _frame(part, _canvas_callbacks=CallbackRegistry())

    def reduce_axes(axes: Any) -> tuple[Any, ...]:
        if not _is_in(axes, figure):
            return _frame(axes, _shared_axes={}, _twinned_axes=None)
        reduced = _reduce(axes)
        state = reduced[2]
        if isinstance(state, dict):
            _keep_inside(state, figure)
            _leave_coordinates(state)
        return reduced

    def reduce_colorbar(colorbar: Any) -> tuple[Any, ...]:
        if not _is_in(colorbar.ax, figure):
            return type(None), ()
        reduced = _reduce(colorbar)
        mappable = colorbar.mappable
        if not _is_in(mappable, figure):
            reduced[2]["mappable"] = _colors_of(mappable)
        return reduced

    table: dict[type, Callable[[Any], tuple[Any, ...]]] = {
        **dict.fromkeys((Figure, SubFigure, type(figure)), reduce_figure),
        **dict.fromkeys((Axes, PolarAxes, *map(type, figure.axes)), reduce_axes),
        Colorbar: reduce_colorbar,
    }
    solid: Any = sys.modules.get("mpl_toolkits.mplot3d.axes3d")
    if solid is not None:
        table[solid.Axes3D] = reduce_axes
        table[solid.art3d.Line3D] = reduce_solid_line
    return table


def _is_in(artist: Any, figure: Figure) -> bool:
    """Return whether an artist is in this figure, or in none."""
    parent = getattr(artist, "figure", None)
    # Before Matplotlib 3.10 it may be a subfigure, whose own is the whole.
    return parent is None or parent is figure or parent.figure is figure


def _reduce(thing: Any) -> tuple[Any, ...]:
    reduced: tuple[Any, ...] = thing.__reduce_ex__(5)
    return reduced


def _reduce_figure(figure: Figure) -> tuple[Any, ...]:
    """Reduce as Matplotlib does, but keep the dpi and leave pyplot out of it.

    `Figure.__getstate__` drops what `set_dpi` set, and marks figures of pyplot so that
    loading them opens a window.
    """
    function, arguments, state, *rest = _reduce(figure)
    if isinstance(state, dict):
        state = {k: v for k, v in state.items() if k != "_restore_to_pylab"}
        state["_dpi"] = state["_original_dpi"] = figure.dpi
    return function, arguments, state, *rest


def _frame(thing: Any, **instead: Any) -> tuple[Any, ...]:
    """Reduce a figure or an Axes to its place, its limits and its size."""
    function, arguments, state, *rest = _reduce(thing)
    if isinstance(state, dict):
        state = {
            name: _empty(value) if name in _CONTENT else value
            for name, value in state.items()
            if name != "_restore_to_pylab"
        }
        state.update((n, None) for n in (*_LEADERS, *_NO_FRAME) if n in state)
        if state.pop("_colorbar", 0) is None:
            state.pop("_colorbar_info", None)
        state.update((n, v) for n, v in instead.items() if n in state)
    return function, arguments, state, *rest


def _empty(content: Any) -> Any:
    return type(content)()


def _keep_inside(state: dict[str, Any], figure: Figure) -> None:
    """Leave out of an Axes' state the Axes of other figures that share with it."""
    groups = state.get("_shared_axes", {})
    for name, siblings in groups.items():
        if not all(_is_in(axes, figure) for axes in siblings):
            groups[name] = [axes for axes in siblings if _is_in(axes, figure)]
    for name in _LEADERS:
        leader = state.get(name)
        if leader is not None and not _is_in(leader, figure):
            state[name] = None


def _leave_coordinates(state: dict[str, Any]) -> None:
    """Leave here the program's functions that write coordinates; the window asks.

    They may refer to anything, and no drawing needs them.
    """
    for name in COORDINATE_FUNCTIONS:
        if state.get(name) is not None and is_own(state[name]):
            state[name] = None
            if name == "format_coord":
                del state[name]  # that of the class
            state["_coordinates_by_kernel"] = True


def _colors_of(mappable: Any) -> ScalarMappable:
    """Return a norm and a colormap alone, without the data that are shown by them."""
    colors: Any = ScalarMappable(cmap=mappable.cmap)
    # Not by its property, which would connect it to the program's norm.
    holder = getattr(colors, "_colorizer", colors)
    if not hasattr(holder, "_norm"):
        norm = copy.deepcopy(mappable.norm)  # without what is connected
        return ScalarMappable(norm=norm, cmap=mappable.cmap)
    holder._norm = mappable.norm
    return colors  # type: ignore[no-any-return]
