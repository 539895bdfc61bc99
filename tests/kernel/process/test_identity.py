"""A kernel knows itself by what Jupyter gave it."""

from __future__ import annotations

import platform
import sys
import sysconfig
from pathlib import Path
from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pytest

from jlab_qtwindows.kernel.process import identity

SCRIPTS = Path(sysconfig.get_path("scripts"))


class Kernel:
    """What of an ipykernel is looked at."""

    def __init__(self, connection_file="/run/kernel-1234-abcd.json", metadata=None):
        self.parent = SimpleNamespace(connection_file=connection_file)
        self._metadata = metadata

    def get_parent(self, channel):
        assert channel == "shell"
        if isinstance(self._metadata, Exception):
            raise self._metadata
        return {"metadata": self._metadata}


@pytest.fixture
def run_in(monkeypatch):
    """Return a function that puts this process into an IPython shell."""

    def set_shell(**attributes):
        shell = SimpleNamespace(**attributes)
        module = SimpleNamespace(get_ipython=lambda: shell)
        monkeypatch.setitem(sys.modules, "IPython", module)

    return set_shell


@pytest.fixture
def script(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython", raising=False)


def test_a_kernels_id_is_in_the_name_of_its_connection_file(run_in):
    run_in(kernel=Kernel())

    assert identity.kernel_id() == "1234-abcd"


@pytest.mark.parametrize("name", ["", "/run/other.json"])
def test_any_other_process_has_one_id_of_its_own(run_in, name, script):
    own = identity.kernel_id()
    run_in(kernel=Kernel(name))

    assert identity.kernel_id() == own
    assert len(own) == 32


def test_the_notebook_is_what_the_session_says(run_in, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "work/a.ipynb")
    run_in(kernel=Kernel())

    assert identity.notebook() == "work/a.ipynb"


def test_a_kernel_without_a_session_has_no_notebook(run_in):
    run_in(kernel=Kernel())

    assert identity.notebook() == ""


def test_a_script_is_named_by_its_path(script, monkeypatch):
    monkeypatch.setitem(sys.modules, "__main__", SimpleNamespace(__file__="/a/b.py"))
    assert identity.notebook() == "/a/b.py"

    monkeypatch.setitem(sys.modules, "__main__", SimpleNamespace())
    assert identity.notebook() == ""


@pytest.mark.parametrize("file", ["__main__.py", "train/__main__.py"])
def test_a_package_that_is_run_is_named_by_its_folder(
    script, monkeypatch, tmp_path, file
):
    path = tmp_path / file
    monkeypatch.setitem(sys.modules, "__main__", SimpleNamespace(__file__=str(path)))

    assert identity.notebook() == str(path.parent)


def test_a_tool_that_is_installed_works_where_it_was_started(
    script, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    for file in (Path(pytest.__file__).with_name("__main__.py"), SCRIPTS / "pytest"):
        main = SimpleNamespace(__file__=str(file))
        monkeypatch.setitem(sys.modules, "__main__", main)

        assert identity.notebook() == str(tmp_path / "pytest")


def test_cells_are_numbered_and_a_script_is_one_cell(run_in, script):
    assert identity.cell_number() == 0

    run_in(execution_count=7)

    assert identity.cell_number() == 7


def test_the_cells_id_is_found_where_jupyterlab_sent_one(run_in):
    run_in(kernel=Kernel(metadata={"cellId": "c1"}))

    assert identity.cell_id() == "c1"


@pytest.mark.parametrize(
    "metadata", [None, {}, {"cellId": 5}, RuntimeError("no parent")]
)
def test_without_a_cell_id_there_is_none(run_in, metadata):
    run_in(kernel=Kernel(metadata=metadata))

    assert identity.cell_id() is None


def test_a_script_has_no_cell_id(script):
    assert identity.cell_id() is None


def test_versions_are_those_of_this_process():
    assert identity.versions() == {
        "python": platform.python_version(),
        "matplotlib": mpl.__version__,
        "numpy": np.__version__,
    }


def test_ipython_is_never_imported(script):
    assert identity.ipython() is None
    assert "IPython" not in sys.modules


def test_ipython_that_another_thread_is_importing_is_not_there_yet(monkeypatch):
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace())

    assert identity.ipython() is None
    assert identity.cell_number() == 0
