"""Check the versions: here, in the kernels' environments, and whether they agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.versions import difference

from .line import Line, fault, ok, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jlab_qtwindows.protocol.versions import Versions

    from .environments import Environment
    from .kernelspecs import Kernel

__all__ = ["check_here", "check_kernel", "known_fault"]

# The first versions in which programs can name a backend of another package.
_OLDEST = {"Matplotlib": (3, 9), "IPython": (8, 24)}
_NO_LOOP = "use %matplotlib qtwindows there, which runs no GUI loop in the kernel"


def check_here(here: Environment) -> Iterator[Line]:
    """Say what is installed in the environment that runs the doctor."""
    yield ok("this environment", f"{here} ({here.interpreter})")
    yield from _too_old("this environment", here)


def check_kernel(
    kernel: Kernel, here: Environment, host: Versions | None
) -> Iterator[Line]:
    """Say what is installed in a kernel's environment, and how that goes together.

    `host` has the versions of the window host, where one could be reached.
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
    known = known_fault(there.packages.get("ipykernel", ""))
    if known:
        yield warning(kernel.subject, known, f"{_NO_LOOP}; or call qtw.guard() there")
    yield from _our_package(kernel, there, here)
    if there.ours:
        yield from _too_old(kernel.subject, there)
    if there.versions is not None and host is not None:
        frames = difference(there.versions, host)
        if frames:
            yield warning(
                kernel.subject,
                f"{frames}: figures travel as frames, which is slower",
                "make the versions in both environments equal",
            )


def known_fault(ipykernel: str) -> str:
    """Return what this version does wrong while a GUI loop runs in it, or "".

    Source: ipykernel's issues 1202 (fixed in 6.29.3) and 1454, and our own measurements
    of 7.1 to 7.4. The check that runs cells tells of any version whether it is so.
    """
    version = _numbers(ipykernel)
    if not version:
        return ""
    what = f"ipykernel {ipykernel} with a GUI loop"
    if version <= (6, 29, 2):
        return f"{what} aborts the cell that is run after an error"
    if (7, 0) <= version < (7, 1):
        return f"{what} does not draw the windows"
    if (7, 1) <= version < (7, 5):
        return f"{what} leaves requests lying: cells stay at [*]"
    return ""


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
        if found and _numbers(found) < oldest:
            wanted = ".".join(map(str, oldest))
            yield fault(
                subject,
                f"{name} {found} does not know backends of other packages",
                f"{environment.interpreter} -m pip install '{name.lower()}>={wanted}'",
            )


def _numbers(version: str) -> tuple[int, ...]:
    match = re.match(r"\d+(\.\d+)*", version)
    return tuple(map(int, match[0].split("."))) if match else ()
