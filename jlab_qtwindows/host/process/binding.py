"""Which Qt binding this process will use. Before Matplotlib or Qt is imported.

Main thread.
"""

from __future__ import annotations

import importlib.util
import os

__all__ = ["BINDINGS", "is_package", "settle_binding"]

# What Matplotlib understands in QT_API, in any case of the letters.
BINDINGS = {
    "pyqt5": "PyQt5",
    "pyqt6": "PyQt6",
    "pyside6": "PySide6",
    "pyside2": "PySide2",
}


def settle_binding() -> None:
    """Prefer the binding that this package installs, unless the user has chosen.

    Another one that some other package brought along changes nothing.

    Raises
    ------
    ImportError
        The user has chosen something that is no binding.
    """
    chosen = os.environ.get("QT_API", "")
    if not chosen:
        os.environ.pop("QT_API", None)  # Matplotlib refuses an empty one
        if is_package("PyQt5"):
            os.environ["QT_API"] = "pyqt5"
    elif chosen.lower() not in BINDINGS:
        raise ImportError(f"QT_API={chosen} names no Qt binding")


def is_package(name: str) -> bool:
    """Return whether there is a package, and not only a folder of this name.

    Such a folder stays when PyQt5 is removed, and PyQt5-Qt5 or PyQt5-sip is not.
    """
    spec = importlib.util.find_spec(name)
    return spec is not None and spec.has_location
