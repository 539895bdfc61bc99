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
import run
from desktop import Desktop
from lab import folders, free_port

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]
LEFT_OVER = 30.0  # s
CHECKOUT = Path(__file__).resolve().parents[2]


def opened_by(pid: int) -> Path:
    """Return the folder that JupyterLab works in, by its command line."""
    lines = [child.cmdline() for child in psutil.Process(pid).children(recursive=True)]
    prefix = "--ServerApp.root_dir="
    (found,) = {part for line in lines for part in line if part.startswith(prefix)}
    return Path(found.removeprefix(prefix))


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
        last = f"127.0.0.1:{port}{page}"
        eventually(lambda: last in output.read_text() or process.poll() is not None)
        said = output.read_text()
        assert page in said
        assert f":{port}/" in said
        assert "started a virtual one" in said
        assert ("--allow-root" in said) == (os.geteuid() == 0)
        assert len(said.splitlines()) <= 10
        assert page in said.splitlines()[-1]
        assert opened_by(process.pid) == CHECKOUT / "build" / "notebooks"
        everything = psutil.Process(process.pid).children(recursive=True)
    finally:
        process.terminate()
        process.wait(LEFT_OVER)

    assert len(everything) >= 3  # JupyterLab, Xvfb, openbox
    assert not psutil.wait_procs(everything, timeout=LEFT_OVER)[1]


def test_what_the_user_has_changed_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "COPIES", tmp_path / "notebooks")
    run.copy_notebooks()
    notebook = tmp_path / "notebooks" / "dynamic_plots.ipynb"
    original = CHECKOUT / "examples" / "dynamic_plots.ipynb"
    assert notebook.read_bytes() == original.read_bytes()
    notebook.write_text("the user's")

    run.copy_notebooks()

    assert notebook.read_text() == "the user's"
