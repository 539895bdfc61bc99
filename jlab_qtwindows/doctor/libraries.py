"""Check that Qt can be loaded, with the libraries that its X11 plugin wants.

Qt's wheels bring all but those of the system; Qt aborts a process that lacks one. In a
thread of the doctor's pool.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.environment.libraries import remedy_for

from .child import NoAnswer, ask_module
from .line import Line, fault, ok, warning
from .surroundings import for_new_host

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .environments import Environment

__all__ = ["check_libraries", "missing_libraries"]

_SUBJECT = "Qt's libraries"
_BINDING = "Qt binding"
_QT_LIMIT = 60.0  # s; the first import of Matplotlib may look for all fonts
_LDD_LIMIT = 20.0  # s


def check_libraries(here: Environment) -> Iterator[Line]:
    """Look at the binding that a window host here would use, and at its plugin.

    Says nothing where there is no Qt or no Matplotlib: the window host's check does.
    """
    if not here.qt or "Matplotlib" not in here.packages:
        return
    try:
        facts = ask_module("qtfacts", limit=_QT_LIMIT, environment=for_new_host())
    except NoAnswer as error:
        again = f"{here.interpreter} -m pip install --force-reinstall {here.qt}"
        yield fault(_BINDING, f"{here.qt} cannot be loaded: {error}", again)
        return
    if "fault" in facts:
        found = facts["fault"]
        if found["library"]:
            yield fault(_SUBJECT, found["words"], remedy_for({found["library"]}))
            return
        pip = f"{here.interpreter} -m pip install"
        remedy = found["remedy"].replace("pip install", pip)
        yield fault(_BINDING, found["words"], remedy)
    elif sys.platform.startswith("linux"):
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
