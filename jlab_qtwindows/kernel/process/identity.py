"""Who this process is: kernel id, notebook, cell, versions.

Read-only looks at what the kernel offers; any thread.
"""

from __future__ import annotations

import contextlib
import os
import platform
import sys
import uuid
from pathlib import Path

import matplotlib as mpl
import numpy as np

from jlab_qtwindows.protocol.environment.versions import Versions

from .localmodules import is_installed
from .shell import ipython

__all__ = ["cell_id", "cell_number", "ipython", "kernel_id", "notebook", "versions"]

_own_id = uuid.uuid4().hex


def kernel_id() -> str:
    """Return the Jupyter kernel's id, or an id of this process where there is none.

    A kernel's connection file is named `kernel-<id>.json`; the id survives a restart.
    """
    kernel = getattr(ipython(), "kernel", None)
    app = getattr(kernel, "parent", None)
    stem = Path(getattr(app, "connection_file", "") or "").stem
    if stem.startswith("kernel-"):
        return stem.removeprefix("kernel-")
    return _own_id


def notebook() -> str:
    """Return the notebook's path as the server knows it, the program's path, or ""."""
    # Set by jupyter_server for every kernel that belongs to a session.
    session = os.environ.get("JPY_SESSION_NAME", "")
    if session or getattr(ipython(), "kernel", None) is not None:
        return session
    script = getattr(sys.modules.get("__main__"), "__file__", None)
    return _program(Path(script)) if script else ""


def _program(file: Path) -> str:
    """Return the path of a script, or of the package that `python -m` runs.

    A tool, as pytest, is installed somewhere; what it works on is the working folder.
    """
    path = file.parent if file.name == "__main__.py" else file
    if is_installed(path):
        with contextlib.suppress(OSError):  # no working folder any more
            path = Path.cwd() / path.name
    return str(path)


def cell_number() -> int:
    """Return a number that is another one in every cell; 0 for a whole script."""
    return int(getattr(ipython(), "execution_count", 0))


def cell_id() -> str | None:
    """Return JupyterLab's id of the running cell, where it sent one."""
    kernel = getattr(ipython(), "kernel", None)
    try:
        parent = kernel.get_parent("shell") if kernel is not None else {}
    except Exception:
        return None
    found = (parent.get("metadata") or {}).get("cellId")
    return found if isinstance(found, str) else None


def versions() -> Versions:
    """Return the versions of this process."""
    return Versions(
        python=platform.python_version(),
        matplotlib=mpl.__version__,
        numpy=np.__version__,
    )
