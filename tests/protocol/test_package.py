"""Importing the package is free, since kernel, server and host all do it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

import jlab_qtwindows

HEAVY = (
    "asyncio",
    "PyQt5",
    "PyQt6",
    "PySide6",
    "zmq",
    "tornado",
    "matplotlib",
    "numpy",
    "IPython",
    "jupyter_server",
)


@pytest.fixture
def loaded_after(tmp_path):
    """Return a function that tells which heavy packages a new process has loaded."""

    def run(statement):
        listing = f"import sys; print(*[m for m in {HEAVY} if m in sys.modules])"
        result = subprocess.run(
            [sys.executable, "-c", f"{statement}\n{listing}"],
            capture_output=True,
            text=True,
            timeout=60,
            cwd=tmp_path,
        )
        assert result.returncode == 0, result.stderr
        return set(result.stdout.split())

    return run


@pytest.mark.parametrize(
    "statement",
    [
        "import jlab_qtwindows",
        "import jlab_qtwindows; dir(jlab_qtwindows); jlab_qtwindows.__version__",
        "from jlab_qtwindows.protocol import errors, messages, model, wire; "
        "from jlab_qtwindows.protocol.meeting import connection, hoststate, launch",
        "import jlab_qtwindows.host.__main__; "
        "import jlab_qtwindows.protocol.environment.display",
        "import jlab_qtwindows; jlab_qtwindows.guard()",
    ],
    ids=["package", "version", "protocol", "host command", "guard"],
)
def test_importing_loads_nothing_heavy(loaded_after, statement):
    assert loaded_after(statement) == set()


def test_the_kernel_side_loads_no_qt_and_no_server(loaded_after):
    loaded = loaded_after("from jlab_qtwindows.kernel import api, backend, status")

    assert loaded == {"zmq", "matplotlib", "numpy"}


def test_the_host_speaks_without_asyncio(loaded_after):
    loaded = loaded_after("import jlab_qtwindows.host.wire.channel")

    assert "asyncio" not in loaded


def test_every_public_name_exists():
    for name in jlab_qtwindows.__all__:
        assert getattr(jlab_qtwindows, name) is not None
        assert name in dir(jlab_qtwindows)


@pytest.fixture
def page_of(tmp_path):
    """Return a function that gives what `help` shows, as a new process has it."""

    def render(name):
        result = subprocess.run(
            [sys.executable, "-m", "pydoc", name],
            capture_output=True,
            text=True,
            timeout=60,
            cwd=tmp_path,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    return render


def test_help_is_a_page_for_users(page_of):
    page = page_of("jlab_qtwindows")
    about, functions = page.split("\nFUNCTIONS\n")

    for name in set(jlab_qtwindows.__all__) - {"__version__"}:
        assert f"qtw.{name}(" in about
    for name in set(jlab_qtwindows.__all__) - {"__version__", "doctor"}:
        first = rf"^    {name}\(.*\n        [A-Z].*\.$"  # what it takes, and a sentence
        assert re.search(first, functions, re.MULTILINE)
    for internal in ("__getattr__", "__dir__", "importlib", "labextension_paths"):
        assert internal not in page


def test_help_of_the_doctor_is_for_users_too(page_of):
    page = page_of("jlab_qtwindows.doctor")

    assert "Check this kernel's environment, this machine" in page
    assert "qtw.doctor(quick=True)" in page
    assert "_Doctor" not in page


def test_any_other_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'no_such_name'"):
        _ = jlab_qtwindows.no_such_name
