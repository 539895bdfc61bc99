"""What the panel says where something is not as usual.

The judges are the browser's DOM, the X server, and real processes.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from desktop import Desktop
from kernels import Kernel, open_notebook
from lab import Lab
from labs import start_lab
from panelpage import LIMIT, open_panel
from playwright.sync_api import Page, expect
from screen import Screen

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.timeout(240)]

Wait = Callable[..., Any]
ITEM = ".jp-QtWindowsPanel-item"
LOAD = "%matplotlib qtwindows\nimport matplotlib.pyplot as plt"


def test_without_a_display_each_row_says_so_and_a_click_says_what_to_do(
    page: Page, desktop: Desktop, tmp_path: Path, eventually: Wait
) -> None:
    with (
        start_lab(tmp_path, desktop, DISPLAY="") as lab,
        open_notebook(lab, "a.ipynb") as kernel,
    ):
        open_panel(page, lab)
        kernel.run(LOAD)
        kernel.run("plt.plot([1, 2, 3])")

        row = page.locator(ITEM)
        expect(row).to_contain_text("not visible", timeout=LIMIT)
        assert "set DISPLAY" in row.get_attribute("title")
        picture = row.locator("img")
        expect(picture).to_have_count(1, timeout=LIMIT)
        eventually(lambda: picture.evaluate("e => e.complete && e.naturalWidth > 0"))

        expect(page.locator(".jp-QtWindowsPanel-note")).to_contain_text("set DISPLAY")
        row.click()
        told = 'The panel "Plot Windows" says why, and what to do.'
        words = page.locator(".Toastify__toast", has_text=told)
        expect(words).to_have_count(1, timeout=LIMIT)


@pytest.fixture
def plotted(page: Page, own_lab: Lab) -> Iterator[Kernel]:
    """A kernel whose figure is in the panel, and that has ended a cell."""
    open_panel(page, own_lab)
    with open_notebook(own_lab, "notebook.ipynb") as kernel:
        kernel.run(LOAD)
        kernel.run("plt.plot([1, 2, 3])")
        expect(page.locator(ITEM)).to_contain_text("up to date", timeout=LIMIT)
        yield kernel


def test_a_kernel_that_was_restarted_is_not_told_as_one_that_has_ended(
    page: Page, own_lab: Lab, plotted: Kernel
) -> None:
    own_lab.request("POST", f"api/kernels/{plotted.id}/restart")
    expect(page.locator(ITEM)).to_contain_text("kernel restarted", timeout=LIMIT)

    own_lab.request("DELETE", f"api/sessions/{plotted.session_id}")
    expect(page.locator(ITEM)).to_contain_text("kernel ended", timeout=LIMIT)


def test_a_kernel_that_crashed_and_was_started_again_was_restarted(
    page: Page, plotted: Kernel
) -> None:
    os.kill(plotted.value("__import__('os').getpid()"), signal.SIGKILL)

    expect(page.locator(ITEM)).to_contain_text("kernel restarted", timeout=LIMIT)


def test_notebooks_of_one_file_name_are_told_apart_everywhere(
    page: Page, own_lab: Lab, screen: Screen, eventually: Wait, tmp_path: Path
) -> None:
    def titles() -> list[str]:
        return sorted(window.title for window in screen.windows("Figure"))

    for folder in ("a", "b"):
        (tmp_path / "notebooks" / folder).mkdir()
    open_panel(page, own_lab)
    with (
        open_notebook(own_lab, "a/Plots.ipynb") as first,
        open_notebook(own_lab, "b/Plots.ipynb") as second,
    ):
        first.run(LOAD + "\nplt.figure(1)")
        eventually(lambda: titles() == ["Figure 1 — Plots"])
        heads = page.locator(".jp-QtWindowsPanel-notebook")
        expect(heads).to_have_text(["Plots.ipynb"], timeout=LIMIT)

        second.run(LOAD + "\nplt.figure(1)")
        apart = ["Figure 1 — a/Plots", "Figure 1 — b/Plots"]
        eventually(lambda: titles() == apart)
        expect(heads).to_have_text(["a/Plots.ipynb", "b/Plots.ipynb"], timeout=LIMIT)
        page.click(".lm-TabBar-tab[data-id='jp-running-sessions']")
        listed = page.locator(".jp-RunningSessions-itemLabel", has_text="Figure 1")
        names = [f"{title}.ipynb" for title in apart]
        expect(listed).to_have_text(names, timeout=LIMIT)

        second.run("plt.close(1)")
        eventually(lambda: titles() == ["Figure 1 — Plots"])
