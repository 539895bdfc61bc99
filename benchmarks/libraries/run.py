"""`make libraries`: figures of well-known libraries, and a user's work in them.

Makes the environment of pinned releases, runs each library's script twice (the window
host without the libraries, and with them), does the user's work, writes
docs/libraries.md and a line that sums up. `--only TEXT` runs those with this in their
names, `--no-works` the scripts alone; both leave the page as it is. `--no-static` does
the user's work alone, and takes what the scripts gave in the last run.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time

import environment as environments
import report
import static
import work
from catalogue import LIBRARIES, Library
from desktop import virtual_desktop

SCREEN = "2600x2000"  # px, so that no figure is too large for it


def main() -> int:
    """Run all; 0 if all is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="")
    parser.add_argument("--no-static", action="store_true")
    parser.add_argument("--no-works", action="store_true")
    options = parser.parse_args()
    # A shell that runs this in the background has it ignored, and so would children.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    started = time.monotonic()
    # Some of them write fonts of theirs into Matplotlib's list, which outlives them.
    os.environ["MPLCONFIGDIR"] = str(environments.BUILD / "matplotlib")
    environment, bare = environments.prepare(), environments.prepare_host()
    wanted = [
        library
        for library in LIBRARIES
        if options.only in library.name and _is_installed(library, environment)
    ]
    run = report.Run(environment, {}, {})
    with virtual_desktop(SCREEN) as desktop:
        os.environ.update(desktop.environment())
        hosts = (
            ("without", bare, run.without),
            ("beside", environment.python, run.beside),
        )
        for label, python, results in hosts:
            if options.no_static:
                results.update(static.stored(wanted, label))
            else:
                results.update(
                    static.run(wanted, environment, python, label, options.jobs)
                )
        if not options.no_works:
            works = work.run(
                work.names(options.only),
                environment,
                bare,
                desktop.name,
            )
            run.works.extend(works)
    seconds = time.monotonic() - started
    if not (options.only or options.no_works):
        report.write(run)
    print(f"{report.summary(run)}; {seconds / 60:.0f} minutes")
    return 0 if report.is_good(run) else 1


def _is_installed(library: Library, environment: environments.Environment) -> bool:
    why = environment.failures.get(environments.normalized(library.requirement))
    if why:
        print(f"{library.name} could not be installed: {why}")
    return not why


if __name__ == "__main__":
    sys.exit(main())
