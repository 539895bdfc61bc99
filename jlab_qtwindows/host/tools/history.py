"""The toolbar's history of views, bound to the Axes of each new state. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from matplotlib.axes import Axes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

    from jlab_qtwindows.protocol.edits import Key

__all__ = ["home_views", "rebind_history"]

# History entries as NavigationToolbar2.push_current makes them.
_Entry = WeakKeyDictionary[Axes, tuple[Any, tuple[Any, Any]]]


def home_views(figure: Figure, own: Mapping[Key, Any]) -> list[Any]:
    """Return the program's view of each Axes, in the form of `Axes._get_view`.

    `own` are the program's values of what the user has changed in this figure.
    """
    return [_home_view(axes, f"axes/{i}", own) for i, axes in enumerate(figure.axes)]


def _home_view(axes: Axes, path: str, own: Mapping[Key, Any]) -> Any:
    view: Any = axes._get_view()  # type: ignore[attr-defined]
    angles = None
    if not isinstance(view, dict):
        if not isinstance(view[0], dict):
            # Of a colorbar: the limits of its colours.
            return tuple(own.get((f"{path}/mappables/0", "clim"), view))
        view, angles = view  # of an Axes3D
    view = dict(view)
    for name in "xyz":
        if (path, f"{name}lim") in own:
            low, high, auto = own[path, f"{name}lim"]
            view[f"{name}lim"] = low, high
            view[f"autoscale{name}_on"] = auto
    if angles is None:
        return view
    return view, tuple(own.get((path, "angles"), angles))


def rebind_history(
    entries: Sequence[Any], old: Figure, new: Figure, home: Sequence[Any]
) -> list[_Entry]:
    """Return the toolbar's history bound to the Axes of the new state.

    The first entry is what Home shows: the program's view, so it is always the newest.
    Axes that have been added since are in every entry as they came.
    """
    rebound = []
    for position, entry in enumerate(entries):
        renewed: _Entry = WeakKeyDictionary()
        for index, axes in enumerate(new.axes):
            view, positions = home[index], _positions(axes)
            if index < len(old.axes) and old.axes[index] in entry:
                known, positions = entry[old.axes[index]]
                view = known if position else view
            renewed[axes] = view, positions
        rebound.append(renewed)
    return rebound


def _positions(axes: Axes) -> tuple[Any, Any]:
    return axes.get_position(True).frozen(), axes.get_position().frozen()
