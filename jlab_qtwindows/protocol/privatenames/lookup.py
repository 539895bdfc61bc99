"""Whether a package has the private names that are used of it; any process.

Most are attributes of instances, which are nowhere but in the code of their class: a
class has a name if one of its functions speaks of it.
"""

from __future__ import annotations

import contextlib
import dis
import functools
import importlib
import importlib.util
import re
import sys
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from .entry import FRAMES, PrivateName
from .states import STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["lacking", "reason_for_frames", "speaks_of"]


def lacking(entries: Iterable[PrivateName]) -> list[tuple[PrivateName, str]]:
    """Return the names that their packages do not have and should, each with its entry.

    Imports what is not there yet; says nothing of a package that is not installed.
    """
    missing = []
    for entry in entries:
        if _is_due(entry):
            owner = _find(entry.owner)
            missing += [(entry, n) for n in entry.names if not _has(owner, n)]
    return missing


@functools.cache
def reason_for_frames() -> str:
    """Return in words why no figure can travel as itself; "" where nothing is missing.

    Takes some milliseconds at the first call.
    """
    for entry, name in lacking(entry for entry in STATES if entry.without == FRAMES):
        version = getattr(sys.modules[entry.package], "__version__", "")
        return f"{entry.package} {version} has no {entry.short_owner}.{name}"
    return ""


def _is_due(entry: PrivateName) -> bool:
    """Return whether the package is there in a version that should have the names."""
    try:
        package = importlib.import_module(entry.package)
    except ImportError:
        return False
    numbers = re.findall(r"\d+", str(getattr(package, "__version__", "")))[:3]
    return entry.is_of(tuple(map(int, numbers)))


def _find(path: str) -> Any:
    """Return the module or class of this name, or None."""
    with contextlib.suppress(ImportError):
        return importlib.import_module(path)
    module, _, name = path.rpartition(".")
    with contextlib.suppress(ImportError):
        return getattr(importlib.import_module(module), name, None)
    return None


def _has(owner: Any, name: str) -> bool:
    if owner is None or hasattr(owner, name):
        return owner is not None
    if isinstance(owner, type):
        return speaks_of(owner, name)
    with contextlib.suppress(ImportError):
        return importlib.util.find_spec(f"{owner.__name__}.{name}") is not None
    return False


def speaks_of(kind: type, name: str) -> bool:
    """Return whether the code of a class or of its bases uses an attribute."""
    package = kind.__module__.partition(".")[0]
    return any(
        _uses(code, name)
        for base in kind.__mro__
        if base.__module__.partition(".")[0] == package
        for value in vars(base).values()
        for code in _codes(value)
    )


def _codes(value: Any) -> Iterator[CodeType]:
    parts: tuple[Any, ...] = (value,)
    if isinstance(value, property):
        parts = value.fget, value.fset
    for part in parts:
        function = getattr(part, "__func__", part)
        while hasattr(function, "__wrapped__"):
            function = function.__wrapped__
        if isinstance(function, FunctionType):
            yield function.__code__


def _uses(code: CodeType, name: str) -> bool:
    if name in code.co_names and any(
        instruction.argval == name and _is_of_attribute(instruction.opname)
        for instruction in dis.get_instructions(code)
    ):
        return True
    return any(
        _uses(constant, name) if isinstance(constant, CodeType) else constant == name
        for constant in code.co_consts  # a string may be the key of a state
    )


def _is_of_attribute(operation: str) -> bool:
    """Return whether a bytecode reads or sets one, and not a name of its module."""
    return "ATTR" in operation or "METHOD" in operation
