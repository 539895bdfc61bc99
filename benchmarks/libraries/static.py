"""Runs the libraries' scripts, a few at a time, with one window host for all."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import script as scripts
from catalogue import FOLDER, Library
from environment import BUILD, ROOT, Environment
from libraryhost import LibraryHost

LIMIT = 180.0  # s for one script with all that is compared


def run(
    libraries: Iterable[Library],
    environment: Environment,
    host_python: Path,
    label: str,
    jobs: int,
) -> dict[str, scripts.ScriptResult]:
    """Run their scripts with a host of that Python; returns the results by library."""
    folder = BUILD / label
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("results", "different", "logs"):
        (folder / name).mkdir(parents=True)
    with LibraryHost(host_python, folder / "host.log") as host:

        def run_one(library: Library) -> scripts.ScriptResult:
            host.ensure_running()
            result = _run_script(library, environment, host, folder)
            print(_line(label, library, result), flush=True)
            return result

        with ThreadPoolExecutor(jobs) as pool:
            wanted = list(libraries)
            found = dict(
                zip(
                    (library.name for library in wanted),
                    pool.map(run_one, wanted),
                    strict=True,
                )
            )
        if host.starts > 1:
            print(f"the window host was started {host.starts} times, see {folder}")
    return found


def stored(libraries: Iterable[Library], label: str) -> dict[str, scripts.ScriptResult]:
    """Return the results of the last run."""
    places = {
        library.name: BUILD / label / "results" / f"{library.name}.json"
        for library in libraries
    }
    return {name: scripts.read(at) for name, at in places.items() if at.exists()}


def _run_script(
    library: Library, environment: Environment, host: LibraryHost, folder: Path
) -> scripts.ScriptResult:
    place = folder / "results" / f"{library.name}.json"
    with (folder / "logs" / f"{library.name}.log").open("wb") as log:
        try:
            ended = subprocess.run(
                [
                    *(environment.python, FOLDER / "child.py", library.script),
                    *(library.name, folder / "different", place),
                ],
                env={
                    **os.environ,
                    "PYTHONPATH": f"{ROOT}:{ROOT / 'benchmarks' / 'fidelity'}",
                    "MPLBACKEND": "qtwindows",
                    "JLAB_QTWINDOWS_CONNECTION": str(host.connection_file),
                    "OPENBLAS_NUM_THREADS": "1",
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                timeout=LIMIT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return scripts.ScriptResult(library.name, f"killed after {LIMIT:.0f} s")
    if place.exists():
        return scripts.read(place)
    return scripts.ScriptResult(
        library.name, f"its process ended with {ended.returncode}"
    )


def _line(label: str, library: Library, result: scripts.ScriptResult) -> str:
    ways = [
        f"{figure.transfer or 'nothing'}{'' if _good(figure) else ' DIFFERENT'}"
        for figure in result.figures
    ]
    return (
        f"{label:8s}{library.name:24s}{result.seconds:5.0f} s  "
        f"{', '.join(ways)}  {result.error}"
    )


def _good(figure: scripts.FigureResult) -> bool:
    return figure.difference.identical and not figure.problem
