"""Matplotlib's source distribution of the installed version, fetched once.

It has the gallery and the tests, which a wheel has not. pip finds and checks it; what
is unpacked lies below build/ and is never a part of this repository.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import matplotlib as mpl

FETCH_TIMEOUT = 600.0  # s, 40 MB over a slow line

_HERE = Path(__file__).parent
BUILD = _HERE.parents[1] / "build" / "fidelity"


def matplotlib_source() -> Path:
    """Return the unpacked source distribution."""
    folder = BUILD / f"matplotlib-{mpl.__version__}"
    if not folder.exists():
        BUILD.mkdir(parents=True, exist_ok=True)
        _unpack(_fetch(), folder)
    return folder


def _fetch() -> Path:
    found = list(BUILD.glob(f"matplotlib-{mpl.__version__}.tar.*"))
    if not found:
        subprocess.run(
            [
                *(sys.executable, "-m", "pip", "download", "-q", "--no-deps"),
                *("--no-binary", "matplotlib", "--no-build-isolation"),
                *("--dest", str(BUILD), f"matplotlib=={mpl.__version__}"),
            ],
            env={**os.environ, "PYTHONPATH": str(_HERE / "metadata")},
            check=True,
            timeout=FETCH_TIMEOUT,
        )
        found = list(BUILD.glob(f"matplotlib-{mpl.__version__}.tar.*"))
    return found[0]


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack what is needed; whoever comes second finds it whole."""
    unfinished = folder.with_name(f"{folder.name}.{os.getpid()}")
    with tarfile.open(archive) as tar:
        wanted = [
            member
            for member in tar.getmembers()
            if Path(*Path(member.name).parts[1:]).is_relative_to("galleries")
            or Path(*Path(member.name).parts[1:]).is_relative_to("doc/_static")
            or Path(member.name).match("lib/matplotlib/tests/*.py")
        ]
        tar.extractall(unfinished, wanted, filter="data")
    try:
        (unfinished / folder.name).rename(folder)
    except OSError:
        if not folder.exists():
            raise
