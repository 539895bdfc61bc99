"""The doctor from the panel, in a real JupyterLab, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from demo import CHROMIUM, FLAGS
from lab import Lab
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.timeout(300)]

LIMIT = 60_000  # ms
PATIENCE = 240_000  # ms, for the doctor
BUTTON = ".jp-QtWindowsPanel-doctor"
DIALOG = ".jp-Dialog .jp-QtWindowsDoctor"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser, lab: Lab) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(LIMIT)
    page = context.new_page()
    page.goto(lab.page())
    page.wait_for_selector(".jp-Launcher", timeout=LIMIT)
    page.click(".lm-TabBar-tab[data-id='jlab-qtwindows-panel']")
    page.wait_for_selector(".jp-QtWindowsPanel", state="visible")
    yield page
    context.close()


def test_the_keyboard_opens_the_doctor_and_its_findings(page: Page) -> None:
    page.locator(BUTTON).focus()
    page.keyboard.press("Enter")

    dialog = page.locator(DIALOG)
    expect(dialog.locator("[role=status]")).to_contain_text("Looking at")
    findings = dialog.locator("tr")
    expect(findings.first).to_be_visible(timeout=PATIENCE)
    expect(dialog).to_contain_text("window host of this server")
    expect(dialog).to_contain_text("Openbox, raises windows")
    expect(dialog).to_contain_text("kernel python3")
    assert not dialog.locator("tr[data-level=fault]").all_inner_texts()

    dialog.locator("[role=region]").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    # The test window is gone from the server's host too.
    expect(page.locator(".jp-QtWindowsPanel-item")).to_have_count(0)


def test_a_server_that_cannot_run_it_is_told_in_words(page: Page) -> None:
    answer = '{"message": "no process can be started"}'
    page.route(
        "**/jlab-qtwindows/doctor*", lambda r: r.fulfill(status=503, body=answer)
    )

    page.click(BUTTON)

    alert = page.locator(f"{DIALOG} [role=alert]")
    expect(alert).to_contain_text("no process can be started", timeout=LIMIT)
    page.unroute("**/jlab-qtwindows/doctor*")
    page.click(".jp-QtWindowsDoctor-again")
    expect(page.locator(f"{DIALOG} [role=status]")).to_contain_text("Looking at")
