"""Native Matplotlib windows for JupyterLab.

The kernel, the server and the window host all import this package, so importing
it loads nothing beyond the standard library: the names below are looked up on
first use.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jlab_qtwindows.doctor.cell import doctor
    from jlab_qtwindows.kernel.api import (
        close,
        follow,
        hold,
        keep_pictures,
        raise_window,
        status,
        windows,
    )
    from jlab_qtwindows.kernel.guard import guard

    __version__: str

__all__ = [
    "__version__",
    "close",
    "doctor",
    "follow",
    "guard",
    "hold",
    "keep_pictures",
    "raise_window",
    "status",
    "windows",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: Any
    if name == "__version__":
        from importlib.metadata import version

        value = version("jlab-qtwindows")
    elif name == "doctor":
        value = importlib.import_module("jlab_qtwindows.doctor")  # can be called
    else:
        # The guard is also for kernels that have no Matplotlib.
        home = "guard" if name == "guard" else "api"
        value = getattr(importlib.import_module(f"jlab_qtwindows.kernel.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def load_ipython_extension(_: object) -> None:
    """Switch the cell-run guard on: `%load_ext jlab_qtwindows`."""
    from jlab_qtwindows.kernel.guard import guard

    state = guard()
    if not state.on:
        sys.stdout.write(f"{state.note}\n")


def unload_ipython_extension(_: object) -> None:
    """Switch the cell-run guard off: `%unload_ext jlab_qtwindows`."""
    from jlab_qtwindows.kernel.guard import guard

    guard(False)


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    from jlab_qtwindows.server.extension import QtWindowsExtension

    return [{"module": "jlab_qtwindows.server.extension", "app": QtWindowsExtension}]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jlab-qtwindows"}]
