"""`python -m jlab_qtwindows.doctor.privatefacts kernel`: the private names that lack.

Run by the doctor with the interpreter of a kernel, or of the window process (`host`).
Imports what is asked about, and makes no application.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import PackageNotFoundError, version

from jlab_qtwindows.protocol.privatenames import HOST, KERNEL, lacking

__all__ = ["main"]

_DISTRIBUTIONS = {"mpl_toolkits": "matplotlib", "zmq": "pyzmq"}


def main() -> int:
    """Print package, its version, owner, name and what is without it, as JSON."""
    entries = KERNEL
    if sys.argv[1:] == ["host"]:
        from jlab_qtwindows.host.process.binding import settle_binding

        settle_binding()
        from jlab_qtwindows.host.qt import BINDING as _BINDING  # noqa: F401 - or fail

        entries = HOST
    found = [
        (*_package(entry.package), f"{entry.short_owner}.{name}", entry.without)
        for entry, name in lacking(entries)
    ]
    sys.stdout.write(json.dumps(found))
    return 0


def _package(module: str) -> tuple[str, str]:
    """Return the name and the version of the distribution with this module."""
    name = _DISTRIBUTIONS.get(module, module)
    try:
        return name, version(name)
    except PackageNotFoundError:
        return name, str(getattr(sys.modules[module], "__version__", ""))


if __name__ == "__main__":
    sys.exit(main())
