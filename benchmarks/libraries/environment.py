"""The environments of pinned releases in build/libraries, made when they change.

The requirements are installed group by group, a group that fails one by one, so that a
library that cannot be installed does not take the others with it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "libraries"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")

LIMIT = 900.0  # s for one group
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Environment:
    """Where its Python is, and what is installed."""

    python: Path
    versions: dict[str, str]  # by the normalized name of the distribution
    failures: dict[str, str] = field(default_factory=dict)  # why one is not

    def version(self, distribution: str) -> str:
        return self.versions.get(normalized(distribution), "")


def normalized(name: str) -> str:
    """Return the name as package indexes compare them."""
    return re.sub(r"[-_.]+", "-", name).lower()


def groups(text: str) -> list[list[str]]:
    """Return the requirements by paragraph, without comments."""
    paragraphs = re.split(r"\n\s*\n", text)
    found = [
        [line.partition("#")[0].strip() for line in paragraph.splitlines()]
        for paragraph in paragraphs
    ]
    return [lines for group in found if (lines := list(filter(None, group)))]


def prepare() -> Environment:
    """Return the environment; makes it anew if the requirements have changed."""
    return _prepare(BUILD / "environment", groups(_text()))


def prepare_host() -> Path:
    """Return the Python of an environment with the first group alone, for the host."""
    return _prepare(BUILD / "host", groups(_text())[:1]).python


def _text() -> str:
    return REQUIREMENTS.read_text(encoding="utf-8")


def _prepare(folder: Path, wanted: list[list[str]]) -> Environment:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = project.partition("[dependency-groups]")[0]  # not what is for us alone
    key = hashlib.sha256(f"{sys.version}{wanted}{project}".encode()).hexdigest()
    python, stamp = folder / "bin" / "python", folder / "installed.json"
    if stamp.exists():
        state = json.loads(stamp.read_text(encoding="utf-8"))
        if state["key"] == key:
            return Environment(python, _versions(python), state["failures"])
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    failures = _install(python, wanted)
    stamp.write_text(json.dumps({"key": key, "failures": failures}), encoding="utf-8")
    return Environment(python, _versions(python), failures)


def _install(python: Path, wanted: list[list[str]]) -> dict[str, str]:
    """Install the project with the first group, then the others."""
    first, *others = wanted
    error = _pip(python, "--upgrade", "pip") or _pip(python, str(_source()), *first)
    if error:
        raise RuntimeError(f"the project cannot be installed: {error}")
    failures = {}
    for group in others:
        print(f"installing {' '.join(group)}", flush=True)
        if not _pip(python, *first, *group):
            continue
        for requirement in group:
            error = _pip(python, *first, requirement)
            if error:
                name = _NAME.match(requirement)
                failures[normalized(name[0] if name else requirement)] = error
    return failures


def _source() -> Path:
    """Return a copy of what is installed of the project, without its panel.

    What runs is the work tree, by PYTHONPATH; this gives dependencies and entry points.
    """
    folder = BUILD / "source"
    shutil.rmtree(folder, ignore_errors=True)
    panel = shutil.ignore_patterns("labextension", "__pycache__")
    shutil.copytree(ROOT / "jlab_qtwindows", folder / "jlab_qtwindows", ignore=panel)
    (folder / "jlab_qtwindows" / "labextension").mkdir()
    (folder / "labextension").mkdir()
    for name in (
        *("pyproject.toml", "README.md", "LICENSE"),
        *("labextension/package.json", "labextension/install.json"),
    ):
        shutil.copy(ROOT / name, folder / name)
    return folder


def _pip(python: Path, *arguments: str) -> str:
    """Install; returns pip's error in one line, "" if there was none."""
    command = [python, *("-m", "pip", "install", "-q", "--prefer-binary"), *arguments]
    environment = {
        **os.environ,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "SKIP_JUPYTER_BUILDER": "1",
    }
    try:
        ended = subprocess.run(
            command,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"not installed within {LIMIT:.0f} s"
    if not ended.returncode:
        return ""
    said = [line for line in ended.stderr.splitlines() if line.startswith("ERROR:")]
    return said[0].removeprefix("ERROR:").strip() if said else "pip failed"


def _versions(python: Path) -> dict[str, str]:
    listed = subprocess.run(
        [
            python,
            *("-m", "pip", "list", "--format=json", "--disable-pip-version-check"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return {
        normalized(each["name"]): each["version"] for each in json.loads(listed.stdout)
    }
