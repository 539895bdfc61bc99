"""Reducers that leave out what a program keeps on its figure and no drawing reads.

A figure may refer to all data of a program, to its application, to locks. Where only
Matplotlib's code draws, none of that is looked at. As soon as the pickler meets a class
of the program that takes part in drawing, nothing is left out. Called by the pickler,
in the thread that takes the snapshot.
"""

from __future__ import annotations

import copyreg
import functools
import sys
from typing import TYPE_CHECKING, Any

from matplotlib.artist import Artist

from .ownnames import can_tell, is_matplotlibs, matplotlibs_base, names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matplotlib.figure import Figure

__all__ = ["COORDINATE_FUNCTIONS", "NeededOnly", "OwnCode", "has_extras", "is_own"]

# What the program may set on an Axes to write coordinates; no drawing calls it.
COORDINATE_FUNCTIONS = ("format_coord", "fmt_xdata", "fmt_ydata", "fmt_zdata")

# The same of artists; and who is asked which artist was hit, in the kernel.
_NOT_DRAWN = frozenset(
    {
        *COORDINATE_FUNCTIONS,
        "contains",
        "format_cursor_data",
        "get_cursor_data",
        "pick",
    }
)

# Packages whose classes hold values, and draw nothing.
_VALUES = frozenset(
    {"PIL", "cycler", "dateutil", "kiwisolver", "numpy", *sys.stdlib_module_names}
)

# The one is never sent; the other is pyplot's, and in no class below Matplotlib 3.10.
_KNOWN = {"format_coord", "number"}
_OURS = __name__.partition(".")[0]  # registries and canvases, which draw nothing

_build: Any = copyreg._reconstructor  # type: ignore[attr-defined]  # known everywhere


class OwnCode(Exception):
    """Code of the program takes part in drawing: it may need all there is."""


def is_own(value: Any) -> bool:
    """Return whether a function, a method or an object is the program's."""
    function = getattr(value, "__func__", value)
    function = getattr(function, "func", function)  # of a partial, or a FuncFormatter
    module = getattr(function, "__module__", None) or type(function).__module__
    return not is_matplotlibs(module)


def has_extras(figure: Figure) -> bool:
    """Return whether the program keeps things on the figure or one of its Axes."""
    return can_tell() and any(_extras(part) for part in (figure, *figure.axes))


def _extras(part: Any) -> list[str]:
    kind: Any = type(part)
    names = vars(part).keys() - names_of(kind) - _KNOWN
    return [name for name in names if not _replaces(kind, name, vars(part)[name])]


def _replaces(kind: type, name: str, value: Any) -> bool:
    """Return whether Matplotlib has put a method of its own in the place of one."""
    return hasattr(kind, name) and not (callable(value) and is_own(value))


class NeededOnly(dict[type, "Callable[[Any], tuple[Any, ...]]"]):
    """A pickler's `dispatch_table` for one snapshot; `table` is that without this.

    The pickler asks it for every class; it raises `OwnCode` at one that draws in a way
    of the program's.
    """

    def __init__(self, table: Mapping[type, Callable[[Any], tuple[Any, ...]]]) -> None:
        super().__init__()
        if not can_tell():
            raise OwnCode("it cannot be told which attributes are Matplotlib's")
        self._table = table

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        if issubclass(kind, type):
            raise KeyError(kind)  # a class itself, which travels by its name
        reducer = self._table.get(kind, _reduce)
        if not is_matplotlibs(kind.__module__):
            _refuse_own_code(kind)
        if issubclass(kind, Artist):
            reducer = functools.partial(_reduce_artist, reducer)
        self[kind] = reducer
        return reducer


def _refuse_own_code(kind: Any) -> None:
    if kind.__module__.partition(".")[0] == _OURS:
        return
    derived = any(is_matplotlibs(base.__module__) for base in kind.__mro__)
    known = kind.__module__.partition(".")[0] in _VALUES
    if derived:
        draws = matplotlibs_base(kind) is None
    else:
        draws = not known and any("__call__" in vars(base) for base in kind.__mro__)
    if draws:
        raise OwnCode(kind.__qualname__)


def _reduce(thing: Any) -> tuple[Any, ...]:
    reduced: tuple[Any, ...] = thing.__reduce_ex__(5)
    return reduced


def _reduce_artist(
    reducer: Callable[[Any], tuple[Any, ...]], artist: Any
) -> tuple[Any, ...]:
    reduced = reducer(artist)
    if len(reduced) < 3 or not isinstance(reduced[2], dict):
        return reduced
    kind: Any = type(artist)
    state = dict(reduced[2])
    for name in vars(artist).keys() - names_of(kind):
        value = state.get(name)
        if not hasattr(kind, name) or name in _NOT_DRAWN:
            state.pop(name, None)
        elif callable(value) and is_own(value):
            raise OwnCode(name)  # in the place of a method of Matplotlib's
    if callable(state.get("_picker")):
        state["_picker"] = None
    function, arguments = reduced[:2]
    base = matplotlibs_base(kind)
    if base is not kind and arguments == (kind,):
        # As the class that it draws as, which every host has.
        function, arguments = _build, (base, object, None)
    return function, arguments, state, *reduced[3:]
