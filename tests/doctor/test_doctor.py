"""The doctor as a whole, in real environments: what it says, how it ends."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import psutil
import pytest

import jlab_qtwindows
import jlab_qtwindows.doctor
from jlab_qtwindows.doctor.command import main
from jlab_qtwindows.protocol.meeting.connection import (
    CONNECTION_VARIABLE,
    new_connection,
    write_connection_file,
)
from jlab_qtwindows.protocol.meeting.directory import create_directory, remove_directory

CHECKOUT = Path(__file__).resolve().parents[2]
LIMIT = 60.0  # s
NONE = "--kernel=none-of-this-name"  # for tests of all that is no kernel


@pytest.mark.parametrize("arguments", [[], ["no-such-command"], ["doctor", "--odd"]])
def test_wrong_usage_is_explained(arguments, capsys):
    with pytest.raises(SystemExit) as ending:
        main(arguments)

    assert ending.value.code == 2
    assert "usage: jlab-qtwindows" in capsys.readouterr().err


def test_the_command_is_installed():
    result = subprocess.run(
        [Path(sys.executable).parent / "jlab-qtwindows", "doctor", "--help"],
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )

    assert result.returncode == 0
    assert "--kernel NAME" in result.stdout


@pytest.mark.e2e
def test_it_says_its_version(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--version"])

    assert end.value.code == 0
    assert capsys.readouterr().out == f"jlab-qtwindows {version('jlab-qtwindows')}\n"


def test_a_sound_installation_ends_with_0(run_doctor):
    outcome = run_doctor("--quick", "--kernel=python3", QT_QPA_PLATFORM="offscreen")

    assert outcome.code == 0, outcome.report.to_text()
    assert outcome.report.faults == 0
    host = outcome.line("window process")
    assert "painted a test window" in host.finding
    assert "PyQt5" in host.finding
    assert "a cell takes" in outcome.lines("kernel python3")[-1].finding


@pytest.mark.e2e
def test_a_test_window_leaves_no_process_and_no_directory(run_doctor, variables):
    run_doctor(NONE, QT_QPA_PLATFORM="offscreen")

    assert not [
        process
        for process in psutil.process_iter(["cmdline"])
        if variables["TMPDIR"] in " ".join(process.info["cmdline"] or ())
    ]
    assert list(Path(variables["TMPDIR"]).glob("qtw*")) == []


@pytest.mark.e2e
def test_no_display_ends_with_1(run_doctor):
    outcome = run_doctor(NONE)

    assert outcome.code == 1
    assert outcome.line("display").level == "fault"
    assert outcome.line("window process").level == "warning"  # painted, but unseen


@pytest.mark.e2e
def test_an_environment_without_qt_is_told_how_to_get_it(run_doctor, python_without_qt):
    outcome = run_doctor(NONE, python=python_without_qt)

    host = outcome.line("window process")
    assert host.level == "fault"
    assert "no Qt for Python" in host.finding
    assert host.remedy == "pip install PyQt5"
    # It is an environment into which nothing was installed by pip.
    assert outcome.line("server extension").level == "fault"
    assert outcome.line("lab extension").level == "fault"


@pytest.fixture
def connection_of_server(variables):
    """Return the variable by which kernels find a server's host, which runs."""
    directory = create_directory(Path(variables["TMPDIR"]))
    file = write_connection_file(directory, new_connection(directory, doorbell=False))
    host = subprocess.Popen(
        [sys.executable, "-m", "jlab_qtwindows.host", "--connection-file", file],
        stdin=subprocess.PIPE,
        env={**variables, "QT_QPA_PLATFORM": "offscreen"},
    )
    yield {CONNECTION_VARIABLE: str(file)}
    host.stdin.close()
    host.wait(LIMIT)
    remove_directory(directory)


@pytest.mark.e2e
def test_the_servers_host_and_a_new_one_are_both_tried(
    run_doctor, connection_of_server
):
    outcome = run_doctor(NONE, QT_QPA_PLATFORM="offscreen", **connection_of_server)

    assert "painted" in outcome.line("window process of this server").finding
    # One line: the new one has ended with its program.
    assert "painted" in outcome.line("window process").finding


