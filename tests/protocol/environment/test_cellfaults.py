"""Which versions of ipykernel run cells wrongly beside a GUI loop."""

from __future__ import annotations

import pytest

from jlab_qtwindows.protocol.environment.cellfaults import (
    CellFault,
    cell_fault,
    version_numbers,
)


@pytest.mark.parametrize(
    ("version", "fault"),
    [
        ("5.5.6", CellFault.REFUSES),
        ("6.29.2", CellFault.REFUSES),
        ("6.29.3", CellFault.NONE),
        ("6.31.0", CellFault.NONE),
        ("7.0.0", CellFault.EMPTY_WINDOWS),
        ("7.1.0a1", CellFault.LOSES),
        ("7.4.0", CellFault.LOSES),
        ("7.5.0", CellFault.UNKNOWN),
        ("8.0", CellFault.UNKNOWN),
        ("", CellFault.NONE),
        ("unknown", CellFault.NONE),
    ],
)
def test_each_version_has_the_fault_of_its_series(version, fault):
    assert cell_fault(version) is fault


def test_only_faults_that_were_seen_are_known():
    assert [fault for fault in CellFault if not fault.is_known] == [
        CellFault.NONE,
        CellFault.UNKNOWN,
    ]


def test_numbers_end_where_the_text_begins():
    assert version_numbers("7.1.0a1") == (7, 1, 0)
    assert version_numbers("main") == ()
