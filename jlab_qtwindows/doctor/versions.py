"""Check the versions: here, in the kernels' environments, and whether they agree.

Any thread of the doctor's process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.environment.cellfaults import (
    CellFault,
    cell_fault,
    version_numbers,
)
from jlab_qtwindows.protocol.environment.versions import difference

from .environments import UNKNOWN
from .guiloops import as_they_matter
from .line import Line, fault, ok, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jlab_qtwindows.protocol.environment.versions import Versions

    from .environments import Environment
    from .kernelspecs import Kernel

__all__ = ["check_frames", "check_here", "check_kernel"]

# The first versions in which programs can name a backend of another package.
_OLDEST = {"Matplotlib": (3, 9), "IPython": (8, 24)}
_NO_LOOP = "use %matplotlib qtwindows there, which runs no GUI loop in the kernel"


def check_here(here: Environment) -> Iterator[Line]:
    """Say what is installed in the environment that runs the doctor."""
    yield ok("this environment", f"{here} ({here.interpreter})")
    yield from _too_old("this environment", here)
    if here.packages.get(here.qt) == UNKNOWN:
        yield warning(
            "this environment",
            f"{here.qt} can be imported, but pip does not know it: its .dist-info "
            "folder is missing",
            f"{here.interpreter} -m pip install --force-reinstall {here.qt}",
        )


def check_kernel(
    kernel: Kernel, here: Environment, *, loop_is_used: bool
) -> Iterator[Line]:
    """Say what is installed in a kernel's environment.

    `loop_is_used` is whether a GUI loop is known to run in such a kernel.
    """
    there = kernel.environment
    if there is None:
        yield (
            fault(
                kernel.subject,
                kernel.unknown,
                f"install it again, or remove it: jupyter kernelspec remove "
                f"{kernel.name}",
            )
            if kernel.broken
            else ok(kernel.subject, kernel.unknown)
        )
        return
    yield ok(kernel.subject, "this environment" if there == here else str(there))
    yield from as_they_matter(_cell_fault(kernel, there), loop_is_used=loop_is_used)
    yield from _our_package(kernel, there, here)
    if there.ours:
        yield from _too_old(kernel.subject, there)


def check_frames(kernel: Kernel, host: Versions | None) -> Iterator[Line]:
    """Say whether the versions in a kernel and in the window host go together.

    `host` has those of the window host, where one could be reached.
    """
    there = kernel.environment
    if there is None or there.versions is None or host is None:
        return
    frames = difference(there.versions, host)
    if frames:
        yield warning(
            kernel.subject,
            f"{frames}: figures are shown as pictures, which is slower",
            "make the versions in both environments equal",
        )


def _cell_fault(kernel: Kernel, there: Environment) -> Iterator[Line]:
    version = there.packages.get("ipykernel", "")
    fault_there = cell_fault(version)
    if fault_there.is_known:
        yield warning(
            kernel.subject,
            f"ipykernel {version} with a GUI loop {fault_there.value}",
            f"{_NO_LOOP}; or {_other_remedy(fault_there, there)}",
        )


def _other_remedy(fault_there: CellFault, there: Environment) -> str:
    """Name the guard where it helps, else the versions that do without one."""
    old = version_numbers(there.packages["ipykernel"]) < (6,)
    if fault_there is CellFault.EMPTY_WINDOWS:
        wanted = "ipykernel>=7.1"
    elif old:
        wanted = "ipykernel>=6.29.3,<7"
    else:
        return "call qtw.guard() there"
    return f"{there.interpreter} -m pip install '{wanted}'"


def _our_package(
    kernel: Kernel, there: Environment, here: Environment
) -> Iterator[Line]:
    package = "jlab-qtwindows"
    if not there.ours:
        yield warning(
            kernel.subject,
            f"{package} is not installed there: no %matplotlib qtwindows",
            f"{there.interpreter} -m pip install --no-deps {package} "
            "(and matplotlib, numpy, pyzmq, cloudpickle)",
        )
        return
    own, other = here.packages.get(package), there.packages.get(package)
    if own and other and own != other:
        yield warning(
            kernel.subject,
            f"{package} {other} is installed there, {own} here",
            f"{there.interpreter} -m pip install --no-deps {package}=={own}",
        )


def _too_old(subject: str, environment: Environment) -> Iterator[Line]:
    for name, oldest in _OLDEST.items():
        found = environment.packages.get(name)
        if found and version_numbers(found) < oldest:
            wanted = ".".join(map(str, oldest))
            yield fault(
                subject,
                f"{name} {found} does not know backends of other packages",
                f"{environment.interpreter} -m pip install '{name.lower()}>={wanted}'",
            )
