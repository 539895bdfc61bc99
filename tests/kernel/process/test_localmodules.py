"""What the host cannot import travels by value, what is installed there by name."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

import cloudpickle
import pytest

from jlab_qtwindows.kernel.process import localmodules
from jlab_qtwindows.kernel.process.localmodules import local_modules
from jlab_qtwindows.kernel.snapshot.snapshot import Rung, take_snapshot

MODULE = """
from matplotlib.lines import Line2D

WIDTH = 7

class Thick(Line2D):
    def draw(self, renderer):
        self.set_linewidth(WIDTH)
        super().draw(renderer)
"""

# A process that has Matplotlib, but not the notebook's folder.
HOST = """
import pickle, sys
from matplotlib.backends.backend_agg import FigureCanvasAgg
figure = pickle.loads(sys.stdin.buffer.read())["figure"]
(line,) = figure.axes[0].lines
FigureCanvasAgg(figure).draw()
print(type(line).__name__, line.get_linewidth())
"""


def load_in_host(snapshot):
    return subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            "import jlab_qtwindows.host.figure.mirror\n" + HOST,
        ],
        input=bytes(snapshot.parts[0]),
        capture_output=True,
        check=False,
    )


@pytest.fixture
def mystyle(tmp_path, monkeypatch):
    (tmp_path / "mystyle.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    import mystyle  # type: ignore[import-not-found]

    yield mystyle
    del sys.modules["mystyle"]


def test_a_class_of_the_notebooks_folder_travels_by_value(figure, mystyle):
    axes = figure.axes[0]
    axes.lines[0].remove()
    axes.add_line(mystyle.Thick([0, 1], [0, 1]))

    shown = load_in_host(take_snapshot(figure, Rung.MIRROR_BY_VALUE))

    assert shown.stdout.split() == [b"Thick", b"7.0"]


def test_only_modules_outside_of_the_installation_are_local(mystyle):
    names = set(local_modules())

    assert "mystyle" in names
    assert not names & {"matplotlib", "numpy", "json", "pytest", "__main__"}
    assert not any(name.startswith("jlab_qtwindows") for name in names)


def test_the_programs_own_registrations_stay(figure, mystyle):
    cloudpickle.register_pickle_by_value(mystyle)
    try:
        take_snapshot(figure, Rung.MIRROR_BY_VALUE)

        assert "mystyle" in cloudpickle.list_registry_pickle_by_value()
    finally:
        cloudpickle.unregister_pickle_by_value(mystyle)

    take_snapshot(figure, Rung.MIRROR_BY_VALUE)

    assert cloudpickle.list_registry_pickle_by_value() == set()
    assert pickle.loads(pickle.dumps(mystyle.Thick)) is mystyle.Thick


@pytest.fixture
def library(tmp_path, monkeypatch):
    """A library that is installed for this process alone."""
    (tmp_path / "mylibrary").mkdir()
    (tmp_path / "mylibrary" / "__init__.py").write_text("from .lines import Thick\n")
    (tmp_path / "mylibrary" / "lines.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    folders = (*localmodules._INSTALLED, f"{tmp_path}{os.sep}")
    monkeypatch.setattr(localmodules, "_INSTALLED", folders)
    monkeypatch.setattr(localmodules, "_lacking", set())
    import mylibrary  # type: ignore[import-not-found]

    yield mylibrary
    for name in ("mylibrary", "mylibrary.lines"):
        del sys.modules[name]


def test_a_library_that_the_host_lacks_travels_by_value(figure, library):
    axes = figure.axes[0]
    axes.lines[0].remove()
    axes.add_line(library.Thick([0, 1], [0, 1]))
    refused = load_in_host(take_snapshot(figure, Rung.MIRROR_BY_VALUE))
    why = refused.stderr.splitlines()[-1].decode()

    localmodules.send_by_value(localmodules.lacking_package(why))
    shown = load_in_host(take_snapshot(figure, Rung.MIRROR_BY_VALUE))

    assert "mylibrary" in why
    assert shown.stdout.split() == [b"Thick", b"7.0"]


def test_only_a_package_that_is_loaded_here_is_one_that_the_host_lacks():
    why = "ModuleNotFoundError: No module named '{}'"

    assert localmodules.lacking_package(why.format("matplotlib.nothing")) == (
        "matplotlib"
    )
    assert localmodules.lacking_package(why.format("nowhere")) == ""
    assert localmodules.lacking_package("ValueError: no") == ""
