"""Qt through Matplotlib's choice of binding: PyQt5, PyQt6 or PySide6.

The one place that knows it. Matplotlib's Qt modules carry no type information: for the
type checker the modules are those of PyQt5, whose names of enums all three have, and
Matplotlib's three classes are declared here. The names may be used in any thread; what
is made of them, on the GUI thread.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from matplotlib.backends import backend_qtagg, qt_compat

__all__ = [
    "BINDING",
    "FigureCanvasQTAgg",
    "FigureManagerQT",
    "NavigationToolbar2QT",
    "QtCore",
    "QtGui",
    "QtWidgets",
    "Signal",
    "plugin_folder",
    "single_shot",
    "surely",
]

_compat: Any = qt_compat
_backend: Any = backend_qtagg

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.backend_bases import (
        FigureCanvasBase,
        FigureManagerBase,
        NavigationToolbar2,
    )
    from PyQt5 import QtCore, QtGui, QtWidgets

    class FigureCanvasQTAgg(FigureCanvasBase, QtWidgets.QWidget):
        """Matplotlib's canvas of Qt and Agg: what we use of it."""

        renderer: Any
        toolbar: Any

        def window(self) -> QtWidgets.QWidget: ...
        def mpl_connect(self, s: str, func: Callable[[Any], Any]) -> int: ...
        def get_default_filetype(self) -> str: ...  # type: ignore[override]
        def get_renderer(self) -> Any: ...
        def copy_from_bbox(self, bbox: Any) -> Any: ...
        def restore_region(self, region: Any) -> None: ...

    class FigureManagerQT(FigureManagerBase):
        """Matplotlib's manager of a Qt window: what we use of it."""

        window: Any
        canvas: Any
        toolbar: Any
        key_press_handler_id: int

    class NavigationToolbar2QT(  # type: ignore[misc]  # the two differ in `update`
        NavigationToolbar2, QtWidgets.QToolBar
    ):
        """Matplotlib's toolbar of Qt: what we use of it."""

        canvas: Any

        def configure_subplots(self, *args: Any) -> Any: ...
        def draw_rubberband(
            self, event: Any, x0: float, y0: float, x1: float, y1: float
        ) -> None: ...

else:
    FigureCanvasQTAgg = _backend.FigureCanvasQTAgg
    FigureManagerQT = _backend.FigureManagerQT
    NavigationToolbar2QT = _backend.NavigationToolbar2QT
    QtCore = _compat.QtCore
    QtGui = _compat.QtGui
    QtWidgets = _compat.QtWidgets
# Untyped: the types of PyQt5 do not know that `connect` takes a kind of connection.
Signal: Any = _compat.QtCore.Signal
BINDING = f"{_compat.QT_API} {_compat.__version__}"


Thing = TypeVar("Thing")


def surely(thing: Thing | None) -> Thing:
    """Return what is there wherever it is asked for, whatever Qt's types say."""
    return cast("Thing", thing)


def single_shot(
    parent: QtCore.QObject,
    milliseconds: int = 0,
    function: Callable[[], None] | None = None,
) -> QtCore.QTimer:
    """Return a timer that calls the function once each time it is started.

    Without one it only says whether the time is over.
    """
    timer = QtCore.QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    if function is not None:
        timer.timeout.connect(function)
    return timer


def plugin_folder() -> Path:
    """Return Qt's folder of plugins; needs no application."""
    path_of = getattr(QtCore.QLibraryInfo, "path", None) or QtCore.QLibraryInfo.location
    kinds = getattr(QtCore.QLibraryInfo, "LibraryPath", QtCore.QLibraryInfo)
    return Path(path_of(kinds.PluginsPath))
