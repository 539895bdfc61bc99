"""What Matplotlib's tool manager adds its tools to; any thread.

With `rcParams["toolbar"] = "toolmanager"` a program may add tools of its own. Their
keys work as everywhere; the window has the usual toolbar, and no buttons for them.
"""

from __future__ import annotations

from typing import Any

from matplotlib.backend_bases import ToolContainerBase

__all__ = ["ToolContainer"]


class ToolContainer(ToolContainerBase):
    """Takes what it is told, and shows nothing."""

    def add_toolitem(self, *item: Any) -> None:
        """Take a tool."""

    def toggle_toolitem(self, name: str, toggled: bool) -> None:
        """Take the state of a tool."""

    def remove_toolitem(self, name: str) -> None:
        """Take a tool away."""

    def set_message(self, s: str) -> None:
        """Take the words for a tool."""
