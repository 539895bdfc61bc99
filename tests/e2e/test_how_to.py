"""The pages of docs/how-to, followed literally: each piece of Python is a cell.

A loop that a page shows is there to be watched: its window follows while it runs. The
judge is the window process, which says how many states it has shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kernels import Kernel
from lab import Lab
from screen import Screen

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "how-to"
NAMES = sorted(page.name for page in PAGES.glob("*.md") if page.name != "README.md")

CELL = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LABEL = re.compile(r"""(?:num=|plt\.figure\()"([^"]+)\"""")
LOOP = re.compile(r"^for .* in range\(", re.MULTILINE)
WATCHED = 5  # states that a window shows while a loop runs


@pytest.fixture
def run(lab: Lab, kernel: Kernel, eventually: Any) -> Callable[[str], str]:
    """Return a function that runs a cell in a kernel that has loaded nothing.

    A cell with a loop is watched for a while, and then stopped.
    """
    kernel.run("%reset -f")

    def states() -> int:
        windows = lab.request("GET", "jlab-qtwindows/windows")
        return sum(window["revision"] for window in windows)

    def run_cell(code: str) -> str:
        if not LOOP.search(code):
            return kernel.run(code).text
        before = states()
        cell = kernel.start(code)
        eventually(lambda: states() >= before + WATCHED)
        state = lab.request("GET", f"api/kernels/{kernel.id}")["execution_state"]
        assert state == "busy", "the loop was over before it could be watched"
        lab.request("POST", f"api/kernels/{kernel.id}/interrupt")
        text = kernel.wait(cell, check=False).text
        return "" if "KeyboardInterrupt" in text else text

    return run_cell


@pytest.mark.parametrize("name", NAMES)
def test_its_cells_run_and_its_windows_are_seen(
    name: str, run: Callable[[str], str], screen: Screen, eventually: Any
) -> None:
    text = (PAGES / name).read_text()
    cells = CELL.findall(text)

    said = [run(cell) for cell in cells]

    assert cells
    assert not [words for words in said if "Warning" in words or "Error" in words]
    labels = LABEL.findall("".join(cells))
    assert labels
    for label in labels:
        eventually(lambda label=label: screen.window(f"{label} — notebook"))


@pytest.mark.parametrize("number", [0, 1])
def test_the_first_loops_of_the_readme_can_be_watched(
    number: int, run: Callable[[str], str]
) -> None:
    code = CELL.findall((ROOT / "README.md").read_text())[number]
    assert LOOP.search(code)

    run(code)


def test_the_index_names_every_page() -> None:
    listed = re.findall(r"\]\(([^)]+)\)", (PAGES / "README.md").read_text())

    assert sorted(listed) == NAMES
