"""Native Matplotlib windows for JupyterLab.

The kernel, the server and the window host all import this package, so importing
it loads nothing beyond the standard library: the names below are looked up on
first use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jlab_qtwindows.kernel.api import (
        close,
        follow,
        hold,
        raise_window,
        status,
        windows,
    )

    __version__: str

__all__ = [
    "__version__",
    "close",
    "follow",
    "hold",
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
    else:
        api = importlib.import_module("jlab_qtwindows.kernel.api")
        value = getattr(api, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    from jlab_qtwindows.server.extension import QtWindowsExtension

    return [{"module": "jlab_qtwindows.server.extension", "app": QtWindowsExtension}]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jlab-qtwindows"}]
