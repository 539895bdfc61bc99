"""`make bench-cells`: how cells run in kernels with a GUI event loop, with the guard.

A real JupyterLab in a real browser runs notebooks in kernels of two ipykernel versions
that have nothing of this project: Run All of 16 cells, the cell after an error, and Run
All with an error in the middle; with the guard and without. `--rounds N` repeats each.
The same without a GUI loop is the measure of time, and shows what the guard sends.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from demo import CHROMIUM, FLAGS
from desktop import Desktop, virtual_desktop
from lab import Lab, connection_environment, running_lab
from notebookpage import (
    NotebookPage,
    pinned_kernels,
    write_notebook,
    write_settings,
)
from playwright.sync_api import Browser, sync_playwright

PATIENCE = 5_000  # ms, after which a cell counts as stuck
PAUSE = 700  # ms between an error and the next cell, as a user makes it
FIGURE = "import matplotlib.pyplot as plt\nplt.ion()\nfig, ax = plt.subplots()"
BURST = 16  # cells
# Behind a slow error the next cells are in the kernel's queue for certain; what comes
# when the error is over, if only by a millisecond, is not aborted by ipykernel 7.
SLOW_ERROR = "import time; time.sleep(0.3); 1 / 0"


@dataclass(frozen=True)
class Case:
    """One kernel, what it runs, and whether JupyterLab guards it."""

    kernel: str
    magic: str
    guarded: bool

    @property
    def shown_kernel(self) -> str:
        """What the status bar calls the kernel."""
        return "Python 3 (ipykernel)" if self.kernel == "python3" else self.kernel


CASES = [
    Case("ipykernel-7.4.0", "%matplotlib qt", guarded=False),
    Case("ipykernel-7.4.0", "%matplotlib qt", guarded=True),
    Case("ipykernel-6.27.1", "%matplotlib qt", guarded=False),
    Case("ipykernel-6.27.1", "%matplotlib qt", guarded=True),
    Case("ipykernel-7.4.0", "%matplotlib inline", guarded=True),
    Case("ipykernel-6.27.1", "%matplotlib inline", guarded=True),
    Case("python3", "%matplotlib qtwindows", guarded=True),
]


@dataclass
class Result:
    """What became of the cells."""

    stuck: list[int] = field(default_factory=list)  # cells of each Run All
    seconds: list[float] = field(default_factory=list)  # of each Run All that ended
    not_run: int = 0  # cells after an error
    ran_behind: int = 0  # cells behind an error in the middle of a Run All
    sent: int = 0  # extra messages


def main() -> int:
    """Print one line for each case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds: int = parser.parse_args().rounds
    print(f"{rounds} rounds of each")
    print(
        f"{'kernel':17}{'magic':23}{'guard':6}{'rounds with stuck cells':>24}"
        f"{'Run All, s: median, max':>25}{'not run after error':>20}"
        f"{'run behind error':>17}{'extra messages':>15}"
    )
    for case in CASES:
        result = measure(case, rounds)
        times = result.seconds or [float("nan")]
        stuck = sum(count > 0 for count in result.stuck)
        print(
            f"{case.kernel:17}{case.magic:23}{'on' if case.guarded else 'off':6}"
            f"{f'{stuck} of {rounds} ({sum(result.stuck)} cells)':>24}"
            f"{f'{statistics.median(times):.2f}, {max(times):.2f}':>25}"
            f"{f'{result.not_run} of {rounds}':>20}"
            f"{f'{result.ran_behind} of {rounds}':>17}{result.sent:15}",
            flush=True,
        )
    return 0


def measure(case: Case, rounds: int) -> Result:
    """Run everything for one case, in a JupyterLab of its own."""
    result = Result()
    with (
        tempfile.TemporaryDirectory() as folder,
        virtual_desktop() as desktop,
        case_lab(case, Path(folder), desktop) as lab,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        measure_bursts(case, lab, browser, rounds, result)
        measure_errors(case, lab, browser, rounds, result)
        browser.close()
    return result


@contextmanager
def case_lab(case: Case, folder: Path, desktop: Desktop) -> Iterator[Lab]:
    """Start JupyterLab with the notebooks of a case."""
    root, home = folder / "notebooks", folder / "home"
    root.mkdir()
    write_settings(home, "guard", enabled=case.guarded)
    numbered = [f"d{index} = {index}" for index in range(BURST - 2)]
    write_notebook(root / "burst.ipynb", [case.magic, FIGURE, *numbered], case.kernel)
    errors = [case.magic, FIGURE, SLOW_ERROR, "b = 2", "c = 3"]
    write_notebook(root / "errors.ipynb", errors, case.kernel)
    environment = {
        **connection_environment(),
        **desktop.environment(),
        **pinned_kernels(),
    }
    with running_lab(root, home, environment) as lab:
        yield lab


def measure_bursts(
    case: Case, lab: Lab, browser: Browser, rounds: int, result: Result
) -> None:
    """Choose Run All, and count the cells that wait."""
    notebook = open_notebook(case, lab, browser, "burst.ipynb")
    for _ in range(rounds):
        began = time.monotonic()
        if notebook.run_all_and_wait(PATIENCE):
            result.seconds.append(time.monotonic() - began)
        result.stuck.append(sum(number is None for number in notebook.numbers()))
        notebook.page.wait_for_timeout(PAUSE)
    result.sent += notebook.pokes
    notebook.page.context.close()


def measure_errors(
    case: Case, lab: Lab, browser: Browser, rounds: int, result: Result
) -> None:
    """Run a cell after one with an error; and Run All with an error in the middle."""
    notebook = open_notebook(case, lab, browser, "errors.ipynb")
    error, following = 2, 3
    notebook.run_cell_and_wait(0, PATIENCE)
    notebook.run_cell_and_wait(1, PATIENCE)
    for _ in range(rounds):
        notebook.run_cell_and_wait(error, PATIENCE)
        notebook.page.wait_for_timeout(PAUSE)
        result.not_run += not notebook.run_cell_and_wait(following, PATIENCE)
        notebook.page.wait_for_timeout(PAUSE)
        notebook.run_all()
        notebook.page.wait_for_timeout(PAUSE * 3)
        result.ran_behind += any(notebook.numbers()[following:])
        # The kernel must not be aborting when the next round begins.
        notebook.run_cell_and_wait(following, PAUSE)
        notebook.run_cell_and_wait(following, PAUSE)
    result.sent += notebook.pokes
    notebook.page.context.close()


def open_notebook(case: Case, lab: Lab, browser: Browser, name: str) -> NotebookPage:
    """Open a notebook in a page of its own, and count messages from then on."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    notebook = NotebookPage(context.new_page(), case.shown_kernel)
    notebook.open(lab, name)
    notebook.page.wait_for_timeout(PAUSE)
    notebook.forget_sent()
    return notebook


if __name__ == "__main__":
    sys.exit(main())
