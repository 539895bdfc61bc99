"""The panel in Jupyter Notebook 7, whose side bars are hidden at first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desktop import Desktop
from lab import Lab
from labs import start_lab
from notebookpage import write_notebook
from panelpage import LIMIT
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.timeout(240)]

KERNEL_IDLE = ".jp-Notebook-ExecutionIndicator[data-status=idle]"
PANEL = ".jp-QtWindowsPanel"
MENU_ITEM = ".lm-Menu-itemLabel:text-is('{}')"
CODE = "%matplotlib qtwindows\nimport matplotlib.pyplot as plt\nplt.plot([1, 2, 3])"


@pytest.fixture
def notebook(
    page: Page, desktop: Desktop, tmp_path: Path, eventually: Any
) -> Iterator[Page]:
    """A page of Notebook 7 with a notebook that has plotted."""
    with start_lab(tmp_path, desktop, application="notebook") as server:
        write_notebook(tmp_path / "notebooks" / "a.ipynb", [CODE], "python3")
        page.goto(f"{server.url}/notebooks/a.ipynb?token={server.token}")
        prompt = page.locator(".jp-Notebook .jp-CodeCell .jp-InputArea-prompt")
        expect(prompt).to_have_count(1, timeout=LIMIT)
        eventually(lambda: has_idle_kernel(server))  # before, the command is dropped
        expect(page.locator(KERNEL_IDLE)).to_have_count(1, timeout=LIMIT)
        choose(page, "Run", "Run All Cells")
        expect(prompt).to_have_text("[1]:", timeout=LIMIT)
        yield page


def has_idle_kernel(server: Lab) -> bool:
    """Return whether a page is connected to a kernel that has answered it."""
    kernels = [one["kernel"] for one in server.request("GET", "api/sessions")]
    return any(k["connections"] and k["execution_state"] == "idle" for k in kernels)


def choose(page: Page, menu: str, *items: str) -> None:
    page.click(f".lm-MenuBar-itemLabel:text-is('{menu}')")
    for item in items[:-1]:
        page.hover(MENU_ITEM.format(item))
    page.click(MENU_ITEM.format(items[-1]))


def lists_the_figure(page: Page) -> None:
    expect(page.locator(PANEL)).to_be_visible(timeout=LIMIT)
    row = page.locator(f"{PANEL}-item")
    expect(row).to_contain_text("Figure 1", timeout=LIMIT)
    expect(row.locator("img")).to_have_count(1, timeout=LIMIT)


def test_the_view_menu_shows_the_panel(notebook: Page) -> None:
    expect(notebook.locator(PANEL)).to_be_hidden()

    choose(notebook, "View", "Left Sidebar", "Show Plot Windows")

    lists_the_figure(notebook)


def test_the_command_opens_the_side_bar_too(notebook: Page) -> None:
    expect(notebook.locator(PANEL)).to_be_hidden()

    choose(notebook, "View", "Activate Command Palette")
    notebook.fill(".lm-CommandPalette-input", "Show Plot Windows")
    notebook.click("[data-command='jlab-qtwindows:show-panel']")

    lists_the_figure(notebook)
