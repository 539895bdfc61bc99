"""The guard in a real JupyterLab, with kernels that have nothing of this project.

ipykernel 7.4.0 with a GUI loop leaves requests unread in most bursts; 6.27.1 aborts the
first cell after an error every time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import psutil
import pytest
from desktop import Desktop
from lab import Lab
from labs import start_lab
from notebookpage import (
    CELL,
    LIMIT,
    NotebookPage,
    pinned_kernels,
    write_notebook,
)
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.timeout(240)]

Wait = Callable[..., Any]
Open = Callable[..., NotebookPage]
LOSES = "ipykernel-7.4.0"
ABORTS = "ipykernel-6.27.1"
OWN = "python3"
ITEM = ".jp-CellGuardStatus"
FIGURE = "import matplotlib.pyplot as plt\nplt.ion()\nfig, ax = plt.subplots()"
BURST = ["%matplotlib qt", FIGURE, *[f"d{i} = {i}" for i in range(14)]]
MAGIC, ERROR, NEXT, LAST = range(4)
AFTER_ERROR = ["%matplotlib qt", "1 / 0", "b = 2", "c = 3"]
# Behind a slow error the next cells are in the kernel's queue for certain; what comes
# when the error is over, if only by a millisecond, is not aborted by ipykernel 7.
SLOW_ERROR = "import time; time.sleep(1); 1 / 0"
BEHIND_ERROR = ["%matplotlib qt", SLOW_ERROR, "b = 2", "c = 3"]
# What the guard cannot see by reading the code.
HIDDEN_MAGIC = "getattr(get_ipython(), 'run_line_' + 'magic')('matplotlib', 'qt')"
# A library that starts the loop when a window is opened, as napari does.
LIBRARY = """from IPython import get_ipython

class Viewer:
    def __init__(self):
        get_ipython().run_line_magic("gui", "qt")
