"""The doctor over REST: one process at a time, gone when it must be."""

from __future__ import annotations

import asyncio
import functools
import json
import logging
import os
import sys

import pytest
from tornado.httpclient import HTTPClientError

from jlab_qtwindows.server.doctor import Doctor

REPORT = {"format": 1, "version": "1", "faults": 0, "warnings": 0, "lines": []}
LIMIT = 30.0  # s, for anything that is expected to happen
PRINT = f"print({json.dumps(REPORT)!r})"
FOLLOWED = """
import pathlib, time
print(*{steps}, sep="\\n", flush=True)
while not pathlib.Path({go_on!r}).exists():
    time.sleep(0.01)
"""
WRITE_AND_WAIT = """
import os, pathlib, time
part = pathlib.Path({path!r} + ".part")
part.write_text(str(os.getpid()))
part.rename({path!r})
time.sleep(600)
"""


@pytest.fixture
def doctor_running(jp_asyncio_loop):
    """Return a function that makes a doctor of a Python program."""
    doctors = []

    def make(program, **options):
        command = (sys.executable, "-c", program)
        doctor = Doctor(log=logging.getLogger("tests"), command=command, **options)
        doctors.append(doctor)
        return doctor

    yield make
    for doctor in doctors:
        jp_asyncio_loop.run_until_complete(doctor.close())


async def outcome(doctor):
    await asyncio.wait_for(asyncio.shield(doctor._task), LIMIT)
    return doctor.status


async def process_id(path, eventually):
    """Wait until the program has written it there."""
    written = functools.partial(eventually, lambda: path.exists() and path.read_text())
    return int(await asyncio.to_thread(written))


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_the_report_is_kept(doctor_running):
    doctor = doctor_running(PRINT)

    doctor.start()
    assert doctor.status.state == "running"
    status = await outcome(doctor)

    assert (status.state, status.report) == ("done", REPORT)


async def test_faults_are_a_report_too(doctor_running):
    doctor = doctor_running(f"{PRINT}; raise SystemExit(1)")

    doctor.start()

    assert (await outcome(doctor)).state == "done"


async def test_what_is_found_is_told_while_it_runs(
    doctor_running, tmp_path, eventually
):
    go_on = tmp_path / "go-on"
    line = {"level": "warning", "subject": "a", "finding": "b", "remedy": "c"}
    steps = [{"looking": ["window process"]}, {"line": line}]
    doctor = doctor_running(
        FOLLOWED.format(steps=list(map(json.dumps, steps)), go_on=str(go_on)) + PRINT
    )

    doctor.start()
    await asyncio.to_thread(eventually, lambda: doctor.status.report)
    running = doctor.status
    go_on.touch()
    done = await outcome(doctor)

    assert (running.state, running.looking) == ("running", ("window process",))
    assert running.report["lines"] == [line]
    assert (running.report["faults"], running.report["warnings"]) == (0, 1)
    assert (done.state, done.report, done.looking) == ("done", REPORT, ())


async def test_what_was_found_before_a_failure_is_kept(doctor_running):
    line = {"level": "ok", "subject": "a", "finding": "b", "remedy": ""}
    said = json.dumps({"line": line})
    doctor = doctor_running(f"print({said!r}); raise ValueError('no luck')")

    doctor.start()
    status = await outcome(doctor)

    assert (status.state, status.reason) == ("failed", "ValueError: no luck")
    assert status.report["lines"] == [line]


async def test_kernels_with_a_gui_loop_are_named_to_the_doctor(
    jp_fetch, extension, monkeypatch, tmp_path
):
    log = tmp_path / "arguments"
    program = f"import sys; open({str(log)!r}, 'w').write(str(sys.argv[1:])); {PRINT}"
    monkeypatch.setattr(extension.doctor, "_command", (sys.executable, "-c", program))

    body = json.dumps({"gui_loops": ["python3", "--evil"]})
    await jp_fetch("jlab-qtwindows", "doctor", method="POST", body=body)
    await outcome(extension.doctor)

    assert log.read_text() == "['--gui-loop=python3', '--gui-loop=--evil']"


@pytest.mark.parametrize("body", ["[]", '{"gui_loops": 1}', '{"gui_loops": [1]}'])
async def test_what_are_no_names_of_kernels_is_refused(jp_fetch, extension, body):
    with pytest.raises(HTTPClientError, match="400"):
        await jp_fetch("jlab-qtwindows", "doctor", method="POST", body=body)

    assert extension.doctor.status.state == "idle"


async def test_only_one_runs_at_a_time(doctor_running, tmp_path):
    log = tmp_path / "runs"
    doctor = doctor_running(f"open({str(log)!r}, 'a').write('x'); {PRINT}")

    doctor.start()
    doctor.start()
    await outcome(doctor)

    assert log.read_text() == "x"
    doctor.start()
    await outcome(doctor)
    assert log.read_text() == "xx"


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("raise ValueError('no luck')", "ValueError: no luck"),
        ("print('hello')", "exit code 0, no report"),
        ("print('[]'); raise SystemExit(3)", "exit code 3, no report"),
    ],
)
async def test_a_failure_is_told_in_words(doctor_running, program, reason):
    doctor = doctor_running(program)

    doctor.start()
    status = await outcome(doctor)

    assert (status.state, status.reason) == ("failed", reason)


async def test_one_that_never_ends_is_ended(doctor_running, tmp_path, eventually):
    file = tmp_path / "pid"
    doctor = doctor_running(WRITE_AND_WAIT.format(path=str(file)), timeout=3.0)

    doctor.start()
    pid = await process_id(file, eventually)
    status = await outcome(doctor)

    assert status.reason == "it was not done after 3 s"
    assert not runs(pid)


async def test_closing_ends_it(doctor_running, tmp_path, eventually):
    file = tmp_path / "pid"
    doctor = doctor_running(WRITE_AND_WAIT.format(path=str(file)))
    doctor.start()
    pid = await process_id(file, eventually)

    await doctor.close()
    await doctor.close()

    assert not runs(pid)
    assert doctor.status.state == "failed"


async def test_it_is_asked_for_over_rest(jp_fetch, extension, monkeypatch):
    monkeypatch.setattr(extension.doctor, "_command", (sys.executable, "-c", PRINT))
    route = ("jlab-qtwindows", "doctor")

    before = json.loads((await jp_fetch(*route)).body)
    posted = await jp_fetch(*route, method="POST", body="")
    await outcome(extension.doctor)
    after = json.loads((await jp_fetch(*route)).body)

    assert before == {"state": "idle", "reason": "", "report": None, "looking": []}
    assert posted.code == 202
    assert json.loads(posted.body)["state"] == "running"
    assert after == {"state": "done", "reason": "", "report": REPORT, "looking": []}
