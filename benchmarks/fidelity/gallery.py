"""The scripts of Matplotlib's gallery: which are run, and why the others are not."""

from __future__ import annotations

import ast
from pathlib import Path

FOLDERS = ("examples", "plot_types", "users_explain", "tutorials")

TOOLKIT = "a GUI toolkit of its own"
LATEX = "LaTeX"

_TOOLKITS = {"flask", "gi", "tkinter", "tornado", "wx"}
_TOOLKIT_BACKENDS = (
    "backend_gtk",
    "backend_qt",
    "backend_tk",
    "backend_wx",
    "qt_compat",
)


def scripts(root: Path) -> list[Path]:
    """Return all scripts, by name."""
    return sorted(
        path
        for folder in FOLDERS
        for path in (root / "galleries" / folder).rglob("*.py")
    )


def left_out(script: Path) -> str:
    """Return what a script needs that no backend can give, "" if nothing."""
    tree = ast.parse(script.read_text(encoding="utf-8"))
    if any(map(_imports_toolkit, tree.body)):
        return TOOLKIT
    if any(map(_uses_latex, ast.walk(tree))):
        return LATEX
    return ""


def _imports_toolkit(statement: ast.stmt) -> bool:
    """Return whether it is an import of a toolkit, or of a backend for one."""
    match statement:
        case ast.Import(names):
            modules = [name.name for name in names]
        case ast.ImportFrom(module=str(module)):
            modules = [module]
        case ast.Try(body):
            return any(map(_imports_toolkit, body))
        case _:
            return False
    return any(
        module.split(".")[0] in _TOOLKITS
        or module.split(".")[-1].startswith(_TOOLKIT_BACKENDS)
        for module in modules
    )


def _uses_latex(node: ast.AST) -> bool:
    """Return whether it is `usetex=...`, or sets `text.usetex`."""
    match node:
        case ast.keyword("usetex", value):
            return not (isinstance(value, ast.Constant) and value.value is False)
        case ast.Assign([ast.Subscript(slice=ast.Constant("text.usetex"))], value):
            return isinstance(value, ast.Constant) and value.value is True
        case ast.Call(ast.Attribute(attr="use"), [ast.Constant("pgf")]):
            return True
    return False
