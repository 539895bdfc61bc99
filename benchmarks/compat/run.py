"""`make compat`: the tests with other versions of Python, Matplotlib and Jupyter.

Makes an environment below build/compat for each set whose Python is on this machine,
installs the wheel there as a user would, runs the tests of all processes and those that
follow figures in real windows and list them in the panel, and writes
docs/compatibility.md. `--only TEXT` runs the sets with this in their names; the page
keeps what the others gave last. What follows goes to pytest, and the page stays as it
is.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "compat"
PAGE = ROOT / "docs" / "compatibility.md"

TESTS = (
    *("tests/protocol", "tests/kernel", "tests/host", "tests/server"),
    *("tests/e2e/test_following.py", "tests/e2e/test_windows.py"),
    *("tests/e2e/test_users_events.py", "tests/e2e/test_frames.py"),
    "tests/e2e/test_panel.py",
)
NEEDED = (
    *("ipykernel", "jupyterlab", "nbformat", "playwright", "psutil", "python-xlib"),
    *("pytest", "pytest-jupyter[server]", "pytest-qt", "pytest-timeout"),
    *("pytest-xdist", "PySide6-Essentials", "pexpect"),
)
LIMIT = 3600.0  # s, for the tests of one set, or for installing it
START_LIMIT = 60.0  # s, for an interpreter
FREE_THREADED = """\
Python without the GIL (3.13t, 3.14t): not tried on a free-threaded interpreter;
exercised by the switch `JLAB_QTWINDOWS_GIL=0`, with which an ordinary one does
without it.
"""
SHOWN = ("matplotlib", "numpy", "jupyterlab", "jupyter_server", "ipykernel", "pyzmq")


@dataclass(frozen=True)
class Set:
    """A Python, and what is not to be the newest there."""

    name: str
    python: str
    pins: tuple[str, ...] = ()

    @property
    def home(self) -> Path:
        return BUILD / self.name.replace(" ", "-").lower()


SETS = (
    Set(
        "oldest",
        "3.10",
        (
            *("matplotlib==3.9.*", "numpy==1.25.*", "jupyterlab==4.2.*"),
            *("jupyter_server==2.13.*", "ipykernel==6.29.*", "pyzmq==25.1.*"),
            "pyparsing<3.3",  # which warns of what this Matplotlib does
        ),
    ),
    Set("Python 3.10", "3.10"),
    Set("Python 3.12", "3.12"),
    Set("Python 3.13", "3.13"),
    Set("Python 3.14", "3.14"),
)
NAMES = [one.name for one in SETS]


@dataclass(frozen=True)
class Outcome:
    """What pytest has said of a set, and what was installed."""

    words: str
    versions: dict[str, str]
    good: bool


def main() -> int:
    """Run all sets; 0 if nothing fails in those that can be run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    options, for_pytest = parser.parse_known_args()
    wheel = build_wheel()
    good = True
    for one in SETS:
        if options.only not in one.name:
            continue
        python = find_python(one.python)
        if python is None:
            outcome = Outcome(f"no Python {one.python} here", {}, good=True)
        else:
            outcome = run_set(one, python, wheel, for_pytest)
        print(f"{one.name}: {outcome.words}", flush=True)
        good &= outcome.good
        if not for_pytest:
            write_page(one, outcome)
    return 0 if good else 1


def build_wheel() -> Path:
    """Return the wheel of this work tree."""
    shutil.rmtree(BUILD / "dist", ignore_errors=True)
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(BUILD / "dist"))
    (wheel,) = (BUILD / "dist").glob("*.whl")
    return wheel


def find_python(version: str) -> str | None:
    """Return the command of this Python, where it is one that starts."""
    command = shutil.which(f"python{version}")
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    found = [*([command] if command else []), *pyenv.glob(f"{version}.*/bin/python")]
    for candidate in map(str, found):
        started = subprocess.run(
            [candidate, "-c", ""], capture_output=True, timeout=START_LIMIT
        )
        if started.returncode == 0:
            return candidate
    return None


def run_set(one: Set, python: str, wheel: Path, for_pytest: list[str]) -> Outcome:
    """Install the set and run the tests in it."""
    home = one.home
    own = home / "bin" / "python"
    log = BUILD / f"{home.name}.log"
    if not own.exists():
        run("-m", "venv", str(home), python=python)
    pip = ("-m", "pip", "install", "-q", "--disable-pip-version-check")
    run(*pip, *NEEDED, *one.pins, str(wheel), python=str(own))
    run(*pip, "--force-reinstall", "--no-deps", str(wheel), python=str(own))
    command = [str(own), "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile"]
    # What newer versions of others warn of is not what is asked here.
    command += ["-W", "default", *(for_pytest or TESTS)]
    env = {**os.environ, "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    started = time.monotonic()
    with log.open("w") as output:
        try:
            code = subprocess.run(
                command, cwd=ROOT, env=env, stdout=output, stderr=output, timeout=LIMIT
            ).returncode
        except subprocess.TimeoutExpired:
            words = f"not done after {LIMIT / 60:.0f} min"
            return Outcome(words, versions(str(own)), good=False)
    last = log.read_text().strip().rpartition("\n")[2].strip("= ")
    words = re.sub(r" in [\d.]+s.*", "", last)
    minutes = (time.monotonic() - started) / 60
    return Outcome(f"{words} ({minutes:.0f} min)", versions(str(own)), good=code == 0)


def versions(python: str) -> dict[str, str]:
    """Return what is installed there of what counts."""
    code = (
        "import importlib.metadata as m, platform\n"
        f"print(platform.python_version(), *map(m.version, {SHOWN}))"
    )
    told = subprocess.run(
        [python, "-c", code], capture_output=True, text=True, timeout=START_LIMIT
    )
    return dict(zip(("Python", *SHOWN), told.stdout.split(), strict=False))


def run(*arguments: str, python: str = sys.executable) -> None:
    """Run Python; its output is shown only where it fails."""
    done = subprocess.run(
        [python, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=LIMIT
    )
    if done.returncode:
        sys.exit(f"{' '.join(arguments)}:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")


def write_page(one: Set, outcome: Outcome) -> None:
    """Write docs/compatibility.md; the rows of other sets stay as they are."""
    names = ("Python", *SHOWN)
    rows = {name: f"| {name} |{' |' * len(names)} not run |" for name in NAMES}
    for line in PAGE.read_text().splitlines() if PAGE.exists() else []:
        name = line.removeprefix("| ").partition(" |")[0]
        if name in rows:
            rows[name] = line
    cells = (outcome.versions.get(name, "") for name in names)
    rows[one.name] = f"| {one.name} | {' | '.join(cells)} | {outcome.words} |"
    PAGE.write_text(
        "# Compatibility\n\n"
        "`make test` runs everything with the newest versions. `make compat` installs "
        "the wheel beside\nothers, runs the tests of all processes and those that "
        "follow figures in real windows and list them in the panel, and\n"
        "writes this page.\n\n"
        f"| set | {' | '.join(names)} | tests |\n"
        f"|---{'|---' * (len(names) + 1)}|\n"
        + "\n".join(rows.values())
        + f"\n\n{FREE_THREADED}"
    )


if __name__ == "__main__":
    sys.exit(main())
