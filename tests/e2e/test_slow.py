"""A figure that is slow to draw leaves the other windows usable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kernels import Kernel
from lab import Lab
from screen import Screen

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]
ROUTE = "jlab-qtwindows/windows"


def test_a_figure_of_5000_ticks_says_so_and_the_other_window_answers(
    kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    kernel.run("slow, ax = plt.subplots(num=1); other = plt.figure(2)")
    eventually(lambda: screen.window("Figure 1") and screen.window("Figure 2"))

    kernel.run("ax.set_xticks(np.linspace(0, 1, 5000))")
    kernel.run("other.set_facecolor((1, 0, 0))")

    def red() -> bool:
        window = screen.window("Figure 2")
        assert window is not None
        return bool((screen.grab(window) == (255, 0, 0)).all(axis=2).any())

    eventually(red)

    def reason() -> str:
        models = {w["figure_num"]: w for w in lab.request("GET", ROUTE)}
        return str(models[1]["reason"] or models[1]["note"])

    eventually(lambda: reason().startswith(("drawing takes", "DrawingTooSlow")))
