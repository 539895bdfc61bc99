"""Check that both halves of the extension are enabled, and of one version.

The server's half is a Python package, JupyterLab's a folder of built files; each can be
disabled or updated without the other. In a thread of the doctor's pool.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.meeting.connection import CONNECTION_VARIABLE

from .line import Line, fault, ok, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["check_extensions"]

SERVER_NAME = "jlab_qtwindows"
LAB_NAME = "jlab-qtwindows"

_SERVER = "server extension"
_LAB = "lab extension"
_REINSTALL = (
    "pip install --force-reinstall --no-deps jlab-qtwindows, then reload the page"
)

# What comes before a release, as npm spells it and as Python does.
_STAGES = {"alpha": "a", "beta": "b", "c": "rc", "dev": ".dev"}


def check_extensions() -> Iterator[Line]:
    """Look at the configuration that a Jupyter server would read here."""
    try:
        version = importlib.metadata.version("jlab-qtwindows")
    except importlib.metadata.PackageNotFoundError:
        version = ""
    try:
        from jupyter_server.extension.config import ExtensionConfigManager
    except ImportError:
        yield _no_server()
        return
    yield _server_half(ExtensionConfigManager, version)
    try:
        yield from _lab_half(version)
    except ImportError as error:
        yield warning(
            _LAB,
            f"JupyterLab is not installed here: {error}",
            "pip install jupyterlab, or use Jupyter without the panel",
        )


def _no_server() -> Line:
    if os.environ.get(CONNECTION_VARIABLE):
        return ok(
            _SERVER, "not of this environment; the server that started this one has it"
        )
    return warning(
        _SERVER,
        "jupyter_server is not installed here, so that nothing is known of it",
        "run the doctor also in the environment in which Jupyter is started",
    )


def _server_half(config_manager: Any, version: str) -> Line:
    from jupyter_core.paths import jupyter_config_path

    configured = config_manager(read_config_path=jupyter_config_path())
    enabled = configured.get_jpserver_extensions().get(SERVER_NAME)
    if enabled is None:
        return fault(
            _SERVER,
            "no configuration file of this Jupyter names it",
            _REINSTALL,
        )
    if not enabled:
        return fault(
            _SERVER,
            "disabled: no window process is started, and the panel stays empty",
            f"jupyter server extension enable {SERVER_NAME} (with --user or "
            "--sys-prefix as it was disabled), then restart the server",
        )
    return ok(_SERVER, f"{version or 'of unknown version'}, enabled")


def _lab_half(version: str) -> Iterator[Line]:
    from jupyter_core.paths import jupyter_path
    from jupyterlab.commands import get_app_dir  # type: ignore[import-untyped]
    from jupyterlab_server.config import get_federated_extensions, get_page_config

    folders = jupyter_path("labextensions")
    found = get_federated_extensions(folders).get(LAB_NAME)
    if found is None:
        yield fault(_LAB, "not installed: there is no panel", _REINSTALL)
        return
    settings = str(Path(get_app_dir(), "settings"))
    disabled = [
        name
        for name in get_page_config(folders, settings).get("disabledExtensions", [])
        if name.partition(":")[0] == LAB_NAME
    ]
    for name in disabled:
        whole = name == LAB_NAME
        line = fault if whole else warning
        yield line(
            _LAB,
            "disabled: there is no panel" if whole else f"its part {name} is disabled",
            f"jupyter labextension enable {name} (with --level as it was disabled), "
            "then reload the page",
        )
    if version and _as_python(found["version"]) != _as_python(version):
        yield fault(
            _LAB,
            f"of version {found['version']}, the server extension of {version} "
            f"({found['ext_path']})",
            _REINSTALL,
        )
    elif not disabled:
        yield ok(_LAB, f"{found['version']}, enabled")


def _as_python(version: str) -> str:
    """Return a version as Python spells it: 0.2.0a1 of npm's 0.2.0-alpha.1."""
    match = re.fullmatch(
        r"(\d+(?:\.\d+)*)[-.]?(alpha|beta|a|b|rc|c|dev)[-.]?(\d*)", version.lower()
    )
    if match is None:
        return version
    numbers, stage, count = match.groups()
    return f"{numbers}{_STAGES.get(stage, stage)}{int(count or 0)}"
