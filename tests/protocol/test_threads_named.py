"""Each file says in its docstring which thread or process runs it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import jlab_qtwindows

PACKAGE = Path(jlab_qtwindows.__file__).parent
FOLDERS = ("host", "kernel", "server")
SAYS_NOTHING: set[str] = set()  # files that need not, of those folders

# Not "process" alone: it is also what a file is about.
WORDS = re.compile(r"\b(threads?|event\s+loop|[Rr]uns? in|[Ii]n a process)\b")

FILES = [
    path.relative_to(PACKAGE).as_posix()
    for folder in FOLDERS
    for path in sorted((PACKAGE / folder).rglob("*.py"))
]


def says_who_runs_it(text: str) -> bool:
    return bool(WORDS.search(ast.get_docstring(ast.parse(text)) or ""))


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_which_thread_or_process_runs_it(name):
    assert says_who_runs_it((PACKAGE / name).read_text()) != (name in SAYS_NOTHING)


def test_files_that_say_nothing_are_among_those_that_are_looked_at():
    assert set(FILES) >= SAYS_NOTHING


@pytest.mark.parametrize(
    ("docstring", "says"),
    [
        ("What is sent. I/O thread only.", True),
        ("Runs in any process that plots.", True),
        ("What is seen in a window of another process.", False),
        ("", False),
    ],
)
def test_a_word_of_another_process_does_not_say_it(docstring, says):
    assert says_who_runs_it(f'"""{docstring}"""') is says
