"""Why Qt could not be loaded, and what to do. In a process in which that has failed.

What is there is imported again, module by module: Matplotlib tries several bindings,
and drops what each of them has said.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import os
from dataclasses import dataclass

from jlab_qtwindows.protocol.environment.libraries import named_library, remedy_for
from jlab_qtwindows.protocol.meeting.launch import HOME_OF_QT, REMEDY
from jlab_qtwindows.protocol.model import MAX_TEXT

from .binding import BINDINGS, is_package

__all__ = ["BindingFault", "binding_fault"]

# Each needs those before it, and PySide tells of its own file only what that lacks.
_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg")
# Whose libraries come with the binding, not with the system.
_OWN_LIBRARIES = ("libQt5", "libQt6", "libicu", "libpyside", "libshiboken")
_DISTRIBUTIONS = {
    "PyQt5": ("PyQt5",),
    "PyQt6": ("PyQt6",),
    "PySide6": ("PySide6", "PySide6-Essentials"),
    "PySide2": ("PySide2",),
}
_PIP = "pip install"
# The window process has the variables of who starts it: a new one changes nothing.
_AGAIN = "start Jupyter (or the script) again"


@dataclass(frozen=True)
class BindingFault:
    """One cause, by its name, and its remedy."""

    words: str
    remedy: str = ""
    library: str = ""  # of the system, where it is one that is missing

    def __str__(self) -> str:
        """Return it as the panel and a cell show it, where a text has its limit."""
        remedy = REMEDY + self.remedy if self.remedy else ""
        room = MAX_TEXT - len(remedy)
        words = self.words
        return (words if len(words) <= room else f"{words[: room - 1]}…") + remedy


def binding_fault(error: ImportError) -> BindingFault:
    """Return why `error` was raised when Qt was to be loaded."""
    chosen = os.environ.get("QT_API", "")
    wanted = BINDINGS.get(chosen.lower(), "")
    there = [name for name in BINDINGS.values() if is_package(name)]
    if chosen and not wanted:
        names = "pyqt5, pyqt6 or pyside6"
        return BindingFault(
            f"QT_API={chosen} names no Qt binding",
            f"unset QT_API or set it to {names}, and {_AGAIN}",
        )
    for binding in [wanted] if wanted else there or list(BINDINGS.values()):
        fault = _damage(binding) if binding in there else _remains(binding)
        if fault is not None:
            return fault
    if wanted and wanted not in there:
        other = f"unset QT_API to use {there[0]}, and {_AGAIN}; or " if there else ""
        return BindingFault(
            f"QT_API={chosen} asks for {wanted}, which is not installed in "
            f"{HOME_OF_QT}",
            f"{other}{_PIP} {_DISTRIBUTIONS[wanted][0]}",
        )
    if not there:
        return BindingFault(f"no Qt for Python in {HOME_OF_QT}", f"{_PIP} PyQt5")
    # It is not Qt that is missing.
    words = f"the window process cannot be loaded: {error}"
    missing = isinstance(error, ModuleNotFoundError)
    return BindingFault(words, f"{_PIP} jlab-qtwindows" if missing else "")


def _damage(binding: str) -> BindingFault | None:
    """Return what keeps this binding from being loaded."""
    try:
        for module in _MODULES:
            importlib.import_module(f"{binding}.{module}")
    except ImportError as error:
        again = f"{_PIP} --force-reinstall {_distribution(binding)}"
        library = named_library(str(error))
        if library.startswith(_OWN_LIBRARIES):
            words = f"{binding} is damaged: its own library {library} is missing"
            return BindingFault(words, again)
        if library:
            words = f"{binding} lacks {library}, without which it cannot be loaded"
            return BindingFault(words, remedy_for({library}), library)
        if isinstance(error, ModuleNotFoundError):
            return BindingFault(f"{binding} is installed in part only: {error}", again)
        return BindingFault(f"{binding} is damaged: {error}", again)
    return None


def _remains(binding: str) -> BindingFault | None:
    """Return what there is in place of a binding that cannot be imported at all."""
    again = f"{_PIP} --force-reinstall {_distribution(binding)}"
    if any(_is_known_to_pip(name) for name in _DISTRIBUTIONS[binding]):
        words = f"{binding} is known to pip, but its files are gone"
        return BindingFault(words, again)
    if importlib.util.find_spec(binding) is not None:
        return BindingFault(f"only remains of {binding} are installed", again)
    return None


def _distribution(binding: str) -> str:
    """Return the name by which pip knows it."""
    names = _DISTRIBUTIONS[binding]
    return next((name for name in names if _is_known_to_pip(name)), names[0])


def _is_known_to_pip(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True
