"""Ticks that need not travel: those that equal the first of their Axis.

The host makes the ticks that a state lacks as copies of the first
(`host/figure/ticks.py`). Whoever draws or lays out a figure, or reads its labels,
leaves eight of them with five artists each at every Axis, which would cost more than
all else of a small figure.
Called by the pickler, in the thread that takes the snapshot.
"""

from __future__ import annotations

import functools
import operator
from typing import TYPE_CHECKING, Any

import matplotlib.transforms as mtransforms
from matplotlib.axis import XTick, YTick
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["without_copies"]

_PARTS = ("tick1line", "tick2line", "gridline", "label1", "label2")

# What drawing sets: the place and the text of each tick.
_SET_BY_DRAWING = frozenset(
    {
        *_PARTS,
        *("_loc", "_x", "_y", "_text", "_renderer", "stale"),
        *("_xorig", "_yorig", "_xy", "_path", "_transformed_path", "_subslice"),
        *("_invalidx", "_invalidy", "_x_filled", "ind_offset", "_stale"),
        *("_callbacks", "stale_callback", "_remove_method", "_mouseover"),
    }
)
_MISSING = object()
# What has parts, of which two ticks have the same but not in common.
_NODES = frozenset({"_marker", "_transform", "clipbox"})


def without_copies(ticks: list[Any]) -> list[Any]:
    """Return the ticks up to the last that looks other than the first."""
    if not ticks or not _is_plain(ticks[0]):
        return ticks
    count = len(ticks)
    while count > 1 and _is_copy(ticks[count - 1], ticks[0]):
        count -= 1
    return ticks[:count]


def _is_plain(tick: Any) -> bool:
    return type(tick) in (XTick, YTick) and all(
        type(getattr(tick, name, None)) in (Line2D, Text) for name in _PARTS
    )


def _is_copy(tick: Any, first: Any) -> bool:
    return (
        type(tick) is type(first)
        and _is_plain(tick)
        and _agree(tick, first)
        and all(_agree(getattr(tick, name), getattr(first, name)) for name in _PARTS)
    )


def _agree(artist: Any, other: Any) -> bool:
    """Return whether two artists of one type look alike but for their place."""
    values, others = artist.__dict__, other.__dict__
    try:
        plain, nodes = _compared(tuple(others))
        # Tuples are compared in C, most of it by identity.
        if len(values) != len(others) or plain(values) != plain(others):
            return False
        return all(_is_same(values[name], others[name]) for name in nodes)
    except (KeyError, ValueError):  # another attribute; an array, which is no value
        return False


@functools.lru_cache(maxsize=64)  # the attributes are those of a few classes
def _compared(names: tuple[str, ...]) -> tuple[Callable[[Any], Any], tuple[str, ...]]:
    """Return how to read what is compared as values, and the names of the others."""
    left = [name for name in names if name not in _SET_BY_DRAWING]
    return (
        operator.itemgetter(*(name for name in left if name not in _NODES)),
        tuple(name for name in left if name in _NODES),
    )


def _is_same(transform: Any, other: Any) -> bool:
    """Return whether two markers or transforms are made of the same parts."""
    if transform is other:
        return True
    if type(transform) is not type(other):
        return False
    if isinstance(transform, MarkerStyle):
        return bool(
            transform.get_marker() == other.get_marker()
            and transform.get_fillstyle() == other.get_fillstyle()
        )
    names: tuple[str, ...]
    if isinstance(transform, mtransforms.ScaledTranslation):
        names = ("_t", "_scale_trans")
    elif isinstance(
        transform,
        mtransforms.CompositeGenericTransform | mtransforms.CompositeAffine2D,
    ):
        names = ("_a", "_b")
    elif isinstance(transform, mtransforms.TransformedBbox):
        names = ("_bbox", "_transform")
    elif isinstance(transform, mtransforms.BboxTransformTo):
        names = ("_boxout",)
    elif isinstance(transform, mtransforms.Bbox | mtransforms.Affine2D):
        numbers = "_points" if isinstance(transform, mtransforms.Bbox) else "_mtx"
        mine, its = getattr(transform, numbers, None), getattr(other, numbers, None)
        return mine is not None and bool((mine == its).all())
    else:
        return False
    for name in names:
        mine, its = getattr(transform, name, _MISSING), getattr(other, name, None)
        if isinstance(mine, mtransforms.TransformNode):
            if not _is_same(mine, its):
                return False
        elif mine != its:
            return False
    return True
