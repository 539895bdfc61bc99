"""`make run` on a machine without a display."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from desktop import Desktop
from lab import folders, free_port

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]
LEFT_OVER = 30.0  # s


def test_it_opens_the_notebook_on_a_virtual_desktop_and_leaves_nothing_behind(
    desktop: Desktop, tmp_path: Path, eventually: Wait
) -> None:
    port = free_port()
    environment = {**desktop.environment(), **folders(tmp_path)}
    del environment["DISPLAY"]
    output = tmp_path / "output"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [
                sys.executable,
                "examples/run.py",
                "--no-browser",
                f"--ServerApp.port={port}",
            ],
            env=environment,
            stdout=file,
            stderr=file,
        )
    try:
        page = "/lab/tree/dynamic_plots.ipynb?token="
        eventually(lambda: page in output.read_text() or process.poll() is not None)
        said = output.read_text()
        assert page in said
        assert f":{port}/" in said
        assert "started a virtual one" in said
        assert ("--allow-root" in said) == (os.geteuid() == 0)
        everything = psutil.Process(process.pid).children(recursive=True)
    finally:
        process.terminate()
        process.wait(LEFT_OVER)

    assert len(everything) >= 3  # JupyterLab, Xvfb, openbox
    assert not psutil.wait_procs(everything, timeout=LEFT_OVER)[1]
