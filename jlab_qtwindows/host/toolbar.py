"""Matplotlib's own toolbar, around figures that come and go. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .qt import NavigationToolbar2QT
from .views import rebind_history

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["MirrorToolbar"]


class MirrorToolbar(NavigationToolbar2QT):
    """Matplotlib's toolbar; its history follows the figure's new states."""

    def push_current(self) -> None:
        super().push_current()
        self.canvas.views.note_edits(self.canvas.figure)

    def _update_view(self) -> None:
        super()._update_view()
        self.canvas.views.note_edits(self.canvas.figure)

    def rebind(self, old: Figure, new: Figure, program: list[Any]) -> None:
        """Bind history and tool to the Axes of a new state."""
        stack = self._nav_stack
        stack._elements = rebind_history(stack._elements, old, new, program)
        tool = getattr(self.mode, "_navigate_mode", None)  # Matplotlib below 3.11
        if tool is not None:
            for axes in new.axes:
                axes.set_navigate_mode(tool)
