"""The properties of a figure that a user may change in its window. GUI thread.

Read before and after an action, they tell what the user has done, whichever tool,
dialog or key did it. How each is written stands in `protocol/edits.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.colors import to_hex, to_rgba
from matplotlib.path import Path as MarkerPath

from jlab_qtwindows.protocol.edits import SUBPLOT_PARAMETERS, Key, mappables_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["read"]

# Of a figure with more, only so many are looked at: an action must not be felt.
_MOST_ARTISTS = 200


def read(figure: Any) -> dict[Key, Any]:
    """Return the properties by path and name, but those without a plain value."""
    return {
        (path, name): value
        for path, owner, readers in _owners(figure)
        for name, reader in readers.items()
        if (value := _plain(reader, owner)) is not None
    }


def _owners(figure: Any) -> Iterator[tuple[str, Any, dict[str, Callable[[Any], Any]]]]:
    yield "figure", figure, _FIGURE
    left = _MOST_ARTISTS
    for index, axes in enumerate(figure.axes):
        path = f"axes/{index}"
        yield path, axes, _AXES
        for number, line in enumerate(axes.get_lines()[:left]):
            yield f"{path}/lines/{number}", line, _LINE
        left -= min(left, len(axes.get_lines()))
        for number, mappable in enumerate(mappables_of(axes)[:left]):
            yield f"{path}/mappables/{number}", mappable, _MAPPABLE


def _plain(reader: Callable[[Any], Any], owner: Any) -> Any:
    try:
        return reader(owner)
    except Exception:  # an Axes or artist of any class: what it lacks is not changed
        return None


def _subplot_parameters(figure: Any) -> list[float] | None:
    engine = figure.get_layout_engine()
    if engine is not None and not engine.adjust_compatible:
        return None
    return [float(getattr(figure.subplotpars, name)) for name in SUBPLOT_PARAMETERS]


def _limits(name: str) -> Callable[[Any], Any]:
    def reader(axes: Any) -> list[Any]:
        low, high = getattr(axes, f"get_{name}lim")()
        auto = getattr(axes, f"get_autoscale{name}_on")()
        return [float(low), float(high), bool(auto)]

    return reader


def _axis(name: str, read_axis: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda axes: read_axis(getattr(axes, f"{name}axis"))


def _grid(which: str) -> Callable[[Any], Any]:
    return lambda axis: bool(axis.get_tick_params(which)["gridOn"])


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _style(value: Any) -> str | None:
    # Matplotlib has four words for none.
    return "None" if value in ("none", "", " ") else _text(value)


def _marker(value: Any) -> str | int | list[Any] | dict[str, Any] | None:
    # Carets and ticks are numbers; stars of any number of rays are tuples; shapes of
    # the program's own are a Path or the corners.
    if isinstance(value, MarkerPath):
        codes = None if value.codes is None else np.asarray(value.codes).tolist()
        return {"vertices": np.asarray(value.vertices).tolist(), "codes": codes}
    if isinstance(value, list | np.ndarray):
        return {"vertices": np.asarray(value, float).tolist(), "codes": None}
    if isinstance(value, tuple):
        return list(value)
    return int(value) if isinstance(value, int) else _style(value)


def _color(artist: Any, value: Any) -> str:
    return to_hex(to_rgba(value, artist.get_alpha()), keep_alpha=True)


_FIGURE: dict[str, Callable[[Any], Any]] = {"subplots": _subplot_parameters}

_AXES: dict[str, Callable[[Any], Any]] = {
    **{f"{n}scale": _axis(n, lambda axis: _text(axis.get_scale())) for n in "xyz"},
    **{f"{name}lim": _limits(name) for name in "xyz"},
    "angles": lambda axes: [float(a) for a in (axes.elev, axes.azim, axes.roll)],
    "title": lambda axes: _text(axes.title.get_text()),
    **{f"{n}label": _axis(n, lambda axis: axis.label.get_text()) for n in "xyz"},
    **{
        f"{name}grid_{which}": _axis(name, _grid(which))
        for name in "xy"
        for which in ("major", "minor")
    },
}

_LINE: dict[str, Callable[[Any], Any]] = {
    "label": lambda line: _text(line.get_label()),
    "linestyle": lambda line: _style(line.get_linestyle()),
    "drawstyle": lambda line: _text(line.get_drawstyle()),
    "linewidth": lambda line: float(line.get_linewidth()),
    "color": lambda line: _color(line, line.get_color()),
    "marker": lambda line: _marker(line.get_marker()),
    "markersize": lambda line: float(line.get_markersize()),
    "markerfacecolor": lambda line: _color(line, line.get_markerfacecolor()),
    "markeredgecolor": lambda line: _color(line, line.get_markeredgecolor()),
}

_MAPPABLE: dict[str, Callable[[Any], Any]] = {
    "label": lambda mappable: _text(mappable.get_label()),
    "cmap": lambda mappable: _text(mappable.get_cmap().name),
    "clim": lambda mappable: [float(limit) for limit in mappable.get_clim()],
    "interpolation": lambda image: _text(image.get_interpolation()),
    "interpolation_stage": lambda image: _text(image.get_interpolation_stage()),
}
