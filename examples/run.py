"""`make run`: JupyterLab with a copy of the example notebook open."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from desktop import own_or_virtual_desktop

FOLDER = Path(__file__).resolve().parent
COPIES = FOLDER.parent / "build" / "notebooks"


def copy_notebooks() -> None:
    """Give the user notebooks to play with; those that they have changed stay."""
    COPIES.mkdir(parents=True, exist_ok=True)
    for notebook in FOLDER.glob("*.ipynb"):
        copy = COPIES / notebook.name
        if not copy.exists():
            shutil.copyfile(notebook, copy)


def main() -> int:
    """Run JupyterLab until it is ended; further arguments go to it."""
    copy_notebooks()
    with own_or_virtual_desktop() as desktop:
        command = [
            *(sys.executable, "-m", "jupyterlab"),
            f"--ServerApp.root_dir={COPIES}",
            "--ServerApp.log_level=WARN",  # the address is the last that is said
            "--LabApp.log_level=WARN",
            "--LabApp.default_url=/lab/tree/dynamic_plots.ipynb",
            *sys.argv[1:],
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            print("You are root: JupyterLab is started with --allow-root.", flush=True)
            command.append("--allow-root")
        process = subprocess.Popen(command, env=desktop.environment())
        # Ctrl-C goes to JupyterLab too, which asks before it ends.
        signal.signal(signal.SIGINT, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        return process.wait()


if __name__ == "__main__":
    sys.exit(main())
