"""Modules that only this process can import: those beside the notebook, libraries.

The host cannot import `mystyle.py` from the notebook's folder, nor a library that is
installed for the kernel alone; their classes and functions are sent by value. Called in
the thread that takes a snapshot, one at a time, and in the I/O thread.
"""

from __future__ import annotations

import contextlib
import os
import re
import site
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "by_value",
    "is_installed",
    "lacking_package",
    "local_modules",
    "send_by_value",
]

_PACKAGE = __name__.partition(".")[0]


def _installed_folders() -> tuple[str, ...]:
    folders = {
        sys.prefix,
        sys.base_prefix,
        sys.exec_prefix,
        *sysconfig.get_paths().values(),
        *site.getsitepackages(),
        site.getusersitepackages(),
    }
    both = {*folders, *(os.fspath(Path(folder).resolve()) for folder in folders)}
    return tuple(folder.rstrip(os.sep) + os.sep for folder in both)


_INSTALLED = _installed_folders()

_seen = 0  # so many modules were loaded when `_local` was made
_local: list[str] = []

_lacking: set[str] = set()  # top-level packages that the host cannot import

_NOT_FOUND = re.compile(r"ModuleNotFoundError: No module named '(\w+)")


def local_modules() -> list[str]:
    """Return the names of the loaded modules that lie in no installed folder."""
    global _seen, _local
    if len(sys.modules) != _seen:
        modules = list(sys.modules.items())
        _seen = len(modules)
        _local = [name for name, module in modules if _is_local(name, module)]
    return _local


def _is_local(name: str, module: object) -> bool:
    file = getattr(module, "__file__", None)
    return (
        isinstance(file, str)
        and name != "__main__"  # cloudpickle knows of that one
        and name.partition(".")[0] != _PACKAGE
        and not is_installed(Path(file))
    )


def is_installed(file: Path) -> bool:
    """Return whether this file, of any name, lies in an installed folder."""
    return os.fspath(file.absolute()).startswith(_INSTALLED)


def lacking_package(why: str) -> str:
    """Return which package of this process the host lacks, by its error, or ""."""
    found = _NOT_FOUND.match(why)
    return found[1] if found is not None and found[1] in sys.modules else ""


def send_by_value(package: str) -> None:
    """Send what is of this package by value from now on."""
    _lacking.add(package)


@contextlib.contextmanager
def by_value() -> Iterator[None]:
    """Have cloudpickle send the contents of these modules inside the block."""
    import cloudpickle

    already = cloudpickle.list_registry_pickle_by_value()
    registered = [
        sys.modules[name]
        for name in (*local_modules(), *_lacking)
        if name in sys.modules and name not in already
    ]
    for module in registered:
        cloudpickle.register_pickle_by_value(module)
    try:
        yield
    finally:
        for module in registered:
            with contextlib.suppress(ValueError):  # a module may have two names
                cloudpickle.unregister_pickle_by_value(module)
