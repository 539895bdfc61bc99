"""Pyplot's list of figures, by whichever name Matplotlib has it. Any thread."""

from __future__ import annotations

try:
    from matplotlib._pylab_helpers import Gcf
except ImportError:  # a private name; backends of Matplotlib itself need the class
    from matplotlib.backend_bases import Gcf  # type: ignore[attr-defined,no-redef]

__all__ = ["Gcf"]
