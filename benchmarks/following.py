"""A line of 1,000 points changed in a tight loop: frames/s, and what they cost.

The cost is the share of turns lost against the same loop in `ioff()` mode, which shows
nothing: it counts everything, also the time lost to switching between threads.
"""

from __future__ import annotations

import statistics

from kernels import open_notebook
from lab import Lab

SETUP = """
import time, numpy as np, matplotlib.pyplot as plt
fig, ax = plt.subplots()
x = np.linspace(0, 10, 1000)
line, = ax.plot(x, np.sin(x))

def turns(seconds):
    end, count, cpu = time.perf_counter() + seconds, 0, time.process_time()
    while time.perf_counter() < end:
        line.set_ydata(np.sin(x + count / 50))
        count += 1
    return count / (time.process_time() - cpu)
"""
SHOWN = "__import__('jlab_qtwindows').windows()[0].shown"
SECONDS = 0.8  # short: the machine's own pace changes from second to second
PAIRS = 8  # of the two loops, in each round


def report(lab: Lab, rounds: int) -> None:
    """Measure and print."""
    fps, cost = [], []
    with open_notebook(lab, "following.ipynb") as kernel:
        kernel.run("%matplotlib qtwindows")
        kernel.run(SETUP)
        for turn in range(PAIRS * rounds + 1):
            base = kernel.value(f"(plt.ioff(), turns({SECONDS}))[1]")
            before = kernel.value(SHOWN)
            live = kernel.value(f"(plt.ion(), turns({SECONDS}))[1]")
            shown = kernel.value(SHOWN) - before
            if turn:
                fps.append(shown / SECONDS)
                cost.append(1 - live / base)
    print("\nA line of 1,000 points, set_ydata in a tight loop")
    print(f"frames/s shown {statistics.median(fps):.1f}")
    print(f"kernel CPU spent on showing them {statistics.median(cost):.1%}")
