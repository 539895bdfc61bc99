"""The doctor tells each finding at once: to programs, to a terminal, in a cell."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading

import psutil
import pytest

from jlab_qtwindows.doctor.guiloops import as_they_matter
from jlab_qtwindows.doctor.kernelsession import started_kernel
from jlab_qtwindows.doctor.kernelspecs import Kernel
from jlab_qtwindows.doctor.line import Line, fault, ok, warning
from jlab_qtwindows.doctor.report import Report
from jlab_qtwindows.doctor.started import StartedProcesses

LIMIT = 60.0  # s
DOCTOR = (sys.executable, "-m", "jlab_qtwindows.doctor")
WAITING = """
import os, pathlib, time
pathlib.Path({note!r}).write_text(str(os.getpid()))
time.sleep(600)
"""
CALL = """
import jlab_qtwindows as qtw
report = qtw.doctor(kernel="none-of-this-name")
"""


@pytest.fixture
def silent(add_kernel, tmp_path):
    """Install a kernel that never answers, and return the file with its process id."""
    note = tmp_path / "pid"
    program = WAITING.format(note=str(note))
    add_kernel("silent", sys.executable, "-c", program, "{connection_file}")
    return note


@pytest.mark.parametrize("used", [True, False])
def test_what_goes_wrong_with_a_gui_loop_matters_where_one_is_used(used):
    lines = [ok("k", "a"), warning("k", "b", "c"), fault("k", "d", "e")]

    levels = [line.level for line in as_they_matter(lines, loop_is_used=used)]

    assert levels == (["ok", "warning", "fault"] if used else ["ok", "info", "info"])


def test_information_is_no_fault_and_no_warning():
    report = Report("", (Line("info", "kernel k", "a", "b"),))

    assert report.to_text().splitlines()[0] == "info     kernel k  a"
    assert report.summary() == "Everything is as it should be."
    assert Report.from_json(report.to_json()) == report


def test_what_is_started_after_the_end_is_ended_at_once():
    started = StartedProcesses()
    ended = []

    with started.kept(lambda: ended.append("before")):
        started.end_all()
    with started.kept(lambda: ended.append("after")):
        pass

    assert ended == ["before", "after"]


@pytest.mark.e2e
def test_findings_come_while_others_are_looked_for(variables, silent, eventually):
    doctor = subprocess.Popen(
        [*DOCTOR, "--json-lines", "--kernel=silent"],
        env={**variables, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        seen = set()
        while "window process" not in seen:  # the slowest of all that ends
            step = json.loads(doctor.stdout.readline())
            if "line" in step:
                seen.add(step["line"]["subject"])
        kernel = int(eventually(lambda: silent.exists() and silent.read_text(), LIMIT))
        still_runs = psutil.pid_exists(kernel)
    finally:
        doctor.terminate()
        # Sooner than the doctor gives up a kernel that does not start.
        doctor.communicate(timeout=LIMIT / 2)

    assert {"this environment", "server extension", "Qt's libraries"} <= seen
    assert still_runs
    assert not psutil.pid_exists(kernel)


@pytest.mark.e2e
def test_the_last_line_is_the_report_and_has_all_that_was_told(variables):
    result = subprocess.run(
        [*DOCTOR, "--json-lines", "--kernel=none-of-this-name"],
        env=variables,
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )

    *steps, last = map(json.loads, result.stdout.splitlines())
    told = [step["line"] for step in steps if "line" in step]
    assert sorted(map(str, told)) == sorted(map(str, last["lines"]))
    assert {"window process"} in [set(step.get("looking", ())) for step in steps]
    # The report does not depend on what was slow.
    subjects = list(dict.fromkeys(line["subject"] for line in last["lines"]))
    assert subjects.index("Qt's libraries") < subjects.index("window process")


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("options", "level"), [((), "info"), (("--gui-loop=python3",), "warning")]
)
def test_only_a_kernel_that_is_used_with_a_loop_is_warned_of(
    variables, add_kernel, script, options, level
):
    old = script(
        """
        #!/bin/sh
        echo '{"python": "3.11.1", "packages": {"ipykernel": "7.4.0"}, "tk": false,'\\
            '"ours": true}'
        """
    )
    add_kernel("python3", old, "-m", "ipykernel_launcher", "-f", "{connection_file}")

    result = subprocess.run(
        [*DOCTOR, "--json", "--quick", "--kernel=python3", *options],
        env=variables,
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )

    (known,) = (
        line
        for line in json.loads(result.stdout)["lines"]
        if "leaves requests lying" in line["finding"]
    )
    assert known["level"] == level


class Outputs:
    """What a cell shows, as a front end keeps it."""

    def __init__(self, session):
        self._client = session._client
        self.shown = {}
        self.history = []

    def follow(self, code):
        """Run a cell and keep what it shows until it is done."""
        request = self._client.execute(code)
        while True:
            message = self._client.get_iopub_msg(timeout=LIMIT)
            if message["parent_header"].get("msg_id") != request:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind in ("display_data", "update_display_data"):
                key = content["transient"]["display_id"]
                self.shown[key] = content["data"]
                self.history.append(content["data"].get("text/html", ""))
            elif kind == "error":
                self.history.append(content["evalue"])
            elif kind == "status" and content["execution_state"] == "idle":
                return


@pytest.mark.e2e
def test_a_cell_shows_what_is_found_so_far(kernels):
    with started_kernel(Kernel("python3", None)) as session:
        outputs = Outputs(session)
        outputs.follow(CALL)
        status, error = session.run("assert report.faults >= 1, report")

    assert (status, error) == ("ok", "")
    growing = [html.count("<tr>") for html in outputs.history if html]
    assert growing == sorted(growing)
    assert len(set(growing)) >= 4
    assert "Looking at: " in outputs.history[0]
    # The report itself is the value of the call: what was shown makes room for it.
    (left,) = outputs.shown.values()
    assert left["text/plain"].startswith("All checks were made in")


@pytest.mark.e2e
@pytest.mark.parametrize("loops", [True, False])
def test_a_cell_in_a_kernel_with_a_loop_tells_the_doctor_so(kernels, loops):
    look = (
        "from jlab_qtwindows.doctor import cell\n"
        f"get_ipython().kernel.eventloop = {'print' if loops else None}\n"
        "name = cell._kernel_with_loop(cell.ipython())\n"
        "get_ipython().kernel.eventloop = None\n"
        f"assert name == {'python3' if loops else ''!r}, name"
    )
    with started_kernel(Kernel("python3", None)) as session:
        assert session.run(look) == ("ok", "")


@pytest.mark.e2e
def test_an_interrupted_cell_keeps_what_was_found_and_ends_the_doctor(
    kernels, silent, eventually
):
    call = CALL.replace("none-of-this-name", "silent")
    seen = []
    with started_kernel(Kernel("python3", None)) as session:
        process = session._manager.provisioner.process

        def interrupt():
            seen.append(int(eventually(lambda: silent.exists() and silent.read_text())))
            process.send_signal(signal.SIGINT)

        interrupting = threading.Thread(target=interrupt)
        interrupting.start()
        outputs = Outputs(session)
        outputs.follow(call)
        interrupting.join(LIMIT)
        (kernel,) = seen
        eventually(lambda: not psutil.pid_exists(kernel), LIMIT)

    (left,) = outputs.shown.values()
    assert "Not finished." in left["text/html"]
    assert "this environment" in left["text/html"]
