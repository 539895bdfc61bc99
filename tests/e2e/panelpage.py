"""The page of JupyterLab with the panel open."""

from __future__ import annotations

from lab import Lab
from playwright.sync_api import Page

LIMIT = 60_000  # ms, for anything that is expected to happen; not a measure of it


def open_panel(page: Page, lab: Lab) -> None:
    """Load JupyterLab and open the panel in its side bar."""
    page.goto(lab.page())
    page.wait_for_selector(".jp-Launcher", timeout=LIMIT)
    page.click(".lm-TabBar-tab[data-id='jlab-qtwindows-panel']")
    page.wait_for_selector(".jp-QtWindowsPanel", state="visible")
