"""`make first-hour`: what a new user waits for, in a fresh clone and environment.

Clones what is committed, runs the first command of the README there, twice; takes the
time of the imports, of the doctor and of a wheel beside a plain JupyterLab,
in which the five lines of the README then show a window. Prints one table.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop import Desktop, virtual_desktop
from kernels import open_notebook
from lab import folders, free_port, running_lab
from screen import Screen

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 900.0  # s, for any one step
IMPORTS = 7  # processes, of which the median counts
ADDRESS = "/lab/tree/dynamic_plots.ipynb?token="
PYPLOT = "import matplotlib.pyplot"
BACKEND = "import jlab_qtwindows.kernel.backend"
FIVE_LINES = """
%matplotlib qtwindows
import matplotlib.pyplot as plt
(line,) = plt.plot([0, 1, 2], [0, 99, 0])
for turn in range(1_000_000):
    line.set_ydata([0, turn // 10_000 % 100, 0])
"""


def main() -> int:
    """Measure all, and print each row as it comes."""
    with tempfile.TemporaryDirectory() as folder, virtual_desktop() as desktop:
        clone = Path(folder, "clone")
        run("git", "clone", "-q", str(ROOT), str(clone))
        row("", "reach", "measured")
        for reach in ("60 s, 15 lines", "5 s"):
            with make_run(clone, Path(folder, "home"), desktop) as (seconds, lines):
                row("`make run`", reach, f"{seconds:.1f} s, {lines} lines")
        pyplot, ours = import_time(clone, PYPLOT), import_time(clone, BACKEND)
        package = import_time(clone, "import jlab_qtwindows")
        nothing = import_time(clone, "pass")
        row("import jlab_qtwindows", "20 ms", f"{(package - nothing) * 1000:.0f} ms")
        row("the backend beyond pyplot", "60 ms", f"{(ours - pyplot) * 1000:.0f} ms")
        first, whole = doctor_time(clone, desktop)
        row("doctor: first line, whole", "5 s, 30 s", f"{first:.1f} s, {whole:.1f} s")
        seconds = wheel_beside_jupyterlab(clone, Path(folder, "own"), desktop)
        row("first window, of the wheel", "works", f"{seconds:.1f} s after its cell")
    return 0


def row(*cells: str) -> None:
    """Print a row of the table."""
    print(f"| {' | '.join(cells)} |", flush=True)


def run(*command: str, cwd: Path | None = None) -> None:
    """Run to its end; what it says is shown only where it fails."""
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, timeout=LIMIT
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")


@contextmanager
def make_run(clone: Path, home: Path, desktop: Desktop) -> Iterator[tuple[float, int]]:
    """Run it until it gives the address; yields the seconds and lines until then."""
    home.mkdir(exist_ok=True)
    env = {**desktop.environment(), **folders(home), "BROWSER": "true"}
    output = home / "output"
    arguments = f"ARGS=--no-browser --ServerApp.port={free_port()}"
    began = time.monotonic()
    with output.open("wb") as file:
        process = subprocess.Popen(
            ["make", "run", arguments],
            cwd=clone,
            env=env,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    try:
        while ADDRESS not in output.read_text():
            if process.poll() is not None or time.monotonic() - began > LIMIT:
                sys.exit(output.read_text())
            time.sleep(0.05)
        seconds = time.monotonic() - began
        yield seconds, len(output.read_text().splitlines())
    finally:
        os.killpg(process.pid, 15)
        process.wait(LIMIT)


def import_time(clone: Path, code: str) -> float:
    """Return the seconds that a Python takes from its start to its end."""
    python = str(clone / ".venv" / "bin" / "python")
    taken = []
    for _ in range(IMPORTS):
        began = time.monotonic()
        run(python, "-c", code, cwd=clone)
        taken.append(time.monotonic() - began)
    return statistics.median(taken)


def doctor_time(clone: Path, desktop: Desktop) -> tuple[float, float]:
    """Return the seconds to the first line of the doctor's report, and to its last."""
    began = time.monotonic()
    process = subprocess.Popen(
        [str(clone / ".venv" / "bin" / "jlab-qtwindows"), "doctor"],
        env=desktop.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    process.stdout.readline()
    first = time.monotonic() - began
    process.communicate(timeout=LIMIT)
    return first, time.monotonic() - began


def wheel_beside_jupyterlab(clone: Path, home: Path, desktop: Desktop) -> float:
    """Install the wheel as a user does; return the seconds to the first window."""
    own, dist, root = home / "venv", home / "dist", home / "notebooks"
    root.mkdir(parents=True)
    pip = "-m", "pip", "-q", "--disable-pip-version-check"
    maker, python = (str(venv / "bin" / "python") for venv in (clone / ".venv", own))
    run(maker, *pip, "wheel", "--no-deps", "-w", str(dist), str(clone))
    (wheel,) = dist.glob("*.whl")
    run(sys.executable, "-m", "venv", str(own))
    run(python, *pip, "install", "jupyterlab", str(wheel))
    shutil.rmtree(clone)  # nothing of it may be needed
    path = f"{own / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**desktop.environment(), "PATH": path}
    with (
        running_lab(root, home / "home", environment, python=python) as lab,
        Screen.of(desktop.name) as screen,
        open_notebook(lab, "first.ipynb") as kernel,
    ):
        began = time.monotonic()
        kernel.start(FIVE_LINES)
        while screen.window("Figure 1") is None:
            if time.monotonic() - began > LIMIT:
                sys.exit("no window")
            time.sleep(0.01)
        return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
