"""A Qt that is installed and lacks a library of the system, in real environments."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from jlab_qtwindows.doctor.environments import look_into
from jlab_qtwindows.doctor.libraries import check_libraries
from jlab_qtwindows.protocol.environment.libraries import DEBIAN_PACKAGES

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ELF"),
]

NONE = "--kernel=none-of-this-name"
GL = ("QtGui.abi3.so", "libGL.so.1", "libQW.so.1")
PLUGIN = Path("Qt5", "plugins", "platforms", "libqxcb.so")


def libraries_of(python, monkeypatch):
    """Make the check as the doctor of another environment does."""
    monkeypatch.setattr(sys, "executable", python)
    return list(check_libraries(look_into(python)))


def test_a_qt_that_cannot_be_loaded_is_not_told_as_none(run_doctor, python_lacking):
    outcome = run_doctor(NONE, python=python_lacking("PyQt5", *GL))

    line = outcome.line("Qt's libraries")
    assert line.level == "fault"
    assert "PyQt5" in line.finding
    assert "lacks libQW.so.1" in line.finding
    host = outcome.line("window process")
    assert host.level == "fault"
    assert "lacks libQW.so.1" in host.finding
    # Another PyQt5 would lack it too.
    assert line.remedy == host.remedy == "install the packages that bring libQW.so.1"


def test_a_binding_that_cannot_be_loaded_is_not_answered_with_another_one(
    run_doctor, python_lacking
):
    outcome = run_doctor(NONE, python=python_lacking("PySide6", *GL))

    assert "lacks libQW.so.1" in outcome.line("Qt's libraries").finding
    host = outcome.line("window process")
    assert host.level == "fault"
    assert "PySide6 lacks libQW.so.1" in host.finding
    assert host.remedy == "install the packages that bring libQW.so.1"


def test_a_library_that_the_plugin_lacks_is_told(run_doctor, python_lacking):
    names = ("libxcb-icccm.so.4", "libqtw-icccm.so.4")

    outcome = run_doctor(NONE, python=python_lacking("PyQt5", PLUGIN, *names))

    line = outcome.line("Qt's libraries")
    assert line.level == "fault"
    assert line.finding.endswith("lacks libqtw-icccm.so.4")
    assert line.remedy == "install the packages that bring libqtw-icccm.so.4"


@pytest.mark.parametrize("binding", ["PyQt5", "PySide6"])
def test_the_package_of_a_missing_library_is_named(
    python_lacking, kernels, monkeypatch, binding
):
    monkeypatch.setitem(DEBIAN_PACKAGES, "libQW.so.1", "libqw1")

    (line,) = libraries_of(python_lacking(binding, *GL), monkeypatch)

    assert line.level == "fault"
    assert line.finding.startswith(binding)
    assert "libQW.so.1" in line.finding
    assert line.remedy == "apt install libqw1"


def test_a_qt_that_is_damaged_is_told(python_lacking, kernels, monkeypatch):
    python = python_lacking("PyQt5", *GL)
    (damaged,) = Path(python).parents[1].rglob("QtGui.abi3.so")
    damaged.write_bytes(b"")

    (line,) = libraries_of(python, monkeypatch)

    assert line.level == "fault"
    assert "file too short" in line.finding
    assert line.remedy == f"{python} -m pip install --force-reinstall PyQt5"


def test_without_qt_nothing_is_said_of_its_libraries(
    python_without_qt, kernels, monkeypatch
):
    assert libraries_of(python_without_qt, monkeypatch) == []
