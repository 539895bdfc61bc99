"""Runs one library's script and compares its figures; a process of its own.

In the environment of the libraries: `child.py SCRIPT NAME PICTURES RESULT`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import script as scripts

SCRIPT_LIMIT = 90.0  # s; large libraries load slowly on a busy machine


def main() -> None:
    """Leave the result in a file; what the libraries leave running ends with us."""
    place, name, pictures, result = sys.argv[1:]
    scripts.SCRIPT_LIMIT = SCRIPT_LIMIT
    # Where it lies its name would hide the library's, and it may write beside itself.
    copied = Path(tempfile.mkdtemp()) / "program.py"
    copied.write_text(Path(place).read_text(encoding="utf-8"), encoding="utf-8")
    scripts.write(scripts.run(copied, name, Path(pictures)), Path(result))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


main()
