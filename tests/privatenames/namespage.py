"""The tables of docs/private-names.md; run, it writes them there."""

from __future__ import annotations

import re
from pathlib import Path

from jlab_qtwindows.protocol.privatenames import HOST, KERNEL

PAGE = Path(__file__).resolve().parents[2] / "docs" / "private-names.md"
_TABLE = re.compile(r"(?:^\|.*\n)+", re.MULTILINE)
_HEAD = "| name | used for | what happens without |\n|---|---|---|\n"


def tables():
    """Return the two tables of the page: of kernels, and of the window process."""
    return [_HEAD + "".join(map(_row, entries)) for entries in (KERNEL, HOST)]


def tables_on_the_page():
    return _TABLE.findall(PAGE.read_text())


def _row(entry):
    names = ", ".join(f"`{entry.short_owner}.{name}`" for name in entry.names)
    return f"| {names}{_versions(entry)} | {entry.used_for} | {entry.without} |\n"


def _versions(entry):
    words = [f"from {_dotted(entry.since)} on"] if entry.since else []
    words += [f"below {_dotted(entry.until)}"] if entry.until else []
    return f" ({entry.package} {' and '.join(words)})" if words else ""


def _dotted(version):
    return ".".join(map(str, version))


if __name__ == "__main__":
    new = iter(tables())
    PAGE.write_text(_TABLE.sub(lambda old: next(new), PAGE.read_text()))
