"""The kernels that are installed for this Jupyter, and whose Python each of them is.

Any thread of the doctor's process.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from .child import NoAnswer
from .environments import Environment, look_into
from .surroundings import for_new_host

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["Kernel", "NoJupyterClient", "kernel_names", "look_at"]


class NoJupyterClient(Exception):
    """Kernels cannot be found nor started from here."""


@dataclass(frozen=True)
class Kernel:
    """A kernelspec; `environment` is None where `unknown` says why."""

    name: str
    environment: Environment | None
    unknown: str = ""
    broken: bool = False  # it cannot start
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """How it is called in the report."""
        return f"kernel {self.name}"


def kernel_names(only: Collection[str] = ()) -> list[str]:
    """Return the names of all kernelspecs, or those of these names, in order.

    Raises
    ------
    NoJupyterClient
        This environment has no jupyter_client.
    """
    try:
        from jupyter_client.kernelspec import KernelSpecManager
    except ImportError as error:
        raise NoJupyterClient(str(error)) from error
    names = KernelSpecManager().find_kernel_specs()
    return sorted(name for name in names if not only or name in only)


def look_at(name: str) -> Kernel:
    """Return the kernel of an installed kernelspec, and what its Python has."""
    from jupyter_client.manager import KernelManager

    try:
        manager = KernelManager(kernel_name=name)
        spec = manager.kernel_spec
        command = manager.format_kernel_cmd() if spec is not None else []
    except Exception as error:  # a kernel.json may hold anything
        return Kernel(name, None, f"its kernel.json cannot be used: {error}", True)
    if spec is None or not command:
        return Kernel(name, None, "its kernel.json names no program", True)
    if spec.language.lower() != "python":
        return Kernel(name, None, f"language {spec.language}: not looked at")
    provisioner = spec.metadata.get("kernel_provisioner", {}).get(
        "provisioner_name", ""
    )
    if provisioner not in ("", "local-provisioner"):
        return Kernel(name, None, f"started by {provisioner}: not looked at")
    if not re.match(r"python|pypy", Path(command[0]).name, re.IGNORECASE):
        return Kernel(name, None, f"started by {command[0]}: not looked at")
    around = for_new_host()
    # As jupyter_client does: "PATH": "/opt/bin:${PATH}".
    variables = {
        name: Template(str(value)).safe_substitute(around)
        for name, value in spec.env.items()
    }
    try:
        found = look_into(command[0], {**around, **variables})
    except NoAnswer as error:
        return Kernel(name, None, f"its Python does not run: {error}", True)
    return Kernel(name, found, variables=variables)
