"""The private names of other packages that the product's code speaks of.

In each file those that it does not define itself; and of each class that is derived
from one of another package those that this one knows, too.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from pathlib import Path

from jlab_qtwindows.protocol.privatenames.lookup import speaks_of

PRODUCT = Path(__file__).resolve().parents[2] / "jlab_qtwindows"
_LISTS = PRODUCT / "protocol" / "privatenames"
_PRIVATE = re.compile(r"_(?!_)\w+")
_BEGINNING = re.compile(r"_(?!_)\w*$")
_PATH = re.compile(r"[A-Za-z]\w*(\.\w+)*\._(?!_)\w+")

# Attributes that one file of the product sets and another reads.
_OURS = {
    "_connections",
    "_coordinates_by_kernel",
    "_copied_from",
    "_jlab_qtwindows_guest",
    "_told",
}
# Of the standard library, which documents them or keeps them.
_STANDARD = {
    "_abc_impl",
    "_current_frames",
    "_exit",
    "_getframe",
    "_is_gil_enabled",
    "_reconstructor",
}
_X11 = "_NET_"


def private_names():
    """Return the names, each with the files in which it is used."""
    found = {}
    for file in sorted(PRODUCT.rglob("*.py")):
        if file.parent != _LISTS:
            tree = ast.parse(file.read_text(), str(file))
            for name in {*_foreign_names(tree), *_inherited_names(tree, file)}:
                found.setdefault(name, set()).add(str(file.relative_to(PRODUCT)))
    return found


def _foreign_names(tree):
    own = _defined(tree) | _OURS | _STANDARD
    spoken = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            spoken.add(node.attr)
        elif isinstance(node, ast.keyword):
            spoken.add(node.arg or "")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            spoken.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            # Nobody could tell which names it makes.
            assert not _begins_private(node), ast.unparse(node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            spoken |= _imported(node)
    names = {name for name in spoken - own if _PRIVATE.fullmatch(name)}
    paths = (name for name in spoken if _PATH.fullmatch(name))
    names |= {path[path.index("._") + 1 :] for path in paths if "." in path}
    ends = _ends_of_names(tree)
    return {n for n in names - ends if not n.startswith(_X11)}


def _defined(tree):
    """Return the attributes that classes of this file define."""
    names = set()
    for kind in ast.walk(tree):
        if not isinstance(kind, ast.ClassDef):
            continue
        names |= _assigned(kind)
        for node in ast.walk(kind):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                names.add(node.name)
            elif _is_set_on_self(node):
                names.add(node.attr)
    return names


def _is_set_on_self(node):
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("self", "cls")
    )


def _assigned(node):
    targets = []
    for each in node.body:
        if isinstance(each, ast.Assign):
            targets += each.targets
        elif isinstance(each, ast.AnnAssign):
            targets.append(each.target)
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _begins_private(joined):
    first = joined.values[0] if joined.values else None
    return isinstance(first, ast.Constant) and bool(_BEGINNING.match(str(first.value)))


def _ends_of_names(tree):
    """Return the strings that are only the ends of names: of f-strings and tests."""
    ends = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            ends |= {p.value for p in node.values if isinstance(p, ast.Constant)}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
            ".endswith"
        ):
            ends |= {a.value for a in node.args if isinstance(a, ast.Constant)}
    return ends


def _imported(node):
    names = {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        names |= {f"{node.module}.{alias.name}" for alias in node.names}
        if node.level:  # of our own
            return set()
        if (node.module or "").startswith("jlab_qtwindows"):
            return set()
        names.add(node.module or "")
    parts = {part for name in names for part in name.split(".")}
    return {part for part in parts if _PRIVATE.fullmatch(part)}


def _inherited_names(tree, file):
    parts = file.relative_to(PRODUCT).with_suffix("").parts
    module = ".".join(("jlab_qtwindows", *parts))
    names = set()
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.bases:
            kind = getattr(importlib.import_module(module), node.name)
            foreign = [base for base in kind.__mro__ if _is_foreign(base)]
            names |= {
                name
                for name in _mentioned(node)
                if any(name in vars(b) or speaks_of(b, name) for b in foreign)
            }
    return names


def _is_foreign(base):
    package = base.__module__.partition(".")[0]
    return package != "jlab_qtwindows" and package not in sys.stdlib_module_names


def _mentioned(node):
    found = _assigned(node)
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute):
            found.add(each.attr)
        elif isinstance(each, ast.FunctionDef):
            found.add(each.name)
    return {name for name in found if _PRIVATE.fullmatch(name)}


def _is_test_of_end(call):
    return isinstance(call.func, ast.Attribute) and call.func.attr == "endswith"