"""
RUN_AGAIN = re.compile("aborted 1 cell by mistake after an error, which was run again")
ROUNDS = 3
MOST_ROUNDS = 12  # without the guard three of four bursts lose a request


@pytest.fixture(scope="module")
def guarded_lab(
    desktop: Desktop, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lab]:
    """A JupyterLab with the pinned kernels, whose page lets tests run commands."""
    folder = tmp_path_factory.mktemp("guarded")
    options = ("--LabApp.expose_app_in_browser=True",)
    with start_lab(folder, desktop, options=options, **pinned_kernels()) as lab:
        yield lab


@pytest.fixture
def open_cells(guarded_lab: Lab, page: Page, request: Any) -> Iterator[Open]:
    """Open a notebook of given cells; its kernel is ended after the test."""
    folder = guarded_lab.runtime_dir.parents[1] / "notebooks"

    def open_them(cells: list[str], kernel: str) -> NotebookPage:
        name = f"{request.node.name.split('[')[0]}-{kernel}.ipynb"
        write_notebook(folder / name, cells, kernel)
        shown = "Python 3 (ipykernel)" if kernel == OWN else kernel
        notebook = NotebookPage(page, shown)
        notebook.open(guarded_lab, name)
        notebook.forget_sent()
        return notebook

    yield open_them
    for session in guarded_lab.request("GET", "api/sessions"):
        guarded_lab.request("DELETE", f"api/sessions/{session['id']}")


def start_loop(notebook: NotebookPage) -> None:
    assert notebook.run_cell_and_wait(MAGIC)
    notebook.wait_until_idle()


def kernel_process(lab: Lab) -> psutil.Process:
    """Return the process of the only kernel that runs."""
    (session,) = lab.request("GET", "api/sessions")
    name = f"kernel-{session['kernel']['id']}.json"
    (process,) = [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(name in argument for argument in process.info["cmdline"] or ())
    ]
    return process


def fail(notebook: NotebookPage) -> None:
    """Run the cell with the error, and see the error as a user does."""
    assert notebook.run_cell_and_wait(ERROR)
    expect(notebook.page.locator(f"{CELL} >> nth={ERROR}")).to_contain_text(
        "ZeroDivisionError", timeout=LIMIT
    )


def run_after_error(
    notebook: NotebookPage, run: Callable[[], None], last: int = NEXT
) -> None:
    """Run cells after an error until the kernel has aborted the first by mistake.

    It does not where another request of the page comes between.
    """
    for _ in range(MOST_ROUNDS):
        fail(notebook)
        notebook.wait_until_idle()
        before = notebook.highest()
        notebook.forget_sent()
        run()
        assert notebook.wait_until_run([last], before)
        repeated = notebook.executions > 1 + last - NEXT
        if repeated or notebook.numbers()[NEXT] != before + 1:
            return


def test_run_all_runs_every_cell_of_a_kernel_that_leaves_requests_unread(
    open_cells: Open, eventually: Wait
) -> None:
    notebook = open_cells(BURST, LOSES)
    page = notebook.page
    expect(page.locator(ITEM)).to_be_hidden()

    for turn in range(MOST_ROUNDS):
        assert notebook.run_all_and_wait()
        if turn + 1 >= ROUNDS and notebook.pokes:
            break

    # It says what it did, in the status bar and in the log console ...
    assert notebook.pokes > 0
    button = page.locator(f"{ITEM} button")
    expect(button).to_be_visible()
    assert 0 < int(button.inner_text()) <= notebook.pokes
    assert "left" in str(button.get_attribute("title"))
    page.evaluate("jupyterapp.commands.execute('logconsole:open')")
    log = page.locator(".jp-LogConsolePanel")
    expect(log).to_contain_text("A harmless request woke it", timeout=LIMIT)

    # ... and explains it, also to the keyboard.
    button.focus()
    page.keyboard.press("Enter")
    explanation = page.locator(".jp-CellGuardHelp h1")
    expect(explanation).to_contain_text("Running cells", timeout=LIMIT)


def test_library_that_starts_the_loop_itself_is_guarded(
    guarded_lab: Lab, open_cells: Open
) -> None:
    folder = guarded_lab.runtime_dir.parents[1] / "notebooks"
    (folder / "napari.py").write_text(LIBRARY)
    start = ["import napari\n%matplotlib inline", "viewer = napari.Viewer()"]
    notebook = open_cells([*start, *BURST[2:]], LOSES)

    for _ in range(MOST_ROUNDS):
        assert notebook.run_all_and_wait()
        if notebook.pokes:
            break

    assert notebook.pokes > 0


def test_console_opened_after_its_notebook_has_started_a_loop_is_guarded(
    guarded_lab: Lab, open_cells: Open, eventually: Wait
) -> None:
    notebook = open_cells(BURST[:2], LOSES)
    assert notebook.run_all_and_wait()
    notebook.open_console()
    notebook.forget_sent()

    # Whether it loses a request of the console is a matter of chance: it sends them
    # further apart than a notebook. One that reads nothing looks the same from here.
    process = kernel_process(guarded_lab)
    process.suspend()
    try:
        notebook.start_in_console("console = 1")
        eventually(lambda: notebook.page.evaluate("true") and notebook.pokes)
    finally:
        process.resume()

    assert notebook.wait_for_console()


def test_cell_after_an_error_runs(open_cells: Open) -> None:
    notebook = open_cells(AFTER_ERROR, ABORTS)
    start_loop(notebook)

    for _ in range(ROUNDS):
        fail(notebook)

        assert notebook.run_cell_and_wait(NEXT)

    # What it sends after an error is shown as well.
    fail(notebook)
    button = notebook.page.locator(f"{ITEM} button")
    sent = re.compile(r"After \d errors? a harmless request was sent")
    expect(button).to_have_attribute("title", sent, timeout=LIMIT)


def test_aborted_cell_is_run_again_once_while_the_user_types(
    open_cells: Open,
) -> None:
    notebook = open_cells([HIDDEN_MAGIC, *AFTER_ERROR[1:]], ABORTS)
    page = notebook.page
    start_loop(notebook)

    def run_and_type() -> None:
        # Run one cell and be in the next one at once: the reply comes while typing.
        page.evaluate(
            f"""() => {{
                const notebook = jupyterapp.shell.currentWidget.content;
                notebook.widgets[{LAST}].model.sharedModel.setSource('c = 3');
                notebook.activeCellIndex = {NEXT};
                jupyterapp.commands.execute('notebook:run-cell');
                notebook.activeCellIndex = {LAST};
                notebook.mode = 'edit';
            }}"""
        )
        page.keyboard.press("End")
        page.keyboard.type(" + 12345678901234567890", delay=25)

    run_after_error(notebook, run_and_type)

    assert notebook.executions == 2
    last = page.locator(f"{CELL} >> nth={LAST} >> css=.cm-content")
    expect(last).to_have_text("c = 3 + 12345678901234567890")
    button = page.locator(f"{ITEM} button")
    expect(button).to_have_attribute("title", RUN_AGAIN)


def test_aborted_cell_is_run_again_in_the_view_in_which_it_was_run(
    open_cells: Open,
) -> None:
    notebook = open_cells([HIDDEN_MAGIC, *AFTER_ERROR[1:]], ABORTS)
    start_loop(notebook)
    notebook.open_view()

    # The cells of the second view come behind those of the first. Prompts are the same.
    run_after_error(notebook, lambda: notebook.run_cell(len(AFTER_ERROR) + NEXT))

    assert notebook.executions == 2
    button = notebook.page.locator(f"{ITEM} button")
    expect(button).to_have_attribute("title", RUN_AGAIN)
    assert "not run again" not in str(button.get_attribute("title"))


def test_aborted_cell_is_left_alone_when_later_ones_have_run(
    open_cells: Open,
) -> None:
    notebook = open_cells([HIDDEN_MAGIC, *AFTER_ERROR[1:]], ABORTS)
    start_loop(notebook)

    def run_below() -> None:
        notebook.select(NEXT)
        notebook.menu("Run", "Run Selected Cell and All Below")

    run_after_error(notebook, run_below, LAST)

    button = notebook.page.locator(f"{ITEM} button")
    expect(button).to_have_attribute("title", re.compile("not run again"))
    notebook.wait_for_prompt(NEXT, "[ ]:")
    assert notebook.executions == 2


@pytest.mark.parametrize("kernel", [LOSES, ABORTS])
def test_cells_queued_behind_an_error_stay_aborted(
    open_cells: Open, kernel: str, eventually: Wait
) -> None:
    notebook = open_cells(BEHIND_ERROR, kernel)

    notebook.run_all()
    notebook.wait_for_prompt(ERROR, "[2]:")
    notebook.wait_for_prompt(LAST, "[ ]:")
    if kernel == ABORTS:
        # A cell that is run before it would be aborted by mistake, and run again.
        eventually(lambda: notebook.page.evaluate("true") and notebook.pokes)

    # Whatever else the kernel was asked comes before this.
    assert notebook.run_cell_and_wait(MAGIC)
    assert notebook.numbers() == [3, 2, None, None]
    assert notebook.executions == len(BEHIND_ERROR) + 1


@pytest.mark.parametrize("kernel", [ABORTS, OWN])
def test_kernel_without_a_loop_gets_no_extra_message(
    open_cells: Open, kernel: str
) -> None:
    backend = "qtwindows" if kernel == OWN else "inline"
    cells = [f"%matplotlib {backend}", *BEHIND_ERROR[1:], FIGURE]
    notebook = open_cells(cells, kernel)

    notebook.run_all()
    notebook.wait_for_prompt(ERROR, "[2]:")
    notebook.wait_for_prompt(LAST, "[ ]:")
    for _ in range(2):
        assert notebook.run_cell_and_wait(NEXT)
        fail(notebook)
    assert notebook.run_cell_and_wait(4)

    assert notebook.pokes == 0
    assert notebook.executions == len(cells) + 2 * 2 + 1


def test_loop_is_known_after_the_page_was_loaded_again(
    open_cells: Open, eventually: Wait
) -> None:
    notebook = open_cells(AFTER_ERROR, ABORTS)
    start_loop(notebook)
    notebook.page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    notebook.page.reload()
    notebook.page.wait_for_selector(CELL)
    notebook.wait_until_idle()
    notebook.forget_sent()

    fail(notebook)

    eventually(lambda: pump(notebook) and notebook.pokes == 1)


def test_guard_is_switched_off_and_on_without_loading_the_page_again(
    open_cells: Open, eventually: Wait
) -> None:
    notebook = open_cells(AFTER_ERROR, ABORTS)
    page = notebook.page
    start_loop(notebook)

    switch(page, "Guard running cells")
    try:
        fail(notebook)
        notebook.wait_until_idle()
        notebook.run_cell(NEXT)
        notebook.wait_for_prompt(NEXT, "[ ]:")
        assert notebook.run_cell_and_wait(NEXT)
        assert notebook.pokes == 0
    finally:
        switch(page, "Guard running cells")

    fail(notebook)
    eventually(lambda: pump(notebook) and notebook.pokes == 1)
    assert notebook.run_cell_and_wait(NEXT)


def test_cells_after_an_error_run_if_the_user_says_so(open_cells: Open) -> None:
    notebook = open_cells(["a = 1", *BEHIND_ERROR[1:]], LOSES)
    command = "jlab-qtwindows:toggle-keep-running"
    toggled = f"jupyterapp.commands.isToggled('{command}')"
    assert notebook.page.evaluate(toggled) is False

    notebook.choose_command("Keep running after errors")
    assert notebook.page.evaluate(toggled) is True
    assert notebook.run_all_and_wait()

    notebook.restart()
    assert notebook.page.evaluate(toggled) is True
    assert notebook.run_all_and_wait()

    notebook.choose_command("Keep running after errors")
    assert notebook.page.evaluate(toggled) is False
    notebook.run_all()
    notebook.wait_for_prompt(ERROR, "[6]:")
    notebook.wait_for_prompt(LAST, "[ ]:")


def pump(notebook: NotebookPage) -> bool:
    """Let the page's events come in."""
    notebook.page.evaluate("0")
    return True


def switch(page: Page, label: str) -> None:
    """Change a setting in the settings editor, and come back to the notebook."""
    page.evaluate(
        """() => jupyterapp.commands.execute('settingeditor:open',
            {query: 'Running Cells with a GUI Loop'})"""
    )
    box = page.get_by_label(label)
    was = box.is_checked()
    saved = page.expect_response(lambda r: "jlab-qtwindows:guard" in r.url)
    with saved:
        box.click()
    expect(box).to_be_checked(checked=not was)
    page.evaluate("jupyterapp.shell.currentWidget.close()")
    page.wait_for_selector(CELL, state="visible")
