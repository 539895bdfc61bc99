"""`make fidelity`: compares what the windows show with what Matplotlib draws.

Runs Matplotlib's gallery through kernel backend, wire and window host, and compares
the host's picture of every figure with plain Agg; then Matplotlib's own tests of
interactive backends. What differs lies side by side in build/fidelity/different.
`--sample` runs sixty figures without the tests, `--only TEXT` the scripts whose name
contains it.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

# Before numpy: a thread of its own would not survive the forks.
os.environ.update(OPENBLAS_NUM_THREADS="1", MPLBACKEND="qtwindows")

import bodies
import gallery
import script as scripts
import table
from desktop import virtual_desktop
from hostpictures import HostPictures
from pool import Pool
from sample import SAMPLE
from sources import BUILD, matplotlib_source

from jlab_qtwindows.kernel.link.ownhost import OwnHost
from jlab_qtwindows.protocol.meeting.connection import CONNECTION_VARIABLE

# Loaded once, for all scripts.
PRELOADED = (
    *("cloudpickle", "matplotlib.pyplot", "mpl_toolkits.axes_grid1"),
    *("mpl_toolkits.axisartist", "mpl_toolkits.mplot3d"),
)
SCREEN = "4096x4096"  # px, so that no figure of the gallery is too large for it


def main() -> int:
    """Compare, print a table; 0 if all is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--no-bodies", action="store_true")
    options = parser.parse_args()
    # A shell that runs this in the background has it ignored, and so would children.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    source = matplotlib_source()
    for module in PRELOADED:
        importlib.import_module(module)
    with virtual_desktop(SCREEN) as desktop:
        os.environ.update(desktop.environment())
        found = {
            str(path.relative_to(source / "galleries")): path
            for path in gallery.scripts(source)
        }
        if options.sample:
            found = {name: found[name] for name in SAMPLE}
        found = {name: path for name, path in found.items() if options.only in name}
        left_out = {name: gallery.left_out(path) for name, path in found.items()}
        results = compare(
            {name: path for name, path in found.items() if not left_out[name]},
            options.jobs,
        )
        good = table.report(results, left_out)
        if not (options.sample or options.only or options.no_bodies):
            good = bodies.run(source) and good
    return 0 if good else 1


def compare(found: dict[str, Path], jobs: int) -> list[scripts.ScriptResult]:
    """Run the scripts, and those that fail once more without windows."""
    folders = {name: BUILD / name for name in ("results", "different", "logs")}
    for folder in folders.values():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    places = {
        name: folders["results"] / f"{name.replace('/', '-')}.json" for name in found
    }

    def job(name: str) -> None:
        result = scripts.run(found[name], name, folders["different"])
        scripts.write(result, places[name])

    def plain_job(name: str) -> None:
        result = scripts.ScriptResult(name, scripts.run_plainly(found[name]))
        scripts.write(result, places[name].with_suffix(".plain"))

    with running_host() as keep_running:
        pool = Pool(jobs, keep_running)
        failures = pool.run(_jobs(job, found), folders["logs"])
        results = []
        for name, place in places.items():
            if place.exists():
                results.append(scripts.read(place))
            else:
                results.append(scripts.ScriptResult(name, failures.get(name, "?")))
        failed = [result.script for result in results if result.error]
        pool.run(_jobs(plain_job, failed), folders["logs"])
    for result in results:
        place = places[result.script].with_suffix(".plain")
        result.fails_plainly = place.exists() and bool(scripts.read(place).error)
    return results


def _jobs(
    job: Callable[[str], None], names: dict[str, Path] | list[str]
) -> list[tuple[str, Callable[[], None]]]:
    return [(name, partial(job, name)) for name in names]


@contextlib.contextmanager
def running_host() -> Iterator[Callable[[], None]]:
    """Start one window host for all scripts; the function starts it again."""
    host = OwnHost()
    os.environ[CONNECTION_VARIABLE] = str(host.connection_file)
    try:
        host.ensure_running()
        HostPictures(host.info).close()  # it has answered: it is there
        yield host.ensure_running
    finally:
        log = host.connection_file.with_name("host.log")
        shutil.copy(log, BUILD / "host.log")
        host.stop()
        del os.environ[CONNECTION_VARIABLE]


if __name__ == "__main__":
    sys.exit(main())
