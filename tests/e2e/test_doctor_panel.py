"""The doctor from the panel, in a real JupyterLab, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lab import Lab
from notebookpage import PROMPTS, NotebookPage, write_notebook
from panelpage import LIMIT, open_panel
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.timeout(300)]

PATIENCE = 240_000  # ms, for the doctor
BUTTON = ".jp-QtWindowsPanel-doctor"
NAME = "Check Plot Windows"  # in the panel, the command palette and the dialog
DIALOG = ".jp-Dialog .jp-QtWindowsDoctor"
SUMMARY = ".jp-QtWindowsDoctor-summary"

# The classes of all that has, in the dialog, more than it shows.
SCROLLED = """() => [...document.querySelectorAll('.jp-Dialog, .jp-Dialog *')]
    .filter(node => ['auto', 'scroll'].includes(getComputedStyle(node).overflowY))
    .filter(node => node.scrollHeight > node.clientHeight)
    .map(node => node.className)"""


@pytest.fixture
def panel(page: Page, lab: Lab) -> Page:
    open_panel(page, lab)
    return page


def test_the_keyboard_opens_the_doctor_and_its_findings(panel: Page) -> None:
    panel.locator(BUTTON).focus()
    panel.keyboard.press("Enter")

    dialog = panel.locator(DIALOG)
    expect(dialog.locator("[role=status]")).to_contain_text("Looking at")
    # What is found is shown while other things are looked at.
    expect(dialog.locator("tr").first).to_be_visible(timeout=PATIENCE)
    expect(dialog.locator("[role=status]")).to_contain_text("Looking at")
    expect(dialog.locator(SUMMARY)).to_be_visible(timeout=PATIENCE)
    expect(dialog).to_contain_text("window process of this server")
    expect(dialog).to_contain_text("Openbox, brings windows to the front")
    expect(dialog).to_contain_text("kernel python3")
    assert not dialog.locator("tr[data-level=fault]").all_inner_texts()

    dialog.locator("[role=region]").focus()
    panel.keyboard.press("Escape")
    expect(panel.locator(".jp-Dialog")).to_have_count(0)
    # The test window is gone from the server's host too.
    expect(panel.locator(".jp-QtWindowsPanel-item")).to_have_count(0)


def test_a_long_report_scrolls_in_one_place_and_can_be_copied(panel: Page) -> None:
    panel.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lines = [
        {"level": level, "subject": f"subject {i}", "finding": "f " * 60, "remedy": "r"}
        for i, level in enumerate(("ok", "info", "warning", "fault") * 10)
    ]
    report = {"format": 1, "version": "1.2.3", "faults": 10, "warnings": 10}
    status = {"state": "done", "reason": "", "report": {**report, "lines": lines}}
    panel.route(
        "**/jlab-qtwindows/doctor*",
        lambda r: r.fulfill(status=202, body=json.dumps({**status, "looking": []})),
    )
    panel.set_viewport_size({"width": 900, "height": 500})

    expect(panel.locator(BUTTON)).to_have_text(f"{NAME}…")
    panel.click(BUTTON)

    dialog = panel.locator(DIALOG)
    expect(panel.locator(".jp-Dialog-header")).to_contain_text(NAME)
    expect(dialog.locator("tr")).to_have_count(40)
    assert dialog.locator("tr").first.get_attribute("data-level") == "fault"
    # The findings, and nothing around them.
    assert panel.evaluate(SCROLLED) == ["jp-QtWindowsDoctor-findings"]
    for name in ("Check Again", "Copy Report", "Close"):
        expect(panel.get_by_role("button", name=name, exact=True)).to_be_in_viewport(
            ratio=1
        )
    panel.get_by_role("button", name="Copy Report").click()
    expect(panel.get_by_role("button", name="Copied")).to_be_visible()
    copied = panel.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0] == "jlab-qtwindows 1.2.3"
    assert [row.split()[0] for row in copied[1::2]] == [line["level"] for line in lines]
    assert {row.strip() for row in copied[2::2]} == {"remedy: r"}


def test_a_notebook_with_a_gui_loop_is_told_to_the_doctor(
    page: Page, lab: Lab, tmp_path: Path
) -> None:
    write_notebook(tmp_path / "loop.ipynb", ["%gui tk"], "python3")
    content = json.loads((tmp_path / "loop.ipynb").read_text())
    body = {"type": "notebook", "content": content}
    lab.request("PUT", "api/contents/loop.ipynb", body)
    notebook = NotebookPage(page, "Python 3 (ipykernel)")
    notebook.open(lab, "loop.ipynb")
    page.click(".lm-TabBar-tab[data-id='jlab-qtwindows-panel']")
    answer = json.dumps(
        {"state": "failed", "reason": "", "report": None, "looking": []}
    )
    page.route(
        "**/jlab-qtwindows/doctor*", lambda r: r.fulfill(status=202, body=answer)
    )

    def kernels_that_are_told() -> object:
        with page.expect_request("**/jlab-qtwindows/doctor*") as request:
            page.click(BUTTON)
        page.click(".jp-Dialog .jp-mod-accept")
        return request.value.post_data_json

    assert kernels_that_are_told() == {"gui_loops": []}
    page.click(".jp-Notebook .jp-CodeCell .cm-content")
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(f"({PROMPTS})()[0] === '[1]:'")
    assert kernels_that_are_told() == {"gui_loops": ["python3"]}


def test_a_server_that_cannot_run_it_is_told_in_words(panel: Page) -> None:
    answer = '{"message": "no process can be started"}'
    panel.route(
        "**/jlab-qtwindows/doctor*", lambda r: r.fulfill(status=503, body=answer)
    )

    panel.click(BUTTON)

    alert = panel.locator(f"{DIALOG} [role=alert]")
    expect(alert).to_contain_text("no process can be started", timeout=LIMIT)
    panel.unroute("**/jlab-qtwindows/doctor*")
    panel.click(".jp-QtWindowsDoctor-again")
    expect(panel.locator(f"{DIALOG} [role=status]")).to_contain_text("Looking at")
