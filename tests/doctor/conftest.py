"""The doctor as a user runs it, and environments in which something is wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import textwrap
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from jlab_qtwindows.doctor.line import Line
from jlab_qtwindows.doctor.report import Report

CHECKOUT = Path(__file__).resolve().parents[2]
LIMIT = 100.0  # s
QT = re.compile(r"PyQt|PySide|shiboken|sip", re.IGNORECASE)
FAMILIES = {"PyQt5": "PyQt5", "PySide6": "PySide6|shiboken6"}
FOREIGN = ("JPY_", "JLAB_QTWINDOWS_", "JUPYTER_", "MPLBACKEND", "XDG_SESSION_TYPE")


@dataclass
class Outcome:
    """What a run of the doctor gave."""

    code: int
    report: Report

    def lines(self, subject: str) -> list[Line]:
        return [line for line in self.report.lines if line.subject == subject]

    def line(self, subject: str) -> Line:
        (found,) = self.lines(subject)
        return found


@pytest.fixture
def variables(tmp_path, monkeypatch):
    """Return an environment without a display, with Jupyter's own folders all empty."""
    found = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(FOREIGN)
        and name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    for name in ("config", "data", "runtime"):
        folder = tmp_path / "jupyter" / name
        folder.mkdir(parents=True, mode=0o700)
        found[f"JUPYTER_{name.upper()}_DIR"] = str(folder)
    # Left-over directories of other tests are none of this one's.
    own = tmp_path / "tmp"
    own.mkdir()
    return {**found, "TMPDIR": str(own)}


@pytest.fixture
def run_doctor(variables):
    """Return a function that runs the command and reads its JSON."""

    def run(*arguments, python=sys.executable, **changes):
        result = subprocess.run(
            [python, "-m", "jlab_qtwindows.doctor", "--json", *arguments],
            env={**variables, **changes},
            cwd=variables["TMPDIR"],
            capture_output=True,
            text=True,
            timeout=LIMIT,
        )
        assert result.stdout, result.stderr
        return Outcome(result.returncode, Report.from_json(result.stdout))

    return run


@pytest.fixture
def add_kernel(variables):
    """Return a function that installs a kernelspec."""

    def add(name, *argv, language="python", **more):
        folder = Path(variables["JUPYTER_DATA_DIR"], "kernels", name)
        folder.mkdir(parents=True)
        spec = {"argv": list(argv), "display_name": name, "language": language}
        (folder / "kernel.json").write_text(json.dumps({**spec, **more}))

    return add


@pytest.fixture(scope="session")
def bare_python(tmp_path_factory):
    """Return the Python of a real environment in which nothing is installed."""
    home = tmp_path_factory.mktemp("bare")
    venv.create(home, with_pip=False, symlinks=True)
    return str(home / "bin" / "python")


@pytest.fixture(scope="session")
def python_without_qt(tmp_path_factory):
    """Return the Python of a real environment like this one, without Qt."""
    home = tmp_path_factory.mktemp("without-qt")
    venv.create(home, with_pip=False, symlinks=True)
    own = sysconfig.get_path("purelib", vars={"base": str(home)})
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not QT.match(entry.name):
            Path(own, entry.name).symlink_to(entry)
    return str(home / "bin" / "python")


@pytest.fixture
def kernels(variables, monkeypatch):
    """Let this process see the kernels that `add_kernel` installs, and no display."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def script(tmp_path):
    """Return a function that writes a program that may be run."""

    def write(text, name="python"):
        path = tmp_path / name
        path.write_text(textwrap.dedent(text).lstrip())
        path.chmod(0o755)
        return str(path)

    return write


@pytest.fixture
def python_lacking(tmp_path):
    """Return a function that makes an environment whose Qt lacks a library.

    One file of its only binding asks for a library that nobody has in place of one that
    is there; the names are equally long.
    """

    def make(binding, file, there, lacking):
        home = tmp_path / f"lacking-{lacking}"
        venv.create(home, with_pip=False, symlinks=True)
        own = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
        site = Path(sysconfig.get_path("purelib"))
        wanted = re.compile(FAMILIES[binding], re.IGNORECASE)
        for entry in site.iterdir():
            if entry.name != binding and (
                wanted.match(entry.name) or not QT.match(entry.name)
            ):
                (own / entry.name).symlink_to(entry)
        changed = Path(binding, file)
        for folder in reversed(changed.parents[:-1]):
            (own / folder).mkdir()
            for entry in (site / folder).iterdir():
                if entry.relative_to(site) not in (changed, *changed.parents):
                    (own / folder / entry.name).symlink_to(entry)
        data = (site / changed).read_bytes()
        assert data.count(there.encode()) == 1
        (own / changed).write_bytes(data.replace(there.encode(), lacking.encode()))
        return str(home / "bin" / "python")

    return make