@pytest.mark.e2e
def test_a_kernel_without_qt_needs_none_where_a_server_shows_its_windows(
    run_doctor, python_without_qt, connection_of_server
):
    outcome = run_doctor(NONE, python=python_without_qt, **connection_of_server)

    assert "painted" in outcome.line("window process of this server").finding
    assert outcome.line("window process").level == "ok"


@pytest.mark.e2e
def test_it_runs_where_nothing_is_installed(run_doctor, bare_python):
    outcome = run_doctor(python=bare_python, PYTHONPATH=str(CHECKOUT))

    assert outcome.code == 1
    assert outcome.report.version == ""
    host = outcome.line("window process")
    assert host.level == "fault"
    assert host.remedy.endswith("-m pip install matplotlib numpy pyzmq")
    for subject in ("server extension", "kernels"):
        assert outcome.line(subject).level == "warning"
    assert not [line for line in outcome.report.lines if "own check" in line.finding]


@pytest.mark.e2e
def test_a_check_that_fails_itself_is_a_line_among_the_others(run_doctor, variables):
    broken = Path(variables["JUPYTER_CONFIG_DIR"], "labconfig")
    broken.mkdir()
    (broken / "page_config.json").write_text("[]")
    disabled = {"ServerApp": {"jpserver_extensions": {"jlab_qtwindows": False}}}
    config = Path(variables["JUPYTER_CONFIG_DIR"], "jupyter_server_config.json")
    config.write_text(json.dumps(disabled))

    outcome = run_doctor(NONE, JUPYTER_PREFER_ENV_PATH="0")

    (line,) = [line for line in outcome.report.lines if "own check" in line.finding]
    assert line.subject == "extensions"
    # What it had found by then is kept.
    assert "disabled" in outcome.line("server extension").finding
    assert outcome.line("window process")


@pytest.mark.e2e
def test_ending_the_doctor_ends_what_it_has_started(
    variables, add_kernel, tmp_path, eventually
):
    note = tmp_path / "pid"
    program = (
        "import os, pathlib, time\n"
        f"pathlib.Path({str(note)!r}).write_text(str(os.getpid()))\n"
        "time.sleep(600)"
    )
    add_kernel("silent", sys.executable, "-c", program, "{connection_file}")
    doctor = subprocess.Popen(
        [sys.executable, "-m", "jlab_qtwindows.doctor", "--kernel=silent"],
        env=variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    kernel = int(eventually(lambda: note.exists() and note.read_text(), LIMIT))

    doctor.send_signal(signal.SIGTERM)

    assert doctor.wait(LIMIT) == 128 + signal.SIGTERM
    assert not psutil.pid_exists(kernel)


@pytest.mark.e2e
def test_a_terminal_hears_what_is_looked_at(variables):
    reader, writer = pty.openpty()
    doctor = subprocess.Popen(
        [sys.executable, "-m", "jlab_qtwindows.doctor", NONE],
        env=variables,
        stdout=writer,
        stderr=writer,
    )
    os.close(writer)
    shown = b""
    try:
        while select.select([reader], [], [], LIMIT)[0]:
            shown += os.read(reader, 4096)
    except OSError:  # the other end is closed
        pass
    finally:
        os.close(reader)
        doctor.wait(LIMIT)

    assert b"Looking at: window process" in shown
    assert b"\x1b[31mfault" in shown


@pytest.mark.e2e
def test_the_call_in_a_cell_gives_the_same_report(variables, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    loaded = set(sys.modules)

    report = jlab_qtwindows.doctor(kernel="none-of-this-name", quick=True)

    assert report.faults >= 2  # no display, no such kernel
    assert "none-of-this-name" in report._repr_html_()
    # The checks themselves were made elsewhere.
    new = set(sys.modules) - loaded
    assert not {name for name in new if name.partition(".")[0] == "jupyterlab"}


def test_the_call_in_a_cell_says_in_words_why_there_is_no_report(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")

    (line,) = jlab_qtwindows.doctor().lines

    assert line.level == "fault"
    assert line.finding == "exit code 1"


def test_importing_a_part_of_the_doctor_leaves_the_call_as_it_is():
    assert jlab_qtwindows.doctor is sys.modules["jlab_qtwindows.doctor"]
    assert callable(jlab_qtwindows.doctor)
