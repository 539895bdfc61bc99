"""`make demo`: the example notebook run by a real JupyterLab in a real browser.

Saves to build/demo: the desktop at three moments of the running loop, the lab page with
the panel, and summary.json with the figures of merit.
"""

from __future__ import annotations

import ast
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from desktop import Desktop, virtual_desktop
from jupyter_client.blocking.client import BlockingKernelClient
from lab import Lab, connection_environment, running_lab
from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as PageTimeout

NOTEBOOK = Path(__file__).with_name("dynamic_plots.ipynb")
OUTPUT = Path(__file__).parents[1] / "build" / "demo"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
TIMEOUT = 120_000  # ms for the page, and for the whole notebook
SAVING = 10_000  # ms
MOMENTS = 3

STATUS = "__import__('dataclasses').asdict(__import__('jlab_qtwindows').status())"


def main() -> int:
    """Run the notebook; return 0 if every cell was executed."""
    shutil.rmtree(OUTPUT, ignore_errors=True)
    OUTPUT.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, virtual_desktop() as desktop:
        root, home = Path(folder, "notebooks"), Path(folder, "home")
        root.mkdir()
        shutil.copy(NOTEBOOK, root)
        environment = {**connection_environment(), **desktop.environment()}
        with (
            running_lab(root, home, environment) as lab,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": 1500, "height": 950})
            summary = run_notebook(lab, desktop, page, root / NOTEBOOK.name, OUTPUT)
            browser.close()
    (OUTPUT / "summary.json").write_text(json.dumps(summary, indent=2) + "\n")
    print(json.dumps(summary, indent=2))
    print(f"saved to {OUTPUT}")
    return 0 if summary["cells_run"] == summary["cells"] else 1


def run_notebook(
    lab: Lab, desktop: Desktop, page: Page, notebook: Path, output: Path
) -> dict[str, Any]:
    """Choose Run All, save the pictures to `output`, return the summary."""
    page.goto(lab.page(NOTEBOOK.name))
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=TIMEOUT)
    page.wait_for_selector("text='Python 3 (ipykernel) | Idle'", timeout=TIMEOUT)
    page.click(".lm-TabBar-tab[data-id='jlab-qtwindows-panel']")
    page.click(".lm-MenuBar-itemLabel:text-is('Run')")
    page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
    pictures = watch_the_loop(lab, desktop, output)
    page.screenshot(path=output / "lab-running.png")
    during = kernel_status(lab)
    page.wait_for_selector("text='Python 3 (ipykernel) | Idle'", timeout=TIMEOUT)
    page.screenshot(path=output / "lab.png")
    cells = saved_cells(page, notebook)
    return {
        "cells": len(cells),
        "cells_run": sum(cell["execution_count"] is not None for cell in cells),
        "overhead": during["overhead"],
        "host": during["host"],
        "figures": {
            f"Figure {w['num']}": {
                "frames_shown": w["shown"],
                "frames_per_second": w["fps"],
                "latency_p50": w["latency"],
                "latency_p95": w["latency_p95"],
                "dropped": w["dropped"],
                "travels_as": w["transfer"],
            }
            for w in during["windows"]
        },
        "windows_changed_between_pictures": pictures,
    }


def saved_cells(page: Page, notebook: Path) -> list[dict[str, Any]]:
    """Save the notebook; return its code cells as they are in the file.

    JupyterLab keeps only the cells in view on the page.
    """
    deadline = time.monotonic() + TIMEOUT / 1000
    while True:
        page.keyboard.press("Control+s")
        try:
            page.wait_for_selector(".jp-mod-dirty", state="detached", timeout=SAVING)
            break
        except PageTimeout:
            # A cell that still ran has changed it after it was saved.
            if time.monotonic() > deadline:
                raise
    cells = json.loads(notebook.read_text())["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def watch_the_loop(lab: Lab, desktop: Desktop, output: Path) -> bool:
    """Save the desktop at three moments of the loop; return whether all differ."""
    deadline = time.monotonic() + TIMEOUT / 1000
    pictures: list[bytes] = []
    revisions = [0, 0]
    while len(pictures) < MOMENTS:
        if time.monotonic() > deadline:
            raise RuntimeError("the windows did not change within the time limit")
        windows = lab.request("GET", "jlab-qtwindows/windows")
        now = sorted(w["revision"] for w in windows)
        # Both windows have moved on since the last picture.
        moved = len(now) == 2 and all(
            b >= a + 2 for a, b in zip(revisions, now, strict=True)
        )
        if not moved:
            time.sleep(0.05)
            continue
        revisions = now
        picture = desktop.grab()
        picture.save(output / f"desktop-{len(pictures) + 1}.png")
        pictures.append(picture.tobytes())
    return len(set(pictures)) == MOMENTS


def kernel_status(lab: Lab) -> dict[str, Any]:
    """Ask the notebook's kernel for `qtw.status()`, after the loop."""
    kernel_id = lab.request("GET", "api/sessions")[0]["kernel"]["id"]
    connection = lab.runtime_dir / f"kernel-{kernel_id}.json"
    client = BlockingKernelClient(connection_file=str(connection))
    client.load_connection_file()
    client.start_channels()
    try:
        reply = client.execute(
            "",
            silent=True,
            user_expressions={"status": STATUS},
            reply=True,
            timeout=TIMEOUT / 1000,
        )
        text = reply["content"]["user_expressions"]["status"]["data"]["text/plain"]
        return dict(ast.literal_eval(text))
    finally:
        client.stop_channels()


if __name__ == "__main__":
    sys.exit(main())
