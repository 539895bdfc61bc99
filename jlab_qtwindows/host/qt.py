"""Qt through Matplotlib's choice of binding: PyQt5, PyQt6 or PySide6.

The one place that knows it; Matplotlib's Qt modules carry no type information.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib.backends import backend_qtagg, qt_compat

__all__ = [
    "BINDING",
    "FigureCanvasQTAgg",
    "FigureManagerQT",
    "NavigationToolbar2QT",
    "QtCore",
    "QtGui",
    "QtWidgets",
    "plugin_folder",
]

_compat: Any = qt_compat
_backend: Any = backend_qtagg

FigureCanvasQTAgg: Any = _backend.FigureCanvasQTAgg
FigureManagerQT: Any = _backend.FigureManagerQT
NavigationToolbar2QT: Any = _backend.NavigationToolbar2QT

QtCore: Any = _compat.QtCore
QtGui: Any = _compat.QtGui
QtWidgets: Any = _compat.QtWidgets
BINDING = f"{_compat.QT_API} {_compat.__version__}"


def plugin_folder() -> Path:
    """Return Qt's folder of plugins; needs no application."""
    path_of = getattr(QtCore.QLibraryInfo, "path", None) or QtCore.QLibraryInfo.location
    kinds = getattr(QtCore.QLibraryInfo, "LibraryPath", QtCore.QLibraryInfo)
    return Path(path_of(kinds.PluginsPath))
