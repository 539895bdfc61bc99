"""From the mouse to the callback of a program in an idle kernel.

The X server moves the pointer; both ends read the same monotonic clock.
"""

from __future__ import annotations

import statistics
import time

from desktop import Desktop
from kernels import Kernel, open_notebook
from lab import Lab
from screen import Screen
from Xlib import display

MOTIONS = 100
GAP = 0.1  # s, in which the mouse rests
LIMIT = 20.0  # s

CELL = """
import time, matplotlib.pyplot as plt, numpy as np
%matplotlib qtwindows
fig, ax = plt.subplots(num=78)
line, = ax.plot(np.sin(np.linspace(0, 10, 1000)))
heard, changing = [], False
def note(event):
    heard.append(time.monotonic())
    if changing: line.set_color('red')
_ = fig.canvas.mpl_connect('motion_notify_event', note)
"""
DRAWING = """
began = time.perf_counter()
for _ in range(10): fig.draw(fig.canvas.get_renderer())
took = (time.perf_counter() - began) / 10
"""


def report(lab: Lab, desktop: Desktop) -> None:
    """Measure and print."""
    with Screen.of(desktop.name) as screen, open_notebook(lab, "e.ipynb") as kernel:
        kernel.run(CELL)
        _wait_for_window(screen)
        print(
            "\nFrom the mouse to a callback in an idle kernel, a line of 1,000 points"
        )
        for changing in (False, True):
            kernel.run(f"heard.clear(); changing = {changing}")
            delays = _delays(screen, desktop, kernel)
            p95 = delays[int(0.95 * (len(delays) - 1))]
            kind = "changed by each callback" if changing else "unchanged"
            print(
                f"{kind}: p50 {statistics.median(delays) * 1000:.1f} ms, "
                f"p95 {p95 * 1000:.1f} ms, {len(delays)} of {MOTIONS} motions"
            )
        kernel.run(DRAWING)
        print(f"one drawing of it with Agg: {kernel.value('took') * 1000:.1f} ms")


def _wait_for_window(screen: Screen) -> None:
    end = time.monotonic() + LIMIT
    while not any(window.mapped for window in screen.windows("Figure 78")):
        if time.monotonic() > end:
            raise RuntimeError("no window within the time limit")
        time.sleep(0.01)
    time.sleep(1.0)  # it has its place and its first state


def _delays(screen: Screen, desktop: Desktop, kernel: Kernel) -> list[float]:
    """Return the seconds that each motion has taken, shortest first."""
    window = screen.windows("Figure 78")[0]
    connection = display.Display(desktop.name)
    root = connection.screen().root
    moved = []
    for number in range(MOTIONS):
        moved.append(time.monotonic())
        root.warp_pointer(
            window.left + 200 + number, window.top + window.height // 2 + number % 7
        )
        connection.sync()
        time.sleep(GAP)
    connection.close()
    heard = kernel.value("heard")
    delays = []
    for began in moved:
        after = [at - began for at in heard if 0 <= at - began < GAP]
        delays += after[:1]
    return sorted(delays)
