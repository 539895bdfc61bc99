"""The table of docs/messages.md; run, it writes it there."""

from __future__ import annotations

import re
from pathlib import Path

from jlab_qtwindows.protocol import messages
from jlab_qtwindows.protocol.message import HOST, KERNEL, MESSAGE_TYPES, SERVER

PAGE = Path(__file__).resolve().parents[2] / "docs" / "messages.md"
_TABLE = re.compile(r"(?:^\|.*\n)+", re.MULTILINE)
_HEAD = "| message | kernel | server | host | what it says | file |\n"
_LINE = "|---|---|---|---|---|---|\n"


def table():
    """Return who may send what, with the first line of each message's docstring."""
    kinds = [MESSAGE_TYPES[name] for name in messages.__all__ if name in MESSAGE_TYPES]
    kinds.sort(key=lambda kind: (kind.__module__, kind.__name__))
    return _HEAD + _LINE + "".join(map(_row, kinds))


def table_on_the_page():
    return "".join(_TABLE.findall(PAGE.read_text()))


def _row(kind):
    may = ("yes" if who in kind.senders else "" for who in (KERNEL, SERVER, HOST))
    says = kind.__doc__.partition("\n")[0].replace("|", "\\|")
    file = kind.__module__.rpartition(".")[2]
    return f"| `{kind.__name__}` | {' | '.join(may)} | {says} | `{file}.py` |\n"


if __name__ == "__main__":
    PAGE.write_text(_TABLE.sub(lambda old: table(), PAGE.read_text()))
