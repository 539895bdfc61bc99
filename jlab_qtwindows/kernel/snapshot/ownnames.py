"""Which attributes of a figure's parts are Matplotlib's, and which classes draw as its.

What a program keeps on a figure, an Axes or an artist (its data, its application, a
lock) is of no use to a drawing, unless code of the program takes part in it.

Looked up by the thread that takes the snapshot.
"""

from __future__ import annotations

import functools
import opcode
import sys
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["can_tell", "is_matplotlibs", "matplotlibs_base", "names_of"]

_STORE, _EXTENDED = opcode.opmap["STORE_ATTR"], opcode.opmap["EXTENDED_ARG"]

# Modules that set attributes of figures, Axes and artists of other modules.
_SETTERS = (
    "matplotlib._constrained_layout",
    "matplotlib.artist",
    "matplotlib.axes._axes",
    "matplotlib.axes._base",
    "matplotlib.axis",
    "matplotlib.backend_bases",
    "matplotlib.colorbar",
    "matplotlib.figure",
    "matplotlib.legend",
    "matplotlib.pyplot",
    "matplotlib.table",
)

# What a subclass may have of its own without drawing otherwise.
_HARMLESS = frozenset(
    {
        "__abstractmethods__",
        "__annotate_func__",
        "__annotations__",
        "__annotations_cache__",
        "__dict__",
        "__doc__",
        "__firstlineno__",
        "__init__",
        "__module__",
        "__orig_bases__",
        "__parameters__",
        "__qualname__",
        "__repr__",
        "__static_attributes__",
        "__str__",
        "__weakref__",
        "_abc_impl",
        "_subclass_uses_cla",  # set by Matplotlib itself
        "set",  # the same
        "add_axes",
        "add_subplot",
        "clear",
        "clf",
        "format_coord",
        "format_cursor_data",
        "get_cursor_data",
        "legend",
        "plot",
        "savefig",
        "show",
        "subplots",
    }
)


def is_matplotlibs(module: str | None) -> bool:
    """Return whether a module of this name belongs to Matplotlib."""
    return (module or "").partition(".")[0] in ("matplotlib", "mpl_toolkits")


@functools.cache
def matplotlibs_base(kind: Any) -> type | None:
    """Return the class of Matplotlib that this one draws as; None: it has its own way.

    A class that only adds names is never asked for them by Matplotlib.
    """
    own = [base for base in kind.__mro__ if is_matplotlibs(base.__module__)]
    added = kind.__mro__[: kind.__mro__.index(own[0])] if own else kind.__mro__
    for base in added:
        for name in vars(base).keys() - _HARMLESS:
            is_known = any(name in vars(known) for known in (*own, object))
            if is_known or name in ("__getattr__", "__getattribute__"):
                return None
    return own[0] if own else None


@functools.cache
def names_of(kind: Any) -> frozenset[str]:
    """Return the names of the attributes that Matplotlib sets of this class."""
    modules = {base.__module__ for base in kind.__mro__ if base is not object}
    names: set[str] = set()
    for module in (*filter(is_matplotlibs, modules), *_SETTERS):
        names |= _stored_in(module)
    # What is a method of the class is set only where somebody replaces it.
    return frozenset(name for name in names if not callable(getattr(kind, name, None)))


@functools.cache
def can_tell() -> bool:
    """Return whether the names are found in this Python and this Matplotlib.

    They are read out of compiled code, which another Python may write otherwise. Of
    the modules those with a private name may be gone.
    """
    if not all(name in sys.modules for name in _SETTERS if "._" in name):
        return False
    found = _stored_in("matplotlib.artist") | _stored_in("matplotlib.figure")
    return found >= {"_axstack", "_visible", "patch", "stale_callback", "zorder"}


@functools.cache
def _stored_in(module: str) -> frozenset[str]:
    """Return the names of all attributes that the code of this module sets."""
    names: set[str] = set()
    found = vars(sys.modules[module]) if module in sys.modules else {}
    for code in _codes(found.values(), module):
        _note_stored(code, names)
    return frozenset(names)


def _codes(things: Iterable[Any], module: str) -> Iterator[CodeType]:
    for thing in list(things):
        if isinstance(thing, type):
            if thing.__module__ == module:
                yield from _codes(vars(thing).values(), module)
        elif isinstance(thing, property):
            yield from _codes((thing.fget, thing.fset), module)
        else:
            while hasattr(thing, "__wrapped__"):
                thing = thing.__wrapped__
            function = getattr(thing, "__func__", thing)  # of a class method
            if isinstance(function, FunctionType):
                yield function.__code__


def _note_stored(code: CodeType, names: set[str]) -> None:
    operations, arguments = code.co_code[::2], code.co_code[1::2]
    at = operations.find(_STORE)
    while at >= 0:
        index = arguments[at]
        if at and operations[at - 1] == _EXTENDED:
            index |= arguments[at - 1] << 8
        names.update(code.co_names[index : index + 1])
        at = operations.find(_STORE, at + 1)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            _note_stored(constant, names)
