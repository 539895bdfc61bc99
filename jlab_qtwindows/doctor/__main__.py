"""`python -m jlab_qtwindows.doctor`: the doctor of this environment. Main thread."""

from __future__ import annotations

import sys

from .command import doctor

if __name__ == "__main__":
    sys.exit(doctor())
