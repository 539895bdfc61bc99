"""The two halves of the extension: disabled by Jupyter's own commands, or unequal."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
from pathlib import Path

import pytest
from jupyter_core.paths import jupyter_path
from jupyterlab_server.config import get_federated_extensions

from jlab_qtwindows.doctor.extensions import check_extensions

pytestmark = pytest.mark.e2e

LIMIT = 60.0  # s


@pytest.fixture(autouse=True)
def own_folders(variables, monkeypatch):
    """Let the user's folders, empty ones here, come before the environment's."""
    variables["JUPYTER_PREFER_ENV_PATH"] = "0"
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def jupyter(variables):
    """Return a function that runs a command of Jupyter."""

    def run(*command):
        subprocess.run(
            [Path(sys.executable).parent / "jupyter", *command],
            env={**variables, "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"},
            check=True,
            capture_output=True,
            timeout=LIMIT,
        )

    return run


@pytest.fixture
def users_server_config(variables):
    """Name the extension where the user's commands look for it."""
    folder = Path(variables["JUPYTER_CONFIG_DIR"], "jupyter_server_config.d")
    folder.mkdir()
    enabled = {"ServerApp": {"jpserver_extensions": {"jlab_qtwindows": True}}}
    (folder / "jlab_qtwindows.json").write_text(json.dumps(enabled))


def halves():
    server, lab = check_extensions()
    assert (server.subject, lab.subject) == ("server extension", "lab extension")
    return server, lab


def test_an_installation_of_one_piece_is_well():
    assert [line.level for line in halves()] == ["ok", "ok"]


def test_a_disabled_server_extension_is_a_fault(jupyter, users_server_config):
    jupyter("server", "extension", "disable", "--user", "jlab_qtwindows")

    server, lab = halves()

    assert (server.level, lab.level) == ("fault", "ok")
    assert server.remedy.startswith("jupyter server extension enable jlab_qtwindows")

    jupyter("server", "extension", "enable", "--user", "jlab_qtwindows")
    assert halves()[0].level == "ok"


def test_a_disabled_lab_extension_is_a_fault(jupyter):
    jupyter("labextension", "disable", "--level=user", "jlab-qtwindows")

    server, lab = halves()

    assert (server.level, lab.level) == ("ok", "fault")
    assert lab.remedy.startswith("jupyter labextension enable jlab-qtwindows")

    jupyter("labextension", "enable", "--level=user", "jlab-qtwindows")
    assert halves()[1].level == "ok"


def test_a_disabled_part_is_a_warning(jupyter):
    jupyter("labextension", "disable", "--level=user", "jlab-qtwindows:running")

    lab = halves()[1]

    assert lab.level == "warning"
    assert "jlab-qtwindows:running" in lab.finding


@pytest.fixture
def install_panel(variables):
    """Return a function that installs a panel of a version; it returns its folder."""

    def install(version):
        installed = get_federated_extensions(jupyter_path("labextensions"))
        source = Path(installed["jlab-qtwindows"]["ext_path"], "package.json")
        folder = Path(variables["JUPYTER_DATA_DIR"], "labextensions", "jlab-qtwindows")
        folder.mkdir(parents=True)
        package = {**json.loads(source.read_text()), "version": version}
        (folder / "package.json").write_text(json.dumps(package))
        return folder

    return install


@pytest.mark.parametrize(
    ("npm", "python", "level"),
    [
        ("0.2.0-alpha.1", "0.2.0a1", "ok"),
        ("0.2.0-beta.0", "0.2.0b0", "ok"),
        ("0.2.0-rc.12", "0.2.0rc12", "ok"),
        ("0.2.0-dev.3", "0.2.0.dev3", "ok"),
        ("0.2.0a1", "0.2.0a1", "ok"),
        ("0.2.0-alpha.1", "0.2.0a2", "fault"),
        ("0.2.0-alpha.1", "0.2.0", "fault"),
    ],
)
def test_npm_and_python_may_spell_one_version_differently(
    install_panel, monkeypatch, npm, python, level
):
    install_panel(npm)
    version = importlib.metadata.version
    monkeypatch.setattr(
        "importlib.metadata.version",
        lambda name: python if name == "jlab-qtwindows" else version(name),
    )

    assert halves()[1].level == level


def test_a_panel_of_another_version_is_a_fault(install_panel):
    folder = install_panel("0.0.9")

    server, lab = halves()

    assert (server.level, lab.level) == ("ok", "fault")
    assert "of version 0.0.9" in lab.finding
    assert str(folder) in lab.finding
