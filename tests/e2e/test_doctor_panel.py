"""The doctor from the panel, in a real JupyterLab, in a real browser."""

from __future__ import annotations

import pytest
from lab import Lab
from panelpage import LIMIT, open_panel
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.timeout(300)]

PATIENCE = 240_000  # ms, for the doctor
BUTTON = ".jp-QtWindowsPanel-doctor"
DIALOG = ".jp-Dialog .jp-QtWindowsDoctor"


@pytest.fixture
def panel(page: Page, lab: Lab) -> Page:
    open_panel(page, lab)
    return page


def test_the_keyboard_opens_the_doctor_and_its_findings(panel: Page) -> None:
    panel.locator(BUTTON).focus()
    panel.keyboard.press("Enter")

    dialog = panel.locator(DIALOG)
    expect(dialog.locator("[role=status]")).to_contain_text("Looking at")
    findings = dialog.locator("tr")
    expect(findings.first).to_be_visible(timeout=PATIENCE)
    expect(dialog).to_contain_text("window process of this server")
    expect(dialog).to_contain_text("Openbox, raises windows")
    expect(dialog).to_contain_text("kernel python3")
    assert not dialog.locator("tr[data-level=fault]").all_inner_texts()

    dialog.locator("[role=region]").focus()
    panel.keyboard.press("Escape")
    expect(panel.locator(".jp-Dialog")).to_have_count(0)
    # The test window is gone from the server's host too.
    expect(panel.locator(".jp-QtWindowsPanel-item")).to_have_count(0)


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
