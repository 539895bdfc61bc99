"""Fixtures that every test may use."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytest_plugins = ["pytest_jupyter.jupyter_server"]

LIMIT = 30.0  # s, for anything that is expected to happen; not a measure of it


@pytest.fixture
def eventually() -> Callable[..., Any]:
    """Wait until a function returns something true; fail with what it returned last."""

    def wait(function: Callable[[], Any], limit: float = LIMIT) -> Any:
        end = time.monotonic() + limit
        while not (value := function()):
            assert time.monotonic() < end, f"still {value!r} after {limit:.0f} s"
            time.sleep(0.002)
        return value

    return wait
