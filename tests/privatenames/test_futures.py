"""Without any one private name all goes on, and nothing false is shown.

A fixed sample here; `make private-names` takes all of them, which takes ten minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jlab_qtwindows.protocol.meeting.connection import CONNECTION_VARIABLE
from jlab_qtwindows.protocol.privatenames import FRAMES, HOST, KERNEL
from jlab_qtwindows.protocol.privatenames.lookup import _is_due

pytestmark = pytest.mark.e2e

HERE = Path(__file__).parent
LIMIT = 100.0  # s
OF_KERNELS = ("ipykernel", "zmq")
# Of so many names one is tried.
EVERY = 1 if os.environ.get("ALL_PRIVATE_NAMES") else 11


def names_of(packages=None):
    """Return each owner and name once, of what the installed versions should have."""
    return sorted(
        {
            (entry.owner, name)
            for entry in (*KERNEL, *HOST)
            for name in entry.names
            if (entry.package in OF_KERNELS) is bool(packages) and _is_due(entry)
        }
    )[::EVERY]


@pytest.fixture
def work(tmp_path):
    """Return a function that runs a program where a name is gone."""

    def run(program, owner, name):
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_API": "pyqt5",
            "JLAB_QTWINDOWS_GEOMETRY": "",
            "XDG_RUNTIME_DIR": str(tmp_path),
        }
        environment.pop(CONNECTION_VARIABLE, None)
        result = subprocess.run(
            [sys.executable, "-W", "ignore", str(HERE / program), owner, name],
            env=environment,
            cwd=HERE.parents[1],
            capture_output=True,
            text=True,
            timeout=LIMIT,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout.split()

    return run


@pytest.mark.parametrize(("owner", "name"), names_of())
def test_figures_are_shown_truly_without(owner, name, work):
    decisive = any(
        entry.without == FRAMES and entry.owner == owner and name in entry.names
        for entry in KERNEL
    )

    transfer = work("future.py", owner, name)

    assert transfer == ["frames" if decisive else "mirror"]


@pytest.mark.parametrize(("owner", "name"), names_of(OF_KERNELS))
def test_kernels_with_a_gui_loop_run_cells_without(owner, name, work):
    work("futurekernel.py", owner, name)
