"""How a host process is started, and what is said when it ends."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from jlab_qtwindows.protocol.meeting import launch
from jlab_qtwindows.protocol.meeting.connection import (
    CurveKeys,
    new_connection,
    write_connection_file,
)

# Stands in for Python itself: writes down how it was started, then reads until the end.
RECORDER = """\
#!{python}
import json, os, sys
record = {{"argv": sys.argv, "environ": dict(os.environ)}}
record.update(session=os.getsid(0), cwd=os.getcwd())
print(json.dumps(record), flush=True)
print("at end:", sys.stdin.read() == "", flush=True)
"""

LIMIT = 20.0  # s
ANEW = "; remedy: start Jupyter (or the script) again, which makes a new one"


@pytest.fixture
def started(tmp_path, monkeypatch):
    """Return a function that launches a recorder: (process id, record, last line)."""
    program = tmp_path / "python"
    program.write_text(RECORDER.format(python=sys.executable))
    program.chmod(0o700)
    monkeypatch.setattr(launch.sys, "executable", str(program))

    def start(connection_file):
        log = tmp_path / "host.log"
        with log.open("wb") as file:
            process = launch.launch_host(connection_file, file)
        process.stdin.close()
        assert process.wait(LIMIT) == 0
        record, end = log.read_text().splitlines()
        return process.pid, json.loads(record), end

    return start


@pytest.mark.skipif(sys.platform == "win32", reason="needs #! lines")
class TestLaunch:
    def test_no_secret_is_in_the_command_line_or_the_environment(
        self, tmp_path, started
    ):
        keys = CurveKeys("host-public", "host-secret", "peer-public", "peer-secret")
        info = new_connection(tmp_path, doorbell=True, curve=keys)
        path = write_connection_file(tmp_path, info)

        _, record, _ = started(path)

        everything = json.dumps([record["argv"], record["environ"]])
        assert str(path) in record["argv"]
        for secret in (info.token, "host-secret", "peer-secret"):
            assert secret not in everything

    def test_the_kernels_backend_does_not_reach_the_host(
        self, tmp_path, started, monkeypatch
    ):
        monkeypatch.setenv("MPLBACKEND", "qtwindows")
        monkeypatch.setenv("QT_SCALE_FACTOR", "2")

        _, record, _ = started(tmp_path / "connection.json")

        assert "MPLBACKEND" not in record["environ"]
        assert record["environ"]["QT_SCALE_FACTOR"] == "2"

    def test_an_interrupt_of_the_terminal_does_not_reach_the_host(
        self, tmp_path, started
    ):
        pid, record, _ = started(tmp_path / "connection.json")

        assert record["session"] == pid

    def test_closing_the_standard_input_is_the_end_of_the_life_line(
        self, tmp_path, started
    ):
        _, _, end = started(tmp_path / "connection.json")

        assert end == "at end: True"

    def test_modules_of_the_working_directory_do_not_replace_ours(
        self, tmp_path, started
    ):
        _, record, _ = started(tmp_path / "connection.json")

        assert record["cwd"] == str(tmp_path)  # the private folder, not the user's
        assert record["argv"][-4:-1] == [
            "-m",
            "jlab_qtwindows.host",
            "--connection-file",
        ]


@pytest.mark.parametrize(
    ("code", "log", "expected"),
    [
        (launch.EXIT_NO_QT, "", "pip install PyQt5"),
        (launch.EXIT_ENDPOINT_TAKEN, "", f"already uses this connection file{ANEW}"),
        (launch.EXIT_BAD_CONNECTION, "", f"could not use its connection file{ANEW}"),
        (1, "Traceback\nValueError: no\n\n", "exit code 1: ValueError: no"),
        (1, " \n", "ended with exit code 1"),
        (-11, "qt.qpa.xcb: no display\n", "by signal 11: qt.qpa.xcb: no display"),
        (-15, "", "(signal 15); remedy: press Restart in the panel"),
        (-9, "", "for want of memory; remedy: see how much memory is free"),
    ],
)
def test_the_reason_of_an_end_says_what_to_do(code, log, expected):
    assert expected in launch.exit_reason(code, log)


def test_what_the_host_says_of_its_qt_is_the_reason():
    said = "PyQt5 lacks libGL.so.1; remedy: apt install libgl1"
    log = f"a warning\n{launch.NO_QT}{said}\n"

    assert launch.exit_reason(launch.EXIT_NO_QT, log) == said


def test_a_host_is_started_from_the_module_that_exists():
    assert (Path(launch.__file__).parents[2] / "host" / "__main__.py").exists()
    assert launch.HOST_MODULE == "jlab_qtwindows.host"
