"""The doctor names the private names of other packages that are gone."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

FUTURES = Path(__file__).resolve().parents[1] / "privatenames"


@pytest.fixture
def future(tmp_path, variables):
    """Return a function that takes a private name out of all Pythons that are started.

    It gives the variables for the doctor.
    """

    def take_out(package, name):
        folder = tmp_path / "future"
        folder.mkdir()
        code = f"""
            import sys
            sys.path.append({str(FUTURES)!r})
            from renaming import rename
            rename({package!r}, {name!r}, of_module=False)
            """
        (folder / "sitecustomize.py").write_text(textwrap.dedent(code))
        path = ":".join(filter(None, (str(folder), variables.get("PYTHONPATH"))))
        return {"PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}

    return take_out


def warnings_of(outcome, subject):
    return [line for line in outcome.lines(subject) if "has no" in line.finding]


def test_a_name_that_the_kernel_lacks_is_named_with_what_is_without(run_doctor, future):
    outcome = run_doctor(
        "--quick", "--kernel", "python3", **future("matplotlib", "_draw_disabled")
    )

    (line,) = warnings_of(outcome, "kernel python3")
    assert line.level == "warning"
    assert "this matplotlib (" in line.finding
    assert (
        "has no RendererBase._draw_disabled: a layout takes as long as a drawing"
        in line.finding
    )
    assert "pip install" in line.remedy
    assert not warnings_of(outcome, "window process")
    # All else goes on.
    assert {other.level for other in outcome.lines("kernel python3")} <= {
        "ok",
        "info",
        "warning",
    }


def test_a_name_that_the_window_process_lacks_is_named(run_doctor, future):
    outcome = run_doctor(
        "--quick", "--kernel", "python3", **future("matplotlib", "_get_tick")
    )

    (line,) = warnings_of(outcome, "window process")
    assert line.level == "warning"
    assert "has no Axis._get_tick: Matplotlib makes each tick itself" in line.finding
    assert "matplotlib<" in line.remedy
    assert not warnings_of(outcome, "kernel python3")
    (painted,) = set(outcome.lines("window process")) - {line}
    assert "painted a test window" in painted.finding


def test_nothing_is_said_where_all_are_there(run_doctor, variables):
    path = variables.get("PYTHONPATH", "")
    outcome = run_doctor(
        *("--quick", "--kernel", "python3"),
        PYTHONPATH=path,
        QT_QPA_PLATFORM="offscreen",
    )

    assert not [line for line in outcome.report.lines if "has no" in line.finding]
