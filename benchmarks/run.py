"""`make bench`: the figures of merit, from one interleaved run.

Every number is a ratio or a share between things measured side by side on this machine,
since absolute times say more about the machine than about the code. `--rounds N`
repeats each measurement; `--peers` adds the other backends that are installed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import events
import following
import latency
import loops
import sampling
from desktop import virtual_desktop
from lab import connection_environment, running_lab


def main() -> int:
    """Print one table for each measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, virtual_desktop() as desktop:
        root, home = Path(folder, "notebooks"), Path(folder, "home")
        root.mkdir()
        environment = {**connection_environment(), **desktop.environment()}
        for early in (False, True) * 2:
            with running_lab(root, home, environment) as lab:
                latency.report_cold(lab, desktop, early=early)
        with running_lab(root, home, environment) as lab:
            loops.report(lab, options.rounds, peers=options.peers)
            following.report(lab, options.rounds)
            latency.report(lab, desktop)
            events.report(lab, desktop)
            sampling.report(lab, options.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
