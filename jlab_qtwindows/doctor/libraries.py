"""Check that the libraries are there which Qt's X11 plugin wants of the system.

Qt's wheels bring everything but those; Qt aborts the process that lacks one.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.display import DEBIAN_PACKAGES

from .child import NoAnswer, ask_module
from .line import Line, fault, ok, warning
from .surroundings import for_new_host

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .environments import Environment

__all__ = ["check_libraries", "missing_libraries", "named_library", "remedy_for"]

_SUBJECT = "Qt's libraries"
_QT_LIMIT = 60.0  # s; the first import of Matplotlib may look for all fonts
_LDD_LIMIT = 20.0  # s


def check_libraries(here: Environment) -> Iterator[Line]:
    """Look at the binding that a window host here would use, and at its plugin.

    Says nothing where there is no Qt: the check of the window host does.
    """
    if not sys.platform.startswith("linux") or not here.qt:
        return
    try:
        facts = ask_module("qtfacts", limit=_QT_LIMIT, environment=for_new_host())
    except NoAnswer as error:
        yield from _cannot_be_loaded(here, str(error))
        return
    yield check_plugin(Path(facts["plugins"]), facts["binding"])


def check_plugin(plugins: Path, binding: str) -> Line:
    """Look at the X11 plugin in Qt's folder of plugins."""
    plugin = plugins / "platforms" / "libqxcb.so"
    if not plugin.exists():
        return warning(
            _SUBJECT,
            f"{binding} has no X11 plugin ({plugin})",
            "pip install --force-reinstall PyQt5, where your desktop is one of X11",
        )
    try:
        missing = missing_libraries(plugin)
    except (OSError, subprocess.SubprocessError) as error:
        return warning(
            _SUBJECT,
            f"of {binding}: not known, as ldd does not run: {error}",
            "apt install libc-bin, or look whether the window process starts (below)",
        )
    if not missing:
        return ok(_SUBJECT, f"all there ({binding})")
    return fault(
        _SUBJECT, f"{binding} lacks {', '.join(sorted(missing))}", remedy_for(missing)
    )


def remedy_for(missing: set[str]) -> str:
    """Say how to get these shared libraries."""
    packages = sorted(
        {DEBIAN_PACKAGES[name] for name in missing & set(DEBIAN_PACKAGES)}
    )
    others = sorted(missing - set(DEBIAN_PACKAGES))
    remedies = [f"apt install {' '.join(packages)}"] if packages else []
    if others:
        remedies.append(f"install the packages that bring {', '.join(others)}")
    return " and ".join(remedies)


def named_library(words: str) -> str:
    """Return the shared library that the loader says it has not found, or ""."""
    match = re.search(r"(\S+\.so[.\d]*): cannot open shared object", words)
    return match[1] if match else ""


def _cannot_be_loaded(here: Environment, words: str) -> Iterator[Line]:
    binding = f"{here.qt} {here.packages[here.qt]}"
    library = named_library(words)
    if library:
        yield fault(
            _SUBJECT,
            f"{binding} lacks {library}, without which it cannot be loaded",
            remedy_for({library}),
        )
    elif "Matplotlib" in here.packages:  # without it the window host's line tells
        yield fault(
            _SUBJECT,
            f"{binding} cannot be loaded: {words}",
            f"{here.interpreter} -m pip install --force-reinstall {here.qt}",
        )


def missing_libraries(plugin: Path) -> set[str]:
    """Return the shared libraries that the loader would not find for this one.

    Raises
    ------
    OSError, subprocess.SubprocessError
        There is no ldd, or it does not answer.
    """
    ldd = shutil.which("ldd")
    if ldd is None:
        raise FileNotFoundError("it is not installed")
    result = subprocess.run(  # noqa: S603 - our own installation's file
        [ldd, str(plugin)],
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_LDD_LIMIT,
        check=True,
    )
    return set(re.findall(r"^\s*(\S+) => not found", result.stdout, re.MULTILINE))
