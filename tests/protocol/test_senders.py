"""Each process makes only the messages that it may send."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from messagepage import table, table_on_the_page

import jlab_qtwindows
from jlab_qtwindows.protocol import messages
from jlab_qtwindows.protocol.message import HOST, KERNEL, MESSAGE_TYPES, SERVER

PACKAGE = Path(jlab_qtwindows.__file__).parent


def made_in(folder):
    """Return the names of the messages that the code below a folder makes."""
    for file in (PACKAGE / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in MESSAGE_TYPES:
                    yield name


@pytest.mark.parametrize("process", [KERNEL, SERVER, HOST])
def test_a_process_makes_only_what_it_may_send(process):
    made = set(made_in(process))

    assert made
    for name in made:
        assert process in MESSAGE_TYPES[name].senders, name


def test_every_message_is_made_by_somebody():
    made = {name for process in (KERNEL, SERVER, HOST) for name in made_in(process)}

    assert set(messages.MESSAGE_TYPES) - made == set()


def test_the_page_of_the_docs_has_the_same_table():
    assert table_on_the_page() == table(), "python tests/protocol/messagepage.py"
