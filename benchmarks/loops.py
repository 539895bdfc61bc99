"""What a live display costs the loop that it shows, beside other backends.

In every round, every kernel runs the 61-turn loop of the example notebook twice:
without any display request in `ioff()` mode (the base), and live. The ratio is live /
base.
"""

from __future__ import annotations

import contextlib
import importlib.util
import statistics
from typing import Any

from kernels import Kernel, open_notebook
from lab import Lab

SETUP = """
import time, numpy as np, matplotlib.pyplot as plt
rng = np.random.default_rng(0)
signals = rng.normal(size=(200, 100))
fig_1, (a, b) = plt.subplots(2, 1, num=1, figsize=(5, 3))
fig_2, (c, d) = plt.subplots(2, 1, num=2, figsize=(5, 3))
fig_1.tight_layout(h_pad=1); fig_2.tight_layout(h_pad=1)

def scatter(axes, n):
    axes.scatter(rng.normal(4, 9, n), rng.normal(4, 3, n),
                 s=rng.uniform(15, 80, n), c=rng.random((n, 3)))

def fill_1(turn):
    a.clear(); scatter(a, 30); b.clear(); b.plot(signals[turn])

def fill_2(turn):
    x = np.arange(0, (turn + 1) * np.pi, 0.01)
    c.clear(); c.plot(x, np.sin(x)); d.clear(); scatter(d, 150)

def loop(redraw, turns=61):
    wall, cpu = time.perf_counter(), time.process_time()
    for turn in range(turns):
        for figure, fill in ((fig_1, fill_1), (fig_2, fill_2)):
            fill(turn)
            if redraw:
                figure.canvas.draw()
                figure.canvas.flush_events()
        time.sleep(0.005)
    return time.perf_counter() - wall, time.process_time() - cpu
"""
SHOWN = "sum(w.shown for w in __import__('jlab_qtwindows').windows())"


def report(lab: Lab, rounds: int, *, peers: bool) -> None:
    """Measure and print."""
    ways: dict[str, tuple[str, bool]] = {
        "qtwindows, no draw calls": ("qtwindows", False),
        "qtwindows, draw + flush": ("qtwindows", True),
    }
    if peers:
        ways["qt, draw + flush"] = ("qt", True)
        if importlib.util.find_spec("ipympl"):
            ways["ipympl, draw + flush"] = ("ipympl", True)
    with contextlib.ExitStack() as stack:
        kernels = {}
        for number, (name, (magic, _)) in enumerate(ways.items()):
            notebook = open_notebook(lab, f"loop-{number}.ipynb")
            kernels[name] = stack.enter_context(notebook)
            kernels[name].needs_nudging = magic == "qt"
            kernels[name].run(f"%matplotlib {magic}")
            kernels[name].run(SETUP)
        results: dict[str, list[tuple[float, float, float]]] = {n: [] for n in ways}
        for turn in range(rounds + 1):
            for name, (magic, redraw) in ways.items():
                measured = one_round(kernels[name], redraw, magic == "qtwindows")
                if turn:  # the first round warms up
                    results[name].append(measured)
    print("\nThe 61-turn loop over two figures, live / without display")
    print(f"{'':28s}{'wall':>8s}{'CPU':>8s}{'frames/s of a figure':>24s}")
    for name, rows in results.items():
        wall, cpu, fps = (
            statistics.median(column) for column in zip(*rows, strict=True)
        )
        frames = f"{fps:.1f}" if fps else "-"
        print(f"{name:28s}{wall:8.2f}{cpu:8.2f}{frames:>24s}")


def one_round(kernel: Kernel, redraw: bool, ours: bool) -> tuple[float, float, float]:
    """Return the ratios of wall and CPU time, and the frames/s of a figure."""
    base: Any = kernel.value("(plt.ioff(), loop(False))[1]")
    before = kernel.value(SHOWN) if ours else 0
    live: Any = kernel.value(f"(plt.ion(), loop({redraw}))[1]")
    shown = (kernel.value(SHOWN) if ours else 0) - before
    return live[0] / base[0], live[1] / base[1], shown / 2 / live[0]
