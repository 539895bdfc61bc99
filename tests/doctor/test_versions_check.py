"""Versions: which are known to fail, and which do not go together."""

from __future__ import annotations

import dataclasses

import pytest

from jlab_qtwindows.doctor.environments import Environment
from jlab_qtwindows.doctor.kernelspecs import Kernel
from jlab_qtwindows.doctor.versions import check_frames, check_here, check_kernel

PACKAGES = {
    "ipykernel": "6.31.0",
    "IPython": "9.0.0",
    "Matplotlib": "3.10.1",
    "numpy": "2.1.0",
    "jlab-qtwindows": "0.1.0",
}
HERE = Environment("/here/python", "3.11.7", PACKAGES, True, True)
HOST = {"python": "3.11.7", "matplotlib": "3.10.1", "numpy": "2.1.0"}


@pytest.fixture
def findings():
    """Return a function that checks a kernel whose packages differ from ours."""

    def check(host=HOST, python="3.11.7", ours=True, loop_is_used=True, **packages):
        there = Environment(
            "/there/python", python, {**PACKAGES, **packages}, True, ours
        )
        kernel = Kernel("k", there)
        first, *others = check_kernel(kernel, HERE, loop_is_used=loop_is_used)
        assert first.level == "ok"
        return [*others, *check_frames(kernel, host)]

    return check


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("6.27.1", "aborts the cell"),
        ("6.29.2", "aborts the cell"),
        ("7.0.1", "does not draw"),
        ("7.1.0", "leaves requests lying"),
        ("7.4.0", "leaves requests lying"),
    ],
)
def test_known_faults_are_warned_of_with_a_remedy(findings, version, words):
    (line,) = findings(ipykernel=version)

    assert line.level == "warning"
    assert words in line.finding
    assert "%matplotlib qtwindows" in line.remedy


@pytest.mark.parametrize("version", ["6.27.1", "7.0.1", "7.4.0"])
def test_faults_of_a_gui_loop_are_information_where_none_is_used(findings, version):
    (line,) = findings(ipykernel=version, loop_is_used=False)

    assert line.level == "info"
    assert line.finding.endswith(
        "(matters only where %matplotlib qt or the like is used)"
    )
    assert line.remedy


@pytest.mark.parametrize(
    ("version", "remedy"),
    [
        ("5.5.6", "/there/python -m pip install 'ipykernel>=6.29.3,<7'"),
        ("6.0.0", "call qtw.guard() there"),
        ("6.29.2", "call qtw.guard() there"),
        ("7.0.0a1", "/there/python -m pip install 'ipykernel>=7.1'"),
        ("7.0.1", "/there/python -m pip install 'ipykernel>=7.1'"),
        ("7.1.0", "call qtw.guard() there"),
        ("7.4.0", "call qtw.guard() there"),
    ],
)
def test_the_guard_is_offered_where_it_helps(findings, version, remedy):
    (line,) = findings(ipykernel=version)

    assert line.remedy.partition("; or ")[2] == remedy


@pytest.mark.parametrize("version", ["6.29.3", "6.31.0", "7.5.0", "8.0.0a1", "", "x"])
def test_other_versions_are_not(findings, version):
    assert findings(ipykernel=version) == []


def test_versions_that_force_frames_are_told(findings):
    (line,) = findings(Matplotlib="3.9.4")

    assert line.level == "warning"
    assert "the kernel has Matplotlib 3.9.4, the window process 3.10.1" in line.finding
    assert "shown as pictures" in line.finding


def test_without_a_host_nothing_is_compared(findings):
    assert findings(host=None, Matplotlib="3.9.4") == []


def test_another_version_of_ours_is_told(findings):
    (line,) = findings(**{"jlab-qtwindows": "0.0.9"})

    assert line.level == "warning"
    assert line.remedy.endswith("jlab-qtwindows==0.1.0")


def test_a_kernel_without_our_package_is_told_how_to_get_it(findings):
    (line,) = findings(ours=False)

    assert line.level == "warning"
    assert line.remedy.startswith("/there/python -m pip install --no-deps")


@pytest.mark.parametrize(
    ("name", "version"), [("Matplotlib", "3.8.4"), ("IPython", "8.23.0")]
)
def test_what_is_too_old_is_a_fault(name, version):
    here = dataclasses.replace(HERE, packages={**PACKAGES, name: version})

    levels = [line.level for line in check_here(here)]

    assert levels == ["ok", "fault"]
