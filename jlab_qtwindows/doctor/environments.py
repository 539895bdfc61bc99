"""What is installed in the environment of a Python interpreter, here or elsewhere.

Asked of the interpreter itself; nothing of this package is needed there. Any thread of
the doctor's process.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .child import NoAnswer, ask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jlab_qtwindows.protocol.environment.versions import Versions

__all__ = ["UNKNOWN", "Environment", "look_into"]

_LIMIT = 30.0  # s, for an interpreter on a slow disk

# Names of distributions, as they are shown.
_PACKAGES = (
    "ipykernel",
    "IPython",
    "Matplotlib",
    "numpy",
    "pyzmq",
    "PyQt5",
    "PyQt6",
    "PySide2",
    "PySide6",
    "PySide6-Essentials",
    "jupyter_server",
    "JupyterLab",
    "jlab-qtwindows",
)
_QT = ("PyQt5", "PyQt6", "PySide6", "PySide6-Essentials", "PySide2")

# In place of a version: a package can be imported, and its metadata is gone.
UNKNOWN = "of unknown version"

# Runs on any Python from 3.6 on.
_SCRIPT = """
import json, sys
from importlib.util import find_spec
found = {}
try:
    from importlib.metadata import version
    for name in sys.argv[1:]:
        try:
            found[name] = version(name)
        except Exception:
            pass
except ImportError:
    pass
modules = []
for name in ("PyQt5", "PyQt6", "PySide6", "PySide2"):
    spec = find_spec(name)
    if spec is not None and spec.has_location:  # more than a folder that was left
        modules.append(name)
print(json.dumps({
    "python": "%d.%d.%d" % sys.version_info[:3],
    "packages": found,
    "bindings": modules,
    "tk": find_spec("_tkinter") is not None,
    "ours": find_spec("jlab_qtwindows") is not None,
}))
"""


@dataclass(frozen=True)
class Environment:
    """An interpreter and what it can import."""

    interpreter: str
    python: str
    packages: Mapping[str, str]  # distribution -> version
    tk: bool
    ours: bool  # this package is there, if only by PYTHONPATH

    @property
    def qt(self) -> str:
        """A Qt binding that is installed, "" where there is none."""
        return next((name for name in _QT if name in self.packages), "")

    @property
    def versions(self) -> Versions | None:
        """What must agree with the window host; None where it cannot draw at all."""
        try:
            return {
                "python": self.python,
                "matplotlib": self.packages["Matplotlib"],
                "numpy": self.packages["numpy"],
            }
        except KeyError:
            return None

    def __str__(self) -> str:
        found = (f"{n} {self.packages[n]}" for n in _PACKAGES if n in self.packages)
        return ", ".join([f"Python {self.python}", *found])


def look_into(
    interpreter: str = sys.executable, environment: Mapping[str, str] | None = None
) -> Environment:
    """Return what is installed there.

    Raises
    ------
    NoAnswer
        It cannot be run, or is no Python; the text says why.
    """
    command = (interpreter, "-c", _SCRIPT, *_PACKAGES)
    data: Any = ask(command, limit=_LIMIT, environment=environment)
    try:
        packages = data["packages"]
        for name in data.get("bindings", ()):
            if not any(known.partition("-")[0] == name for known in packages):
                packages[name] = UNKNOWN
        return Environment(
            interpreter, data["python"], packages, data["tk"], data["ours"]
        )
    except (KeyError, TypeError):
        raise NoAnswer(f"{interpreter} is no Python") from None
