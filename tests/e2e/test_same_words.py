"""The kernel's table says of a window what the panel says of it.

The user freezes and minimizes it with the mouse and the window manager.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kernels import Kernel
from lab import Lab
from panelpage import LIMIT, open_panel
from playwright.sync_api import Page, expect
from screen import Screen
from toolbarbuttons import place_of

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.timeout(240)]

Wait = Callable[..., Any]
STATE = ".jp-QtWindowsPanel-state"


def test_a_frozen_and_a_minimized_window_are_called_so_in_both(
    page: Page, lab: Lab, kernel: Kernel, shown: Any, screen: Screen, eventually: Wait
) -> None:
    open_panel(page, lab)
    kernel.run("fig, ax = plt.subplots(); (line,) = ax.plot([1, 2, 3])")
    window = shown("Figure 1")

    def both_say(words: str) -> None:
        eventually(lambda: kernel.value("qtw.windows()[0].state") == words)
        expect(page.locator(STATE)).to_have_text(words, timeout=LIMIT)

    both_say("up to date")
    screen.xdotool("mousemove", *place_of(screen, window, "freeze"), "click", 1)
    both_say("frozen")
    kernel.run("line.set_ydata([3, 2, 1])")
    both_say("frozen, 1 update waits")

    screen.xdotool("windowminimize", window.id)
    both_say("frozen, 1 update waits · minimized")
