"""A Qt that is chosen and not there, or there in part: the host and the doctor tell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from jlab_qtwindows.protocol.meeting.connection import (
    new_connection,
    write_connection_file,
)
from jlab_qtwindows.protocol.meeting.directory import create_directory, remove_directory
from jlab_qtwindows.protocol.meeting.launch import EXIT_NO_QT, REMEDY, exit_reason
from jlab_qtwindows.protocol.model import clip

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ELF"),
]

SITE = Path(sysconfig.get_path("purelib"))
NONE = "--kernel=none-of-this-name"
LIMIT = 60.0  # s
AGAIN = "pip install --force-reinstall PyQt5"


@dataclass
class Cause:
    """What is planted, and what must be said of it."""

    words: str
    remedy: str
    keeps: tuple[str, ...] | None = None  # entries of PyQt5 that stay; None: no PyQt5
    lacks: tuple[str, ...] = ()
    metadata: bool = True
    variables: dict[str, str] = field(default_factory=dict)


ALL = ("",)  # every name ends with it
CAUSES = {
    "not-installed": Cause(
        "QT_API=pyqt6 asks for PyQt6, which is not installed",
        "unset QT_API to use PyQt5, and start Jupyter (or the script) again; "
        "or pip install PyQt6",
        keeps=ALL,
        variables={"QT_API": "pyqt6"},
    ),
    "no-binding": Cause(
        "QT_API=qt7 names no Qt binding",
        "unset QT_API or set it to pyqt5, pyqt6 or pyside6, and start Jupyter (or the "
        "script) again",
        keeps=ALL,
        variables={"QT_API": "qt7"},
    ),
    "no-widgets": Cause(
        "PyQt5 is installed in part only: No module named 'PyQt5.QtWidgets'",
        AGAIN,
        keeps=ALL,
        lacks=("QtWidgets.abi3.so",),
    ),
    "no-own-libraries": Cause(
        "PyQt5 is damaged: its own library libQt5Core.so.5 is missing",
        AGAIN,
        keeps=ALL,
        lacks=("libQt5Core.so.5",),
    ),
    "remains": Cause(
        "only remains of PyQt5 are installed", AGAIN, keeps=("Qt5",), metadata=False
    ),
    "no-files": Cause("PyQt5 is known to pip, but its files are gone", AGAIN),
}


@pytest.fixture
def plant(tmp_path):
    """Return a function that makes a folder with what a cause leaves of PyQt5."""

    def make(cause):
        home = tmp_path / "planted"
        home.mkdir()
        if cause.metadata:
            for folder in SITE.glob("[Pp]y[Qq]t5-*.dist-info"):
                (home / folder.name).symlink_to(folder)
        if cause.keeps is not None:
            (home / "PyQt5").mkdir()
            for entry in (SITE / "PyQt5").iterdir():
                if not entry.name.endswith(cause.keeps):
                    continue
                if entry.is_file():
                    if entry.name not in cause.lacks:
                        (home / "PyQt5" / entry.name).symlink_to(entry)
                    continue
                shutil.copytree(
                    entry,
                    home / "PyQt5" / entry.name,
                    copy_function=os.symlink,
                    ignore=shutil.ignore_patterns("qml", "translations", *cause.lacks),
                )
        return {"PYTHONPATH": str(home), **cause.variables}

    return make


@pytest.fixture
def connection_file(variables):
    directory = create_directory(Path(variables["TMPDIR"]))
    yield write_connection_file(directory, new_connection(directory, doorbell=False))
    remove_directory(directory)


@pytest.mark.parametrize("cause", CAUSES.values(), ids=list(CAUSES))
def test_the_host_tells_the_cause_by_its_name(
    cause, plant, python_without_qt, variables, connection_file
):
    result = subprocess.run(
        [
            *(python_without_qt, "-m", "jlab_qtwindows.host"),
            *("--connection-file", connection_file),
        ],
        env={**variables, "QT_QPA_PLATFORM": "offscreen", **plant(cause)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )
    reason = exit_reason(result.returncode, result.stdout + result.stderr)

    assert result.returncode == EXIT_NO_QT, result.stderr
    words, _, remedy = reason.partition(REMEDY)
    assert words.startswith(cause.words)
    assert remedy == cause.remedy
    # What the panel and a cell show is not cut.
    assert clip(reason) == reason


@pytest.mark.parametrize("name", ["not-installed", "no-widgets", "no-files", "remains"])
def test_the_doctor_tells_the_cause_by_its_name(
    name, plant, python_without_qt, run_doctor
):
    cause = CAUSES[name]

    outcome = run_doctor(
        NONE,
        python=python_without_qt,
        QT_QPA_PLATFORM="offscreen",
        **plant(cause),
    )

    host = outcome.line("window process")
    assert host.level == "fault"
    assert cause.words in host.finding
    assert host.remedy == cause.remedy
    if name == "remains":  # no Qt is known there: the host's line says it all
        return
    line = outcome.line("Qt binding")
    assert line.level == "fault"
    assert line.finding.startswith(cause.words)
    pip = f"{python_without_qt} -m pip install"
    assert line.remedy == cause.remedy.replace("pip install", pip)


def test_a_binding_that_pip_does_not_know_works_and_is_told(
    plant, python_without_qt, run_doctor
):
    cause = Cause("", "", keeps=ALL, metadata=False)

    outcome = run_doctor(
        NONE,
        python=python_without_qt,
        QT_QPA_PLATFORM="offscreen",
        **plant(cause),
    )

    assert "painted a test window" in outcome.line("window process").finding
    (warned,) = (
        line for line in outcome.lines("this environment") if line.level == "warning"
    )
    assert "pip does not know it" in warned.finding
    assert warned.remedy.endswith(AGAIN)


def test_remains_of_one_binding_do_not_keep_another_from_being_used(
    plant, python_without_qt, variables, run_doctor
):
    if not (SITE / "PySide6").is_dir():
        pytest.skip("needs PySide6")
    planted = plant(CAUSES["remains"])
    home = Path(planted["PYTHONPATH"])
    for name in ("PySide6", "shiboken6"):
        (home / name).symlink_to(SITE / name)

    outcome = run_doctor(
        NONE, python=python_without_qt, QT_QPA_PLATFORM="offscreen", **planted
    )

    assert "PySide6" in outcome.line("window process").finding
