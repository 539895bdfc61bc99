"""A user's work with each interactive library, with Matplotlib's Qt backend and ours.

Each file in `interactive` has the LIBRARY that it tries and a function `work`, which
gets a `User` and returns what the program has learnt by name.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalogue import FOLDER
from environment import BUILD, ROOT, Environment
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.connect import write_connection_file
from kernels import Kernel, wait_for_ready
from libraryhost import LibraryHost
from screen import Screen
from user import Place, User

OURS = "qtwindows"  # unless the work says which of the two names it is written for
RIGHT = "qt"
WORK_LIMIT = 150.0  # s for one work with one backend
_STOP_TIMEOUT = 5.0  # s


@dataclass
class WorkResult:
    """What a work gave with each backend."""

    library: str
    name: str
    right: dict[str, Any] = field(default_factory=dict)
    ours: dict[str, Any] = field(default_factory=dict)
    error: str = ""

    @property
    def works(self) -> bool:
        return not self.error and bool(self.ours) and not self.different

    @property
    def different(self) -> dict[str, tuple[Any, Any]]:
        """Return by name what was right and what came, where these differ."""
        return {
            name: (right, self.ours.get(name))
            for name, right in self.right.items()
            if self.ours.get(name) != right
        }


def names(only: str) -> list[str]:
    """Return the works whose name has this text in it."""
    return sorted(
        path.stem for path in (FOLDER / "interactive").glob("*.py") if only in path.stem
    )


def run(
    wanted: list[str], environment: Environment, host_python: Path, display: str
) -> list[WorkResult]:
    """Do all works, each with a window host of that Python for our backend."""
    folder = BUILD / "interactive"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    results = []
    with Screen.of(display) as screen:
        for name in wanted:
            # A host of its own: a window outlives its kernel.
            with LibraryHost(host_python, folder / f"{name}-host.log") as host:
                result = _run_one(name, environment, host, screen, folder)
            results.append(result)
            print(f"works   {name:24s}{_outcome(result)}", flush=True)
    return results


def _outcome(result: WorkResult) -> str:
    if result.works:
        return f"as with Qt: {result.ours}"
    return result.error or f"DIFFERENT (right, ours): {result.different}"


def _run_one(
    name: str, environment: Environment, host: LibraryHost, screen: Screen, folder: Path
) -> WorkResult:
    module = _load(name)
    result = WorkResult(module.LIBRARY, name)
    places: dict[str, Place] = {}
    ours = getattr(module, "BACKEND", OURS)
    for backend, found in ((RIGHT, result.right), (ours, result.ours)):
        log = folder / f"{name}-{backend}.log"
        try:
            with _running_kernel(environment, host, screen.name, log) as kernel:
                user = User(kernel, screen, backend, places)
                with _time_limit(WORK_LIMIT):
                    user.begin()
                    found.update(module.work(user))
        except Exception as error:
            text = str(error).splitlines() or [""]
            result.error = f"{backend}: {type(error).__name__}: {text[0]} … {text[-1]}"
            with log.open("a", encoding="utf-8") as file:
                traceback.print_exc(file=file)
            break
    return result


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    def stop(signum: int, frame: object) -> None:
        raise TimeoutError(f"not done within {seconds:.0f} s")

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _load(name: str) -> Any:
    path = FOLDER / "interactive" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"work_of_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@contextlib.contextmanager
def _running_kernel(
    environment: Environment, host: LibraryHost, display: str, log: Path
) -> Iterator[Kernel]:
    """Start a kernel of the libraries' environment, as a notebook has it."""
    directory = Path(tempfile.mkdtemp())
    file = str(directory / "kernel.json")
    write_connection_file(file, ip="127.0.0.1")
    variables = {k: v for k, v in os.environ.items() if not k.startswith("MPLBACKEND")}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [environment.python, "-m", "ipykernel_launcher", "-f", file],
            cwd=directory,
            env={
                **variables,
                "PYTHONPATH": str(ROOT),
                "DISPLAY": display,
                "IPYTHONDIR": str(directory / "ipython"),
                "JLAB_QTWINDOWS_CONNECTION": str(host.connection_file),
            },
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    client = BlockingKernelClient(connection_file=file)
    client.load_connection_file()
    client.start_channels()
    try:
        wait_for_ready(client)
        # A kernel with a GUI loop may leave a request lying.
        yield Kernel("", "", client, needs_nudging=True)
    finally:
        client.stop_channels()
        process.terminate()
        try:
            process.wait(_STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(directory, ignore_errors=True)
