"""The doctor finds the faults of cell running in kernels that have them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from desktop import Desktop
from lab import connection_environment, folders

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 240.0  # s


@pytest.fixture(params=["shown", "hidden"])
def variables(
    request: pytest.FixtureRequest, desktop: Desktop, tmp_path: Path
) -> dict[str, str]:
    """Return those of a desktop, and those of a machine without any."""
    found = {**connection_environment(), **desktop.environment(), **folders(tmp_path)}
    if request.param == "hidden":
        del found["DISPLAY"]
        # Of the user's own choice, so that this is no fault.
        found["QT_QPA_PLATFORM"] = "offscreen"
    return found


def examined(
    kernel: str, environment: dict[str, str], home: Path
) -> list[dict[str, Any]]:
    # The pinned kernels find the guard, and nothing else of ours, in the checkout.
    paths = {
        "JUPYTER_PATH": str(ROOT / "build" / "kernels" / "share" / "jupyter"),
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(home),
    }
    result = subprocess.run(
        [
            *(sys.executable, "-m", "jlab_qtwindows.doctor", "--json"),
            *(f"--kernel={kernel}", f"--gui-loop={kernel}"),
        ],
        env={**environment, **paths},
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    lines = json.loads(result.stdout)["lines"]
    return [line for line in lines if line["subject"] == f"kernel {kernel}"]


@pytest.mark.parametrize(
    ("version", "known", "provoked"),
    [
        ("6.27.1", "aborts the cell", r"[1-9]\d* of \d+ aborted after an error"),
        ("7.4.0", "leaves requests lying", r"([1-9]\d* of \d+ cells stuck|any more)"),
    ],
)
def test_the_faults_of_a_gui_loop_are_found_and_cured_by_the_guard(
    variables: dict[str, str], tmp_path: Path, version: str, known: str, provoked: str
) -> None:
    name = f"ipykernel-{version}"

    lines = examined(name, variables, tmp_path)

    findings = [line["finding"] for line in lines if line["level"] == "warning"]
    assert any(known in finding for finding in findings)
    last = lines[-1]
    # Without a display Matplotlib refuses Qt; the loop runs, and has the same faults.
    magic = "%matplotlib qt" if "DISPLAY" in variables else "%gui qt"
    assert last["finding"].startswith(f"{magic}: ")
    without, _, guarded = last["finding"].partition("; with the guard: ")
    assert re.search(provoked, without)
    assert re.fullmatch(r"all of \d+ cells run", guarded)
    assert "%matplotlib qtwindows" in last["remedy"]
