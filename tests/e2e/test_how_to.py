"""The pages of docs/how-to, followed literally: each piece of Python is a cell."""

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

PAGES = Path(__file__).resolve().parents[2] / "docs" / "how-to"
NAMES = sorted(page.name for page in PAGES.glob("*.md") if page.name != "README.md")

CELL = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LABEL = re.compile(r"""(?:num=|plt\.figure\()"([^"]+)\"""")


@pytest.fixture
def run(lab: Lab, kernel: Kernel) -> Callable[[str], str]:
    """Return a function that runs a cell in a kernel that has loaded nothing."""
    kernel.run("%reset -f")
    return lambda code: kernel.run(code).text


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


def test_the_index_names_every_page() -> None:
    listed = re.findall(r"\]\(([^)]+)\)", (PAGES / "README.md").read_text())

    assert sorted(listed) == NAMES
