"""Links between the parts of a figure that no pickle keeps, made anew.

Receiver thread, before anybody has the figure. Matplotlib connects callbacks so that a
change of one object reaches others: from a norm to the colours of an image to the
numbers of its colorbar. A pickle drops nearly all of them, since a callback may be
anything; those that Matplotlib connects itself are known.
"""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure

__all__ = ["relink"]

logger = logging.getLogger(__name__)


def relink(figure: Figure) -> None:
    """Connect what Matplotlib connects when it makes these objects."""
    mappables: dict[int, Any] = {}  # by identity: each once
    colorbars: dict[int, Any] = {}
    for axes in _all_axes(figure):
        with _tolerantly("an Axes"):
            for artist in axes.get_children():
                _collect(artist, mappables)
        colorbar = getattr(axes, "_colorbar", None)
        if colorbar is not None:
            colorbars[id(colorbar)] = colorbar
            # One of a norm and a colormap alone is nowhere in the figure.
            _collect(colorbar.mappable, mappables)
        with _tolerantly("the view of a 3D Axes"):
            _share_view(axes)
    for part in _all_figures(figure):
        for artist in (*part.images, *part.artists):
            _collect(artist, mappables)
    for mappable in mappables.values():
        colorbar = getattr(mappable, "colorbar", None)
        if colorbar is not None and colorbar.ax in figure.axes:
            colorbars[id(colorbar)] = colorbar
        with _tolerantly("the colours of an artist"):
            _follow_norm(mappable)
    for colorbar in colorbars.values():
        with _tolerantly("a colorbar"):
            _follow_mappable(colorbar)


def _all_figures(figure: Any) -> Iterator[Any]:
    yield figure
    for part in figure.subfigs:
        yield from _all_figures(part)


def _all_axes(figure: Any) -> Iterator[Any]:
    waiting = list(figure.axes)
    while waiting:
        axes = waiting.pop()
        yield axes
        waiting += axes.child_axes


def _collect(artist: Any, mappables: dict[int, Any]) -> None:
    if hasattr(artist, "norm") and hasattr(artist, "callbacks"):
        mappables[id(artist)] = artist
    elif hasattr(artist, "offsetbox") or hasattr(artist, "get_zoom"):
        for child in artist.get_children():  # a picture in a box
            _collect(child, mappables)


def _follow_norm(mappable: Any) -> None:
    """Have an artist know of new limits, another norm or another colormap."""
    colorizer = getattr(mappable, "_colorizer", None)
    if colorizer is None:  # Matplotlib below 3.10
        mappable._id_norm = _heard(mappable.norm, mappable.changed)
    else:
        colorizer._id_norm = _heard(colorizer.norm, colorizer.changed)
        mappable._id_colorizer = _heard(colorizer, mappable.changed)
        _follow_parts(colorizer.norm)
    if hasattr(mappable, "hbar") and hasattr(mappable, "vbar"):
        mappable.callbacks.connect("changed", _color_marginals)


def _follow_parts(norm: Any) -> None:
    """Have a norm of several know of its parts."""
    for part in getattr(norm, "norms", ()):
        _heard(part, norm._changed)


def _heard(speaker: Any, listener: Any) -> Any:
    return speaker.callbacks.connect("changed", listener)


def _color_marginals(hexbin: Any) -> None:
    """Colour the bars beside the hexagons, as `Axes.hexbin` does."""
    hexbin.hbar.set_cmap(hexbin.get_cmap())
    hexbin.vbar.set_clim(hexbin.get_clim())


def _follow_mappable(colorbar: Any) -> None:
    mappable, axes = colorbar.mappable, colorbar.ax
    mappable.colorbar_cid = _heard(mappable, colorbar.update_normal)
    connect = axes.callbacks.connect
    colorbar._extend_cid1 = connect("xlim_changed", colorbar._do_extends)
    colorbar._extend_cid2 = connect("ylim_changed", colorbar._do_extends)


def _share_view(axes: Any) -> None:
    """Have 3D Axes turn together; their other groups are in the pickle."""
    other = getattr(axes, "_shareview", None)
    if other is not None:
        axes._shared_axes["view"].join(axes, other)


@contextlib.contextmanager
def _tolerantly(what: str) -> Iterator[None]:
    """Go on with the others: one unlinked artist is no reason to show nothing."""
    try:
        yield
    except Exception:  # artists and norms of any class, and private names
        logger.info("%s is not linked", what, exc_info=True)
