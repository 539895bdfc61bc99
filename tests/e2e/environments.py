"""Environments of Python for kernels, made of what is installed here."""

from __future__ import annotations

import json
import sysconfig
import venv
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement


def make_environment(home: Path, *wanted: str, alone: str = "") -> Path:
    """Return the Python of a new environment with these packages and what they need.

    Of `alone` it has the package itself, as `pip install --no-deps` leaves it.
    """
    venv.create(home, with_pip=False, symlinks=True)
    own = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
    found = [*_with_requirements(wanted), *([distribution(alone)] if alone else [])]
    for package in found:
        names = {file.parts[0] for file in package.files or ()}
        for name in names - {"..", "__pycache__"}:
            (own / name).symlink_to(str(package.locate_file(name)))
    return home / "bin" / "python"


def install_kernel(data: Path, name: str, python: Path) -> None:
    """Write a kernelspec into a data folder of Jupyter."""
    folder = data / "kernels" / name
    folder.mkdir(parents=True)
    argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": name, "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec))


def _with_requirements(wanted: tuple[str, ...]) -> list[Distribution]:
    found: dict[str, Distribution] = {}
    waiting = list(wanted)
    while waiting:
        try:
            package = distribution(waiting.pop())
        except PackageNotFoundError:  # needed on another system only
            continue
        if package.metadata["Name"] in found:
            continue
        found[package.metadata["Name"]] = package
        needed = map(Requirement, package.requires or ())
        waiting += [
            requirement.name
            for requirement in needed
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        ]
    return list(found.values())
