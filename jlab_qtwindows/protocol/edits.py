"""What the user may change of a figure in its window, and how a change is applied.

The host applies it to every new state of the figure, the kernel to the figure itself.
Both mean the same by it because it stands here once; nothing of Matplotlib is imported,
the objects are passed in.

A path names an object by its place: "figure", "axes/0", "axes/0/lines/2" (of
`Axes.get_lines()`) or "axes/0/mappables/1" (of `mappables_of`). Values are what JSON
can hold. On the host's GUI thread and the kernel's main thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = [
    "SUBPLOT_PARAMETERS",
    "Edit",
    "Key",
    "apply_edits",
    "every_axis",
    "find",
    "is_undone",
    "mappables_of",
]

Key = tuple[str, str]  # path, property
Edit = tuple[str, str, Any]  # path, property, value

SUBPLOT_PARAMETERS = ("left", "right", "bottom", "top", "wspace", "hspace")


def mappables_of(axes: Any) -> list[Any]:
    """Return what has a colormap in this Axes: images first, then collections."""
    return [m for m in (*axes.images, *axes.collections) if m.get_array() is not None]


def every_axis(axes: Any) -> list[Any]:
    """Return the x, y and z axis of an Axes, those that it has."""
    found = (getattr(axes, f"{name}axis", None) for name in "xyz")
    return [axis for axis in found if axis is not None]


def find(figure: Any, path: str) -> Any:
    """Return the object at this path.

    Raises
    ------
    LookupError
        The figure has none there.
    """
    found, *steps = path.split("/")
    if found == "figure" and not steps:
        return figure
    if found != "axes" or len(steps) not in (1, 3):
        raise LookupError(path)
    axes = figure.axes[_index(steps[0])]
    if len(steps) == 1:
        return axes
    return {"lines": axes.get_lines, "mappables": lambda: mappables_of(axes)}[
        steps[1]
    ]()[_index(steps[2])]


def apply_edits(figure: Any, edits: Iterable[Edit]) -> list[tuple[Edit, Exception]]:
    """Apply these edits; return those that this figure does not take, and why."""
    failed: list[tuple[Edit, Exception]] = []
    # Scales before limits, as a new scale chooses limits of its own.
    for edit in sorted(edits, key=lambda edit: _ORDER.get(edit[1], len(_ORDER))):
        path, name, value = edit
        try:
            _WRITERS[name](find(figure, path), value)
        except Exception as error:  # any class of Axes may refuse in its own way
            failed.append((edit, error))
    return failed


def is_undone(figure: Any, path: str, name: str, value: Any) -> bool:
    """Return whether the figure has other limits, right after these were set."""
    if name not in ("xlim", "ylim", "zlim"):
        return False
    try:
        axes = find(figure, path)
    except LookupError:
        return False
    return list(getattr(axes, f"get_{name}")()) != list(value[:2])


def _index(text: str) -> int:
    if not text.isdigit():
        raise LookupError(text)
    return int(text)


def _set_subplot_parameters(figure: Any, values: list[float]) -> None:
    figure.subplots_adjust(**dict(zip(SUBPLOT_PARAMETERS, values, strict=True)))


def _limits_of(name: str) -> Callable[[Any, Any], object]:
    def write(axes: Any, value: Any) -> None:
        low, high, auto = value
        getattr(axes, f"set_{name}lim")(low, high, auto=auto)

    return write


def _scale_of(name: str) -> Callable[[Any, Any], object]:
    def write(axes: Any, value: Any) -> None:
        if getattr(axes, f"get_{name}scale")() != value:
            getattr(axes, f"set_{name}scale")(value)

    return write


def _label_of(name: str) -> Callable[[Any, Any], object]:
    return lambda axes, value: getattr(axes, f"{name}axis").set_label_text(value)


def _grid_of(name: str, which: str) -> Callable[[Any, Any], object]:
    return lambda axes, value: getattr(axes, f"{name}axis").grid(value, which=which)


def _set_angles(axes: Any, value: Any) -> None:
    """Turn it, and those that turn with it, also in other figures."""
    # Not by `view_init`, which would set the vertical axis too.
    group = getattr(axes, "_shared_axes", {}).get("view")  # a private name
    for each in [axes] if group is None else group.get_siblings(axes):
        each.elev, each.azim, each.roll = value
        each.stale = True
        if each.figure is not axes.figure:
            each.figure.canvas.draw_idle()  # as the limits that Axes share do


def _set_color(line: Any, value: Any) -> None:
    line.set_alpha(None)  # it is part of the colour
    line.set_color(value)


def _set_marker(line: Any, value: Any) -> None:
    if isinstance(value, dict):
        path = type(line.get_path())
        value = path(value["vertices"], value["codes"])
    line.set_marker(tuple(value) if isinstance(value, list) else value)


_WRITERS: dict[str, Callable[[Any, Any], object]] = {
    "subplots": _set_subplot_parameters,
    **{f"{name}scale": _scale_of(name) for name in "xyz"},
    **{f"{name}lim": _limits_of(name) for name in "xyz"},
    "angles": _set_angles,
    "title": lambda axes, value: axes.title.set_text(value),
    **{f"{name}label": _label_of(name) for name in "xyz"},
    **{
        f"{name}grid_{which}": _grid_of(name, which)
        for name in "xy"
        for which in ("major", "minor")
    },
    "label": lambda artist, value: artist.set_label(value),
    "linestyle": lambda line, value: line.set_linestyle(value),
    "drawstyle": lambda line, value: line.set_drawstyle(value),
    "linewidth": lambda line, value: line.set_linewidth(value),
    "color": _set_color,
    "marker": _set_marker,
    "markersize": lambda line, value: line.set_markersize(value),
    "markerfacecolor": lambda line, value: line.set_markerfacecolor(value),
    "markeredgecolor": lambda line, value: line.set_markeredgecolor(value),
    "cmap": lambda mappable, value: mappable.set_cmap(value),
    "clim": lambda mappable, value: mappable.set_clim(*value),
    "interpolation": lambda image, value: image.set_interpolation(value),
    "interpolation_stage": lambda image, value: image.set_interpolation_stage(value),
}

_ORDER = {name: position for position, name in enumerate(_WRITERS)}
