"""The list of private names is that of the code, and of the page of the docs."""

from __future__ import annotations

import pytest
from namespage import tables, tables_on_the_page
from nameuses import private_names

from jlab_qtwindows.protocol.privatenames import HOST, KERNEL, lacking


@pytest.fixture(scope="module")
def used():
    return private_names()


@pytest.fixture(scope="module")
def listed():
    names = {name for entry in (*KERNEL, *HOST) for name in entry.names}
    return {part for name in names for part in name.split(".") if part[0] == "_"}


def test_each_private_name_that_the_code_uses_is_listed(used, listed):
    unlisted = {name: files for name, files in used.items() if name not in listed}

    assert not unlisted


def test_each_listed_name_is_used(used, listed):
    assert not listed - used.keys()


def test_each_listed_name_is_there_in_the_versions_that_should_have_it():
    assert not [f"{e.owner}.{name}" for e, name in lacking((*KERNEL, *HOST))]


def test_the_page_of_the_docs_has_the_same_tables():
    assert tables_on_the_page() == tables(), "python tests/privatenames/namespage.py"
