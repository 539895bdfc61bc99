"""Kernels' interpreters: real ones, missing ones, and what is no Python."""

from __future__ import annotations

import sys

import psutil
import pytest

from jlab_qtwindows.doctor.child import NoAnswer, ask
from jlab_qtwindows.doctor.environments import look_into

ARGUMENTS = ("-m", "ipykernel_launcher", "-f", "{connection_file}")


def test_this_environment_is_known():
    found = look_into()

    assert found.python == ".".join(map(str, sys.version_info[:3]))
    assert {"Matplotlib", "IPython", "pyzmq"} <= set(found.packages)
    assert found.qt == "PyQt5"
    assert found.ours


def test_an_empty_environment_is_known_too(bare_python):
    found = look_into(bare_python)

    assert found.packages == {}
    assert found.qt == ""
    assert not found.ours
    assert found.versions is None


def test_an_interpreter_that_hangs_is_ended_with_all_that_it_has_started(
    script, tmp_path, eventually
):
    program = script(f"#!/bin/sh\nsleep 600 &\necho $! > {tmp_path}/pid\nwait\n")

    with pytest.raises(NoAnswer, match="no answer in 2 s"):
        ask([program], limit=2.0)

    pid = int((tmp_path / "pid").read_text())
    eventually(lambda: not psutil.pid_exists(pid) or is_zombie(pid))


def is_zombie(pid):
    return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("#!/bin/sh\nexit 3\n", "exit code 3"),
        ("#!/bin/sh\necho broken >&2\nexit 1\n", "exit code 1: broken"),
        ("#!/bin/sh\nkill -ABRT $$\n", "ended by signal 6"),
        ("#!/bin/sh\necho hello\n", "cannot be understood"),
        ("#!/bin/sh\necho '{}'\n", "is no Python"),
        ("#!/no/such/interpreter\n", "No such file"),
    ],
)
def test_what_is_no_python_is_told(script, text, words):
    with pytest.raises(NoAnswer, match=words):
        look_into(script(text))


def test_each_kernel_is_looked_at(run_doctor, add_kernel, bare_python, script):
    skewed = script(
        """
        #!/bin/sh
        echo '{"python": "3.11.1", "packages": {"Matplotlib": "3.1", "numpy": "2.0",
        "ipykernel": "6.31"}, "tk": false, "ours": false}' | tr -d '\\n'
        """
    )
    add_kernel("bare", bare_python, *ARGUMENTS)
    add_kernel("gone", "/no/such/python", *ARGUMENTS)
    add_kernel("skewed", skewed, *ARGUMENTS)
    add_kernel("r", "R", "--slave", language="R")
    add_kernel(
        "far", "python", metadata={"kernel_provisioner": {"provisioner_name": "x"}}
    )
    add_kernel("wrapped", "conda", "run", "python", *ARGUMENTS)
    names = ("bare", "gone", "skewed", "r", "far", "wrapped", "unknown")

    outcome = run_doctor("--quick", *(f"--kernel={name}" for name in names))

    assert outcome.code == 1
    (gone,) = outcome.lines("kernel gone")
    assert gone.level == "fault"
    assert "No such file" in gone.finding
    assert gone.remedy.endswith("jupyter kernelspec remove gone")
    assert outcome.line("kernel unknown").level == "fault"
    for name, words in (("r", "language R"), ("wrapped", "by conda")):
        line = outcome.line(f"kernel {name}")
        assert line.level == "ok", line
        assert words in line.finding
        assert "not looked at" in line.finding
    # Its provisioner is not installed, so that it cannot be started.
    assert outcome.line("kernel far").level == "fault"
    slower = [
        line for line in outcome.lines("kernel skewed") if "pictures" in line.finding
    ]
    assert [line.level for line in slower] == ["warning"]
    # An environment without ipykernel: it is there and cannot be started.
    assert "does not start" in outcome.lines("kernel bare")[-1].finding
