"""Keep a program that starts Qt in this process from ending it.

Programs that find "qt" in the name of the backend make a `QApplication`, and Qt aborts
the process where it can show nothing: no display, one that does not answer, missing
libraries. So when Qt's windows are imported here, after the backend was loaded, it is
looked whether they could be shown; where not, Qt is told to draw unseen. Any thread; a
look at the name for each module that is imported, else nothing.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.kernel.process.words import admit, say_once
from jlab_qtwindows.protocol.environment.display import choose_platform
from jlab_qtwindows.protocol.meeting.launch import PLATFORM_VARIABLE, leave_out_of_host

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

__all__ = ["keep_qt_from_aborting"]

_BINDINGS = ("PyQt5", "PyQt6", "PySide2", "PySide6")
# The first modules of a binding with which windows can be made.
_WATCHED = {f"{b}.{m}": b for b in _BINDINGS for m in ("QtGui", "QtWidgets")}


def keep_qt_from_aborting() -> None:
    """Look at the display when Qt comes, or now if it is there already."""
    if not sys.platform.startswith("linux"):
        return  # elsewhere Qt needs no display that could be missing
    if not any(isinstance(finder, _Watch) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Watch())
    for module, binding in _WATCHED.items():
        loaded = sys.modules.get(module)
        if loaded is not None and not _has_application(loaded):
            _look(binding)


class _Watch:
    """A finder of modules that finds none, and so sees what is imported."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> None:
        if name in _WATCHED:
            _look(_WATCHED[name])


def _look(binding: str) -> None:
    """Have Qt draw unseen where it could show nothing."""
    try:
        chosen, why = choose_platform(
            os.environ, _plugin_folder(binding), qt5=binding.endswith(("5", "2"))
        )
    except Exception:  # the program's import must go on
        admit("it is not known whether Qt could start here", "Qt is left alone")
        return
    if chosen != "offscreen":
        return
    os.environ[PLATFORM_VARIABLE] = chosen
    leave_out_of_host(PLATFORM_VARIABLE)
    message = (
        f"{binding} is used in this process, where it could show nothing: {why}. It "
        f"draws unseen ({PLATFORM_VARIABLE}={chosen}) instead of ending the process. "
        'A program that starts Qt because of the letters "qt" in the name of the '
        'backend needs no Qt with matplotlib.use("livewindows"), which is the same'
    )
    say_once(message)


def _has_application(module: Any) -> bool:
    """Return whether Qt is started already: it is too late then, and went well."""
    for name in ("QApplication", "QGuiApplication"):
        application = getattr(module, name, None)
        if application is not None and application.instance() is not None:
            return True
    return False


def _plugin_folder(binding: str) -> Path | None:
    """Return where this Qt has its plugins; the program imports its core anyway."""
    try:
        library = importlib.import_module(f"{binding}.QtCore").QLibraryInfo
    except ImportError:
        return None  # which the program is told by its own import
    kinds = getattr(library, "LibraryPath", library)
    path_of = getattr(library, "path", None) or library.location
    return Path(path_of(kinds.PluginsPath))
