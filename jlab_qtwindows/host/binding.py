"""Which Qt binding this process will use. Before Matplotlib or Qt is imported."""

from __future__ import annotations

import importlib.util
import os

__all__ = ["settle_binding"]


def settle_binding() -> None:
    """Prefer the binding that this package installs, unless the person has chosen.

    Another one that some other package brought along changes nothing.
    """
    if importlib.util.find_spec("PyQt5") is not None:
        os.environ.setdefault("QT_API", "pyqt5")
