"""The panel in a real JupyterLab, in a real browser."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from demo import NOTEBOOK, run_notebook, saved_cells
from desktop import Desktop
from kernels import Kernel, open_notebook
from lab import Lab, connection_environment, free_port, running_lab
from labs import start_lab
from panelpage import LIMIT, open_panel
from playwright.sync_api import Page, expect
from screen import Screen

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.timeout(240)]

Wait = Callable[..., Any]
ROUTE = "jlab-qtwindows/windows"
ITEM = ".jp-QtWindowsPanel-item"
LOAD = "%matplotlib qtwindows\nimport matplotlib.pyplot as plt"


def test_empty_panel_tells_a_newcomer_what_to_type(page: Page, lab: Lab) -> None:
    open_panel(page, lab)

    empty = page.locator(".jp-QtWindowsPanel-empty")
    expect(empty).to_contain_text("%matplotlib qtwindows", timeout=LIMIT)


def test_panel_lists_raises_and_closes_windows(
    page: Page, kernel: Kernel, lab: Lab, screen: Screen, eventually: Wait
) -> None:
    open_panel(page, lab)
    kernel.run("plt.plot([1, 2, 3]); plt.figure(2); plt.plot([3, 2, 1])")

    expect(page.locator(ITEM)).to_have_count(2, timeout=LIMIT)
    expect(page.locator(".jp-QtWindowsPanel")).to_contain_text("notebook.ipynb")
    images = page.locator(f"{ITEM} img")
    expect(images).to_have_count(2, timeout=LIMIT)
    eventually(
        lambda: all(
            image.evaluate("e => e.complete && e.naturalWidth > 0")
            for image in images.all()
        )
    )

    # Which of the two is on top depends on whose first state came first.
    eventually(lambda: len(screen.windows("Figure")) == 2)
    page.locator(ITEM, has_text="Figure 1").click()
    eventually(lambda: screen.windows("Figure")[-1].title.startswith("Figure 1"))
    eventually(lambda: screen.active().startswith("Figure 1"))

    page.locator(ITEM, has_text="Figure 2").focus()
    page.keyboard.press("Enter")
    eventually(lambda: screen.windows("Figure")[-1].title.startswith("Figure 2"))

    page.locator(ITEM, has_text="Figure 1").locator(".jp-QtWindowsPanel-close").click()
    expect(page.locator(ITEM)).to_have_count(1, timeout=LIMIT)
    eventually(lambda: not screen.windows("Figure 1"))
    eventually(lambda: not kernel.value("plt.fignum_exists(1)"))


def test_close_all_asks_first(
    page: Page, kernel: Kernel, lab: Lab, eventually: Wait
) -> None:
    open_panel(page, lab)
    kernel.run("plt.figure(1); plt.figure(2)")
    expect(page.locator(ITEM)).to_have_count(2, timeout=LIMIT)

    page.click(".jp-QtWindowsPanel-closeAll")
    page.click(".jp-Dialog .jp-mod-reject")
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    expect(page.locator(ITEM)).to_have_count(2)

    page.click(".jp-QtWindowsPanel-closeAll")
    page.click(".jp-Dialog .jp-mod-warn")
    expect(page.locator(ITEM)).to_have_count(0, timeout=LIMIT)
    eventually(lambda: kernel.value("plt.get_fignums()") == [])


def test_hostile_titles_stay_text(page: Page, kernel: Kernel, lab: Lab) -> None:
    open_panel(page, lab)
    hostile = "<img src=x onerror=document.body.dataset.hurt=1>"

    kernel.run(f"plt.figure().canvas.manager.set_window_title({hostile!r})")

    title = page.locator(".jp-QtWindowsPanel-title", has_text="<img src=x")
    expect(title).to_have_count(1, timeout=LIMIT)
    assert page.evaluate("document.body.dataset.hurt") is None


def test_panel_survives_a_restart_of_the_server(
    page: Page, desktop: Desktop, tmp_path: Path
) -> None:
    root = tmp_path / "notebooks"
    root.mkdir()
    env = {**connection_environment(), **desktop.environment()}
    same = {"port": free_port(), "token": "the-same-token"}
    with running_lab(root, tmp_path / "home", env, **same) as lab:
        open_panel(page, lab)
        with open_notebook(lab, "before.ipynb") as kernel:
            kernel.run(LOAD + "\nplt.figure(3)")
            expect(page.locator(ITEM)).to_contain_text("Figure 3", timeout=LIMIT)

    with (
        running_lab(root, tmp_path / "home", env, **same) as lab,
        open_notebook(lab, "after.ipynb") as kernel,
    ):
        kernel.run(LOAD + "\nplt.figure(4)")

        # The page has not been loaded again.
        expect(page.locator(ITEM)).to_have_count(1, timeout=LIMIT)
        expect(page.locator(ITEM)).to_contain_text("Figure 4", timeout=LIMIT)


def test_the_demo_runs_every_cell_of_the_example_and_its_windows_change(
    page: Page, desktop: Desktop, tmp_path: Path, eventually: Wait
) -> None:
    with start_lab(tmp_path, desktop) as lab:
        notebook = Path(shutil.copy(NOTEBOOK, tmp_path / "notebooks"))
        summary = run_notebook(lab, desktop, page, notebook, tmp_path)

        def all_run() -> list[dict[str, Any]]:
            # The kernel is idle between two cells too, so that this may come too early:
            # while another save is being written.
            try:
                cells = saved_cells(page, notebook)
            except json.JSONDecodeError:
                return []
            return cells if all(c["execution_count"] for c in cells) else []

        cells = eventually(all_run, 120)

    assert [c["execution_count"] for c in cells] == list(range(1, len(cells) + 1))
    errors = [o for c in cells for o in c["outputs"] if o["output_type"] == "error"]
    assert [e["evalue"] for e in errors] == ["this cell fails on purpose"]
    assert "this cell runs" in str(cells)

    assert summary["windows_changed_between_pictures"]
    assert " on xcb, process " in summary["host"]
    assert {f["travels_as"] for f in summary["figures"].values()} == {"mirror"}
    assert all(f["frames_shown"] for f in summary["figures"].values())


def test_run_all_leaves_no_cell_waiting(
    page: Page, desktop: Desktop, tmp_path: Path
) -> None:
    cells = [LOAD, "fig, ax = plt.subplots(); ax.plot([1, 2, 3])"]
    cells += [f"d{i} = {i}" for i in range(14)]
    book = nbformat.v4.new_notebook()
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    book.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    with start_lab(tmp_path, desktop) as lab:
        notebook = tmp_path / "notebooks" / "burst.ipynb"
        nbformat.write(book, notebook)
        page.goto(lab.page(notebook.name))
        for turn in range(1, 4):
            run_all(page)
            # Only a cell that was executed gets the next number.
            last = page.locator(".jp-CodeCell .jp-InputArea-prompt").last
            expect(last).to_have_text(f"[{turn * len(cells)}]:", timeout=LIMIT)
        counts = [c["execution_count"] for c in saved_cells(page, notebook)]

    assert counts == list(range(2 * len(cells) + 1, 3 * len(cells) + 1))


def run_all(page: Page) -> None:
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.wait_for_selector("text='Python 3 (ipykernel) | Idle'")
    page.click(".lm-MenuBar-itemLabel:text-is('Run')")
    page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
