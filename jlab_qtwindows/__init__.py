"""Native Matplotlib windows that never wait for the kernel.

    %matplotlib qtwindows
    import jlab_qtwindows as qtw

After the first line, pyplot's figures are shown in windows of their own, which follow
your code while a cell runs. Nothing of what follows is needed for that.

    qtw.windows()             the windows of this kernel, as a table with small pictures
    qtw.status()              the same, with what all cost, or why there are no windows
    qtw.raise_window("loss")  brings a window to the front
    qtw.close(2)              closes a figure and its window
    with qtw.hold(fig): ...   shows all changes of the block at once
    qtw.follow(fps=10)        how often windows are updated, and what that may cost
    qtw.follow(fig, fps=10)   how often one of them is
    qtw.keep_pictures()       puts pictures of the figures into the notebook, too
    qtw.guard()               no cell is lost with `%matplotlib qt` and the like
    qtw.doctor()              finds out what does not work, and says what to do; see
                              help(qtw.doctor)

A figure is named by itself, by its number or by its label; without a name the current
figure is meant, and by `follow` all of them. Where there is no such figure, or it is
closed, all functions raise `ValueError`.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

# Kernel, server and the windows' own process all import this package: it loads nothing
# beyond the standard library, and the names are looked up on first use.

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
    from jlab_qtwindows.kernel.guard.cellguard import guard

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
        home = "guard.cellguard" if name == "guard" else "api"
        value = getattr(importlib.import_module(f"jlab_qtwindows.kernel.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    # Nothing of how it is made: `help` and what completes names show what is here.
    return sorted(__all__)


def load_ipython_extension(_: object) -> None:
    """Switch the cell-run guard on: `%load_ext jlab_qtwindows`."""
    from jlab_qtwindows.kernel.guard.cellguard import guard

    state = guard()
    if not state.on:
        sys.stdout.write(f"{state.note}\n")


def unload_ipython_extension(_: object) -> None:
    """Switch the cell-run guard off: `%unload_ext jlab_qtwindows`."""
    from jlab_qtwindows.kernel.guard.cellguard import guard

    guard(False)


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    from jlab_qtwindows.server.extension import QtWindowsExtension

    return [{"module": "jlab_qtwindows.server.extension", "app": QtWindowsExtension}]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jlab-qtwindows"}]
