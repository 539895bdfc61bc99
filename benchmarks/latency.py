"""From a change in a busy kernel to the pixel on the screen, and to a first window.

Both ends read the same monotonic clock, so that the kernel's own report of when it made
the change can be compared with when the pixel had the new colour.
"""

from __future__ import annotations

import statistics
import time

from desktop import Desktop
from kernels import open_notebook
from lab import Lab
from screen import STATUS_BAR, Screen

CHANGES = 60
GAP = 0.4  # s between two changes, with pure Python running
LIMIT = 20.0  # s

LOAD = "import time, matplotlib.pyplot as plt\n%matplotlib qtwindows"
# A notebook's first plotting cell, all of it; ipykernel has run a line before.
FIRST_CELL = """
at = time.monotonic()
import matplotlib.pyplot as plt
imported = time.monotonic()
%matplotlib qtwindows
fig, ax = plt.subplots(num=77)
ax.plot([1, 2, 3])
"""
CELL = f"""
made = []
for i in range({CHANGES}):
    end = time.monotonic() + {GAP}
    while time.monotonic() < end:
        sum(range(1000))
    made.append(time.monotonic())
    fig.set_facecolor((1, 0, 0) if i % 2 else (0, 0, 1))
end = time.monotonic() + {GAP}
while time.monotonic() < end:
    sum(range(1000))
"""


def report(lab: Lab, desktop: Desktop) -> None:
    """Measure and print."""
    with Screen.of(desktop.name) as screen, open_notebook(lab, "l.ipynb") as kernel:
        kernel.run(LOAD)
        opened = kernel.start("at = time.monotonic(); fig = plt.figure(77)")
        seen = wait_for_window(screen)
        kernel.wait(opened)
        first = seen - kernel.value("at")
        request = kernel.start(CELL)
        shown = watch_changes(screen)
        kernel.wait(request)
        made = kernel.value("made")
    delays = sorted(b - a for a, b in zip(made, shown, strict=True))
    p95 = delays[int(0.95 * (len(delays) - 1))]
    print("\nFrom a change to the screen, the kernel busy in Python code")
    print(f"p50 {statistics.median(delays) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms")
    print(
        f"first window after the first plt.figure(), host warm: {first * 1000:.0f} ms"
    )


def report_cold(lab: Lab, desktop: Desktop, *, early: bool) -> None:
    """Measure a first window and print; no host may run yet in this JupyterLab.

    `early`: as from JupyterLab's page, which asks for the host when the cell is run;
    else as from a console, where the kernel asks for it.
    """
    with Screen.of(desktop.name) as screen, open_notebook(lab, "c.ipynb") as kernel:
        kernel.run("import time")
        request = kernel.start(FIRST_CELL)
        if early:
            lab.request("POST", "jlab-qtwindows/host", {"action": "start"})
        seen = wait_for_window(screen)
        kernel.wait(request)
        first = seen - kernel.value("at")
        imported = kernel.value("imported") - kernel.value("at")
    print(
        "\nfirst window after the first plotting cell began, host cold, "
        f"{'in JupyterLab' if early else 'in a console'}: {first:.2f} s "
        f"({imported:.2f} s of them until pyplot was imported)"
    )


def wait_for_window(screen: Screen) -> float:
    """Return when the window was on the screen."""
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        if any(window.mapped for window in screen.windows("Figure 77")):
            return time.monotonic()
        time.sleep(0.002)
    raise RuntimeError("no window within the time limit")


def watch_changes(screen: Screen) -> list[float]:
    """Return when each change of colour was on the screen."""
    window = screen.windows("Figure 77")[0]
    times: list[float] = []
    # In the lower left corner of the canvas, above the status bar.
    place = window.left + 20, window.top + window.height - STATUS_BAR - 20
    last = screen.pixel(*place)
    end = time.monotonic() + CHANGES * GAP + LIMIT
    while len(times) < CHANGES:
        if time.monotonic() > end:
            raise RuntimeError("not all changes came within the time limit")
        colour = screen.pixel(*place)
        if colour != last:
            times.append(time.monotonic())
            last = colour
        time.sleep(0.001)
    return times
