"""The pointer in the navigator: pulled with the mouse, moved with keys."""

from typing import Any

from user import User

LIBRARY = "hyperspy"


def work(user: User) -> dict[str, Any]:
    """Pull the pointer from (0, 0) to (6, 4), then a step to the right by a key."""
    user.run("""
import numpy as np
import hyperspy.api as hs
hs.preferences.GUIs.warn_if_guis_are_missing = False
data = np.arange(12 * 10 * 32.0).reshape(10, 12, 32)
signal = hs.signals.Signal1D(data)
signal.plot()
navigator = signal._plot.navigator_plot
axes = navigator.ax
title = navigator.figure.canvas.manager.get_window_title()
""")
    title = user.value("title")
    user.window(title)
    start = user.place("start", "axes.transData.transform((0, 0))")
    end = user.place("end", "axes.transData.transform((6, 4))")
    middle = (start[0] + end[0]) // 2, (start[1] + end[1]) // 2
    user.drag(title, start, middle, end)
    user.until("signal.axes_manager.indices != (0, 0)")
    moved = user.settled("signal.axes_manager.indices")
    curve = "signal._plot.signal_plot.ax_lines[0].line.get_ydata()[:2].tolist()"
    shown = user.value(curve)
    user.key(title, "ctrl+Right")
    user.until(f"signal.axes_manager.indices != {moved} or None")
    return {
        "indices": moved,
        "curve": shown,
        "after a key": user.value("signal.axes_manager.indices"),
    }
