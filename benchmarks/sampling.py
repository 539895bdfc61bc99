"""What a thread that samples each millisecond notices of a live window beside it.

Its worst delays, with a line that is followed and with the same loop not shown. Taken
in turns in one kernel, since the machine's own delays are as large.
"""

from __future__ import annotations

import statistics

from kernels import open_notebook
from lab import Lab

CELL = """
import threading, time, matplotlib.pyplot as plt, numpy as np
%matplotlib qtwindows
fig, ax = plt.subplots(num=79)
line, = ax.plot(np.sin(np.linspace(0, 10, 1000)))
def late(live, seconds=4.0):
    (plt.ion if live else plt.ioff)()
    delays, going = [], True
    def sample():
        while going:
            before = time.perf_counter()
            time.sleep(0.001)
            delays.append(time.perf_counter() - before - 0.001)
    sampler = threading.Thread(target=sample)
    sampler.start()
    end, turn = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        turn += 1
        line.set_ydata(np.sin(np.linspace(0, 10, 1000) + turn / 50))
        sum(range(20_000))
    going = False
    sampler.join()
    return [float(np.quantile(delays, q) * 1000) for q in (0.5, 0.999)]
"""


def report(lab: Lab, rounds: int) -> None:
    """Measure and print."""
    with open_notebook(lab, "s.ipynb") as kernel:
        kernel.run(CELL)
        found: dict[bool, list[list[float]]] = {False: [], True: []}
        for _ in range(rounds):
            for live, values in found.items():
                values.append(kernel.value(f"late({live})"))
    print("\nA thread that samples each millisecond, beside a loop that changes a line")
    for live, values in found.items():
        half, worst = (
            statistics.median(column) for column in zip(*values, strict=True)
        )
        words = "live" if live else "not shown"
        print(f"{words}: p50 {half:.2f} ms late, p99.9 {worst:.1f} ms late")
