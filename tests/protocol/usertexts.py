"""All that a user reads, out of the sources: pages, notebooks, strings of the code.

A helper of tests, in their process; nothing of the package is imported.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]

# Whose docstrings are pages of `help()`.
HELP = (
    "jlab_qtwindows/__init__.py",
    "doctor/__init__.py",
    "doctor/cell.py",
    "kernel/api.py",
    "kernel/keptpictures.py",
    "guard/cellguard.py",
)

# What goes to a log is for those who look into the code.
LOGGED = {"debug", "info", "warning", "error", "exception", "critical"}

# A comment, or a string in one of three kinds of quotes.
TYPESCRIPT = re.compile(
    r"/\*.*?\*/|//[^\n]*|(?P<text>'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|`[^`]*`)",
    re.DOTALL,
)
SHOWN = re.compile(r"trans\.(?:__|_n)\(\s*$")


@dataclass(frozen=True)
class Text:
    """Something to read, and where it stands."""

    file: str
    line: int
    words: str


def all_texts() -> Iterator[Text]:
    """Yield all texts of all sources."""
    for pattern, texts_of in SOURCES:
        for path in sorted(HOME.glob(pattern)):
            if "__tests__" not in path.parts:
                name = path.relative_to(HOME).as_posix()
                yield from texts_of(name, path.read_text("utf-8"))


def page_texts(file: str, source: str) -> Iterator[Text]:
    """Yield all lines."""
    for number, line in enumerate(source.splitlines(), 1):
        yield Text(file, number, line)


def notebook_texts(file: str, source: str) -> Iterator[Text]:
    """Yield what is to be read between the code, and the comments in it."""
    for number, cell in enumerate(json.loads(source)["cells"], 1):
        for line in "".join(cell["source"]).splitlines():
            words = line if cell["cell_type"] == "markdown" else line.partition("#")[2]
            yield Text(file, number, words)


def python_texts(file: str, source: str) -> Iterator[Text]:
    """Yield the strings of several words, but for docstrings that nobody is shown."""
    tree = ast.parse(source)
    left_out: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            left_out.update(id(value) for value in node.values)
        elif isinstance(node, ast.Call) and _is_logging(node):
            left_out.update(id(inner) for inner in ast.walk(node))
        elif not file.endswith(HELP):
            left_out.add(id(_docstring(node)))
    for node in ast.walk(tree):
        if id(node) not in left_out and " " in (words := _words(node)):
            yield Text(file, getattr(node, "lineno", 0), words)


def typescript_texts(file: str, source: str) -> Iterator[Text]:
    """Yield the strings of several words, and all that are translated."""
    for found in TYPESCRIPT.finditer(source):
        words = (found["text"] or "")[1:-1]
        if " " in words or SHOWN.search(source, 0, found.start()):
            yield Text(file, source.count("\n", 0, found.start()) + 1, words)


SOURCES: tuple[tuple[str, Callable[[str, str], Iterator[Text]]], ...] = (
    ("README.md", page_texts),
    ("CHANGELOG.md", page_texts),
    ("docs/how-to/*.md", page_texts),
    ("labextension/schema/*.json", page_texts),
    ("examples/*.ipynb", notebook_texts),
    ("jlab_qtwindows/**/*.py", python_texts),
    ("labextension/src/**/*.ts*", typescript_texts),
)


def _is_logging(call: ast.Call) -> bool:
    called = call.func
    if not isinstance(called, ast.Attribute) or called.attr not in LOGGED:
        return False
    return "log" in ast.unparse(called.value)


def _docstring(node: ast.AST) -> ast.AST | None:
    if not isinstance(
        node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    ):
        return None
    first = node.body[0] if node.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return first.value
    return None


def _words(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (v.value if isinstance(v, ast.Constant) else "…" for v in node.values)
        return "".join(map(str, parts))
    return ""
