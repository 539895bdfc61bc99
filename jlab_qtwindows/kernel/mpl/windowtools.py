"""Matplotlib's tools of a tool manager, as they act in the window; any thread.

Of a figure that travels whole they act in the window, of one that travels as frames on
the program's figure, as Matplotlib's own do.
"""

from __future__ import annotations

from typing import Any

from matplotlib import backend_tools

from jlab_qtwindows.protocol.messages import UseTool

__all__ = [
    "WindowBack",
    "WindowForward",
    "WindowHome",
    "WindowPan",
    "WindowSave",
    "WindowZoom",
    "register_tools",
]


class _Step:
    """A tool that is one act, of the window where that has the figure."""

    figure: Any
    _action = "home"

    def trigger(self, *args: Any) -> None:
        followed = self.figure.canvas.followed
        if followed.delivery.shows_frames:
            super().trigger(*args)  # type: ignore[misc]
        else:
            followed.post(UseTool(followed.window_id, self._action))


class _Mode:
    """A tool that stays in hand, the window's where that has the figure.

    It has the canvas's `widgetlock` then, so that selectors ignore its drags.
    """

    figure: Any
    _mode = ""
    _in_window = False

    def enable(self, event: Any = None) -> None:
        canvas = self.figure.canvas
        self._in_window = not canvas.followed.delivery.shows_frames
        if self._in_window:
            canvas.widgetlock(self)
            canvas.manager.toolbar.tell_mode(self._mode)
        else:
            super().enable(event)  # type: ignore[misc]

    def disable(self, event: Any = None) -> None:
        canvas = self.figure.canvas
        if self._in_window:
            canvas.widgetlock.release(self)
            canvas.manager.toolbar.tell_mode("")
        else:
            super().disable(event)  # type: ignore[misc]


class WindowHome(_Step, backend_tools.ToolHome):
    """Shows the first view in the window."""


class WindowBack(_Step, backend_tools.ToolBack):
    """Shows the view before this one in the window."""

    _action = "back"


class WindowForward(_Step, backend_tools.ToolForward):
    """Shows the view after this one in the window."""

    _action = "forward"


class WindowSave(_Step, backend_tools.SaveFigureBase):
    """Has the window ask for a file's name."""

    _action = "save_figure"


class WindowPan(_Mode, backend_tools.ToolPan):
    """Pans in the window."""

    _mode = "pan/zoom"


class WindowZoom(_Mode, backend_tools.ToolZoom):
    """Zooms in the window."""

    _mode = "zoom rect"


def register_tools(canvas_class: type) -> None:
    """Have a tool manager use the tools above for this canvas."""
    register = getattr(backend_tools, "_register_tool_class", None)
    if register is not None:  # else Matplotlib's own act on the kernel's figure
        for tool in (
            *(WindowHome, WindowBack, WindowForward),
            *(WindowSave, WindowPan, WindowZoom),
        ):
            register(canvas_class, tool)
