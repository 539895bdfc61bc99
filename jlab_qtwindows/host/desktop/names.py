"""Short names of notebooks, scripts and consoles, for titles of windows. GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jlab_qtwindows.protocol.model import clip

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["short_name", "short_names"]


def short_name(notebook: str) -> str:
    """Return the name of a file; that of a notebook without its suffix."""
    path = Path(notebook)
    return clip(path.stem if path.suffix == ".ipynb" else path.name)


def short_names(notebooks: Iterable[str]) -> dict[str, str]:
    """Return the short name of each, with as much of its folder as no other has."""
    folders = {notebook: Path(notebook).parent.parts for notebook in notebooks}
    return {notebook: _short_name(notebook, folders) for notebook in folders}


def _short_name(notebook: str, folders: dict[str, tuple[str, ...]]) -> str:
    name, own = short_name(notebook), folders[notebook]
    alike = [
        folder
        for other, folder in folders.items()
        if other != notebook and short_name(other) == name
    ]
    count = 0
    while count < len(own) and any(_end(f, count) == _end(own, count) for f in alike):
        count += 1
    return clip("/".join((*_end(own, count), name)))


def _end(folder: tuple[str, ...], count: int) -> tuple[str, ...]:
    return folder[-count:] if count else ()
