"""Where the pictures of each notebook are saved. GUI thread."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["SaveFolders"]

_MOST = 1000  # notebooks


class SaveFolders:
    """The folders that the user has chosen last, for all windows of the host."""

    def __init__(self) -> None:
        self._chosen: dict[str, str] = {}  # by notebook

    def find(self, notebook: str) -> str:
        """Return where the user has saved last from this notebook, or where it lies.

        "" for a program without a file, and for a folder that cannot be written to.
        """
        chosen = self._chosen.get(notebook, "")
        folders = (Path(chosen), Path(notebook).parent)
        return next(map(str, filter(_can_be_saved_in, folders)), "")

    def rename(self, before: str, after: str) -> None:
        """Know the choice for a notebook of another name."""
        if before in self._chosen:
            self._chosen[after] = self._chosen.pop(before)

    def note(self, notebook: str, folder: str) -> None:
        """Note where the user has saved a figure of this notebook."""
        self._chosen.pop(notebook, None)
        self._chosen[notebook] = folder
        if len(self._chosen) > _MOST:
            del self._chosen[next(iter(self._chosen))]


def _can_be_saved_in(folder: Path) -> bool:
    # It may have been removed since, and "" is no folder.
    return folder.is_absolute() and folder.is_dir() and os.access(folder, os.W_OK)
