"""`python -m jlab_qtwindows.doctor.qtfacts`: the Qt that a window host here would use.

Run by the doctor in a process of its own. Makes no application, so that nothing can
abort for want of a display.
"""

from __future__ import annotations

import importlib
import json
import sys
from importlib.util import find_spec

from jlab_qtwindows.host.binding import settle_binding

_BINDINGS = ("PyQt5", "PyQt6", "PySide6")
# Each needs those before it, and PySide tells of its own file only what that lacks.
_MODULES = ("QtCore", "QtGui", "QtWidgets")


def main() -> int:
    """Print the binding and its folder of plugins as JSON."""
    settle_binding()
    try:
        from jlab_qtwindows.host.qt import BINDING, plugin_folder
    except ImportError:
        _import_each()
        raise
    sys.stdout.write(json.dumps({"binding": BINDING, "plugins": str(plugin_folder())}))
    return 0


def _import_each() -> None:
    """Raise the error of a binding itself; Matplotlib, which tries all, drops it."""
    for binding in _BINDINGS:
        if find_spec(binding) is not None:
            for module in _MODULES:
                importlib.import_module(f"{binding}.{module}")


if __name__ == "__main__":
    sys.exit(main())
