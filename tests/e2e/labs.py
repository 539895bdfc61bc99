"""JupyterLabs for tests, each in a folder of its own."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from desktop import Desktop
from lab import Lab, connection_environment, running_lab


def start_lab(
    folder: Path,
    desktop: Desktop,
    *,
    options: tuple[str, ...] = (),
    application: str = "jupyterlab",
    **environment: str,
) -> AbstractContextManager[Lab]:
    """Return a context manager that runs JupyterLab over `folder`/notebooks."""
    root = folder / "notebooks"
    root.mkdir(exist_ok=True)
    # One test's windows must not be where the last one's were.
    forgetful = {"JLAB_QTWINDOWS_GEOMETRY": ""}
    env = {
        **connection_environment(),
        **desktop.environment(),
        **forgetful,
        **environment,
    }
    log = folder / "lab.log"
    started = {"log": log, "options": options, "application": application}
    return running_lab(root, folder / "home", env, **started)
