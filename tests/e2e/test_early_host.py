"""The process of the windows starts with the cell that asks for windows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desktop import Desktop
from labs import start_lab
from notebookpage import NotebookPage, write_notebook
from playwright.sync_api import Page

pytestmark = [pytest.mark.e2e, pytest.mark.browser]

Wait = Callable[..., Any]


def test_a_cell_that_names_the_backend_starts_it_before_the_kernel_asks(
    page: Page, desktop: Desktop, tmp_path: Path, eventually: Wait
) -> None:
    with start_lab(tmp_path, desktop) as lab:

        def state() -> str:
            return str(lab.request("GET", "jlab-qtwindows/host")["state"])

        # The kernel itself never loads the backend, so that it cannot have asked.
        cells = ["x = 1", "name = 'qtwindows'"]
        write_notebook(tmp_path / "notebooks" / "n.ipynb", cells, "python3")
        notebook = NotebookPage(page, "Python 3 (ipykernel)")
        notebook.open(lab, "n.ipynb")

        page.click(".jp-Notebook .jp-CodeCell .jp-InputArea-prompt >> nth=0")
        page.keyboard.press("Shift+Enter")
        notebook.wait_for_prompt(0, "[1]:")
        assert state() == "stopped"

        page.keyboard.press("Shift+Enter")
        eventually(lambda: state() == "running")
        assert lab.request("GET", "jlab-qtwindows/windows") == []
