"""Notebooks that a program runs are saved with a picture of each figure."""

from __future__ import annotations

import base64
import importlib.util
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from desktop import Desktop
from kernels import Kernel
from nbformat.v4 import new_code_cell, new_notebook
from PIL import Image
from screen import Screen

pytestmark = pytest.mark.e2e

LIMIT = 100.0  # s

TOOLS = {
    "execute": "jupyter execute --output={output} {source}",
    "nbconvert": "jupyter nbconvert --execute --to notebook --output {output} {source}",
    "papermill": "papermill --cwd {folder} {source} {output}",
}

CELLS = {
    "setup": """
%matplotlib qtwindows
import threading, time
import matplotlib.pyplot as plt
""",
    "first": """
fig, ax = plt.subplots(figsize=(4, 3))
ax.plot([1, 3, 2])
""",
    "unchanged": "value = 1",
    "shown": "plt.show()",
    "later": "ax.set_title('later')",
    "two": """
bars = plt.figure(figsize=(3, 2), dpi=150)
bars.add_subplot().bar([1, 2], [3, 4])
image = plt.figure(figsize=(2, 2), layout='constrained')
image.add_subplot().imshow([[1, 2], [3, 4]])
""",
    "subfigures": """
parts = plt.figure(figsize=(4, 2)).subfigures(1, 2)
parts[0].add_subplot().plot([2, 1])
parts[1].suptitle('right')
""",
    "closed": """
plt.figure().add_subplot().plot([1, 2])
plt.close()
""",
    "blocking": """
ax.set_ylabel('waits for nobody')
plt.show(block=True)
""",
    "error": """
ax.set_xlabel('before the error')
raise ValueError('of the program')
""",
    "thread": """
live, live_ax = plt.subplots(figsize=(3, 2))
(line,) = live_ax.plot([0, 1])
stop = threading.Event()
def change():
    while not stop.wait(0.001):
        line.set_ydata([time.monotonic() % 5, 1])
thread = threading.Thread(target=change)
thread.start()
""",
    "meanwhile": "time.sleep(0.2)",
    "at_last": """
stop.set()
thread.join()
line.set_ydata([3, 4])
live_ax.set_ylim(0, 5)
""",
    "processes": """
import psutil
print([' '.join(p.cmdline()) for p in psutil.Process().children(recursive=True)])
""",
}
# The figures of which each cell gives a picture; of all others none is given.
PICTURES = {
    "first": [1],
    "later": [1],
    "two": [2, 3],
    "subfigures": [4],
    "blocking": [1],
    "error": [1],
    "thread": [5],
    "meanwhile": [5],
    "at_last": [5],
}


def write_notebook(path: Path) -> None:
    cells = [new_code_cell(source.strip()) for source in CELLS.values()]
    for name, cell in zip(CELLS, cells, strict=True):
        cell.metadata.tags = ["raises-exception"] if name == "error" else []
    kernelspec = {"name": "python3", "display_name": "Python", "language": "python"}
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernelspec})
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]


def run(command: list[str], output: Path, **environment: str) -> None:
    foreign = ("JLAB_QTWINDOWS_", "JPY_", "MPLBACKEND", "DISPLAY", "WAYLAND_DISPLAY")
    ours = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        env={**ours, **environment},
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )
    # Not its exit code: papermill's says that a cell has failed, whatever its tags say.
    assert output.exists(), done.stderr


@pytest.fixture(
    scope="module",
    params=[("execute", ""), ("nbconvert", ""), ("nbconvert", "X"), ("papermill", "X")],
    ids="-".join,
)
def outputs(
    request: pytest.FixtureRequest,
    desktop: Desktop,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, list[Any]]:
    """The outputs of the cells, after such a tool has run them; "X": on a desktop."""
    tool, display = request.param
    if tool == "papermill" and importlib.util.find_spec(tool) is None:
        pytest.skip("papermill is not installed")
    folder = tmp_path_factory.mktemp(tool)
    source, output = folder / "source.ipynb", folder / "output.ipynb"
    write_notebook(source)
    command = TOOLS[tool].format(source=source, output=output, folder=folder)
    run(command.split(), output, **(desktop.environment() if display else {}))
    notebook = nbformat.read(output, 4)  # type: ignore[no-untyped-call]
    # Papermill puts cells of text between that tell of the error.
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return {name: cell.outputs for name, cell in zip(CELLS, cells, strict=True)}


def pictures(outputs: list[Any]) -> list[np.ndarray]:
    data = [o.data for o in outputs if o.output_type == "display_data"]
    assert all(d["text/plain"].startswith("<Figure size ") for d in data)
    files = [io.BytesIO(base64.b64decode(d["image/png"])) for d in data]
    return [np.array(Image.open(file).convert("RGBA")) for file in files]


@pytest.fixture
def twins(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[np.ndarray]]]:
    """What plain Agg draws of the same figures after each cell."""
    plt.switch_backend("agg")
    plt.close("all")
    monkeypatch.setattr(plt, "show", lambda **options: None)
    names: dict[str, Any] = {}
    found = {}
    for name, source in CELLS.items():
        try:
            exec(source.replace("%matplotlib qtwindows", ""), names)
        except ValueError:
            assert name == "error"
        figures = [plt.figure(number) for number in PICTURES.get(name, [])]
        for figure in figures:
            figure.canvas.draw()
        found[name] = [np.array(figure.canvas.buffer_rgba()) for figure in figures]
    yield found
    plt.close("all")


def test_each_cell_has_the_pictures_of_what_it_has_changed(
    outputs: dict[str, list[Any]], twins: dict[str, list[np.ndarray]]
) -> None:
    for name, twin in twins.items():
        found = pictures(outputs[name])
        assert [p.shape for p in found] == [p.shape for p in twin], name
        if name not in ("thread", "meanwhile"):  # whatever it was just then
            assert all(map(np.array_equal, found, twin)), name


def test_nothing_else_is_said_and_no_window_host_runs(
    outputs: dict[str, list[Any]],
) -> None:
    said = {
        name: [o for o in cell if o.output_type in ("stream", "error")]
        for name, cell in outputs.items()
    }
    (processes,), (error,) = said.pop("processes"), said.pop("error")

    assert error.ename == "ValueError"
    assert processes.name == "stdout"
    assert "jlab_qtwindows" not in processes.text
    assert not any(said.values())


def test_in_jupyterlab_a_call_keeps_them_beside_the_windows(
    kernel: Kernel, screen: Screen, eventually: Any
) -> None:
    picture = "<Figure size 640x480 with 1 Axes>"
    cell = "plt.figure().add_subplot().plot([1, 2]);"

    assert picture not in kernel.run(cell).text
    kernel.run("qtw.keep_pictures()")
    assert picture in kernel.run(cell).text

    eventually(lambda: screen.window("Figure 2"))
