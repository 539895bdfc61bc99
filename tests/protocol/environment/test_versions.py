"""When kernel and host are too different for pickles of figures."""

from __future__ import annotations

import pytest

from jlab_qtwindows.protocol.environment.versions import Versions, difference

HOST = Versions(python="3.11.7", matplotlib="3.10.1", numpy="2.1.0")


@pytest.mark.parametrize(
    "kernel",
    [HOST, {**HOST, "python": "3.11.2", "matplotlib": "3.10.9", "numpy": "2.4.6"}],
    ids=["equal", "of the same series"],
)
def test_versions_of_one_series_go_together(kernel):
    assert difference(kernel, HOST) == ""


@pytest.mark.parametrize(
    ("name", "version", "words"),
    [
        ("python", "3.12.0", "the kernel has Python 3.12.0, the window process 3.11.7"),
        ("matplotlib", "3.9.4", "the kernel has Matplotlib 3.9.4, the window process"),
        ("numpy", "1.26.4", "the kernel has numpy 1.26.4, the window process 2.1.0"),
    ],
)
def test_other_versions_are_told(name, version, words):
    assert difference({**HOST, name: version}, HOST).startswith(words)
