"""Stands in for Matplotlib's build backend, so that pip need not build anything.

pip asks the backend for the metadata of a source distribution before it hands it over;
the answer lies in the distribution itself. Run by pip, in a process of its own.
"""

from __future__ import annotations

import shutil
from pathlib import Path


def prepare_metadata_for_build_wheel(directory: str, settings: object = None) -> str:
    """Copy the metadata that the distribution brings along."""
    folder = Path(directory, "matplotlib.dist-info")
    folder.mkdir()
    shutil.copy("PKG-INFO", folder / "METADATA")
    return folder.name
