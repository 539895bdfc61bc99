"""Check that the packages still have the private names that are used of them.

In a thread of the doctor's pool.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .child import NoAnswer, ask
from .line import Line, warning
from .surroundings import for_new_host

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .environments import Environment
    from .kernelspecs import Kernel

__all__ = ["check_names_here", "check_names_of"]

_LIMIT = 60.0  # s; the first import of Matplotlib may look for all fonts
_HOST = "window process"

# The newest versions with which all is known to be there.
_KNOWN = {
    "ipykernel": "ipykernel<8",
    "matplotlib": "matplotlib<3.12",
    "numpy": "numpy<3",
    "pyzmq": "pyzmq<28",
}


def check_names_of(kernel: Kernel) -> Iterator[Line]:
    """Name what the kernel's side misses in the kernel's environment."""
    there = kernel.environment
    if there is not None and there.ours and "Matplotlib" in there.packages:
        variables = {**for_new_host(), **kernel.variables}
        yield from _lines(kernel.subject, there, "kernel", variables)


def check_names_here(here: Environment) -> Iterator[Line]:
    """Name what a window process of this environment would miss."""
    if here.qt and "Matplotlib" in here.packages:
        yield from _lines(_HOST, here, "host", for_new_host())


def _lines(
    subject: str, there: Environment, side: str, variables: Mapping[str, str]
) -> Iterator[Line]:
    module = "jlab_qtwindows.doctor.privatefacts"
    command = (there.interpreter, "-m", module, side)
    try:
        answer: Any = ask(command, limit=_LIMIT, environment=variables)
    except NoAnswer:
        return  # what keeps it from being imported is told by other checks
    told: dict[tuple[str, str, str], list[str]] = {}
    for package, version, name, without in answer:
        told.setdefault((package, version, without), []).append(name)
    for (package, version, without), names in told.items():
        known = _KNOWN.get(package, package)
        pip = f"{there.interpreter} -m pip install"
        yield warning(
            subject,
            f"this {package} ({version}) has no {_listed(names)}: {without}",
            f"{pip} --upgrade jlab-qtwindows, which may know this version; "
            f"or {pip} '{known}'",
        )


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
