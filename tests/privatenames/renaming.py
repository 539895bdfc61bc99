"""A future version of a package: one of its private names is another one there.

The package is compiled anew while it is imported, so that all its own code uses the
new name. To delete the old one would break the package itself.
"""

from __future__ import annotations

import ast
import sys
from importlib.machinery import PathFinder, SourceFileLoader
from importlib.util import spec_from_file_location

_TOGETHER = dict.fromkeys(
    ("matplotlib", "mpl_toolkits"), ("matplotlib", "mpl_toolkits")
)
# Matplotlib makes these names out of the first half and that of an axis.
_SHARED = {"_share", "_sharex", "_sharey", "_sharez", "_shareview"}


def rename(package: str, name: str, *, of_module: bool) -> None:
    """Give a name another form in all code of a package that is not yet imported.

    It is the attribute of a class or, `of_module`, a module or what stands in one.
    """
    packages = _TOGETHER.get(package, (package,))
    assert not set(packages) & sys.modules.keys()
    sys.meta_path.insert(0, _Finder(packages, name, of_module))


def _new(name: str) -> str:
    return f"_new{name}"


class _Finder:
    def __init__(self, packages, name, of_module):
        self._packages = packages
        self._name = name
        self._of_module = of_module

    def find_spec(self, fullname, path, target=None):
        if fullname.partition(".")[0] not in self._packages:
            return None
        parent, _, last = fullname.rpartition(".")
        if self._of_module and last == self._name:
            raise ModuleNotFoundError(fullname, name=fullname)
        if last == _new(self._name):
            last = self._name
        real = f"{parent}.{last}" if parent else last
        spec = PathFinder.find_spec(real, path)
        if spec is None or type(spec.loader) is not SourceFileLoader:
            return spec
        loader = _Loader(fullname, spec.origin, self._name, self._of_module)
        return spec_from_file_location(
            fullname,
            spec.origin,
            loader=loader,
            submodule_search_locations=spec.submodule_search_locations,
        )


class _Loader(SourceFileLoader):
    def __init__(self, fullname, path, name, of_module):
        super().__init__(fullname, path)
        self._private = name
        self._of_module = of_module

    def get_code(self, fullname):
        names = _SHARED if self._private in _SHARED else {self._private}
        source = self.get_data(self.path)
        if not any(name.encode() in source for name in names):
            return super().get_code(fullname)
        tree = _Renamer(names, self._of_module).visit(ast.parse(source, self.path))
        return compile(tree, self.path, "exec", dont_inherit=True)


class _Renamer(ast.NodeTransformer):
    def __init__(self, names, of_module):
        self._names = names
        self._of_module = of_module
        self._inside = of_module  # the body of a class, or everywhere

    def _renamed(self, name):
        return _new(name) if name in self._names else name

    def visit_Attribute(self, node):
        self.generic_visit(node)
        node.attr = self._renamed(node.attr)
        return node

    def visit_Constant(self, node):
        if isinstance(node.value, str):
            node.value = self._renamed(node.value)
        return node

    def visit_Call(self, node):
        self.generic_visit(node)
        if ast.unparse(node.func).endswith("_setattr_cm"):
            for keyword in node.keywords:
                keyword.arg = keyword.arg and self._renamed(keyword.arg)
        return node

    def visit_ClassDef(self, node):
        before, self._inside = self._inside, True
        self.generic_visit(node)
        self._inside = before
        return node

    def visit_FunctionDef(self, node):
        if self._inside:
            node.name = self._renamed(node.name)
        before, self._inside = self._inside, self._of_module
        self.generic_visit(node)
        self._inside = before
        return node

    def visit_Name(self, node):
        if self._inside:
            node.id = self._renamed(node.id)
        return node

    def visit_Global(self, node):
        if self._of_module:
            node.names = [self._renamed(name) for name in node.names]
        return node

    def visit_ImportFrom(self, node):
        if self._of_module:
            parts = (node.module or "").split(".")
            node.module = ".".join(map(self._renamed, parts)) or None
            for alias in node.names:
                alias.asname = alias.asname and self._renamed(alias.asname)
                alias.name = self._renamed(alias.name)
        return node

    def visit_Import(self, node):
        if self._of_module:
            for alias in node.names:
                alias.name = ".".join(map(self._renamed, alias.name.split(".")))
        return node
