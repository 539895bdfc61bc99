"""`make run`: JupyterLab with the example notebook open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from desktop import own_or_virtual_desktop

FOLDER = Path(__file__).parent


def main() -> int:
    """Run JupyterLab until it is ended; further arguments go to it."""
    with own_or_virtual_desktop() as desktop:
        command = [sys.executable, "-m", "jupyterlab", *sys.argv[1:]]
        try:
            return subprocess.call(
                [*command, str(FOLDER / "dynamic_plots.ipynb")],
                env=desktop.environment(),
            )
        except KeyboardInterrupt:
            return 0


if __name__ == "__main__":
    sys.exit(main())
