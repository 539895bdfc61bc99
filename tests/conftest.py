"""Fixtures that every test may use."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Any

import pexpect
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from desktop import Desktop

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


@pytest.fixture(scope="session")
def desktop() -> Iterator[Desktop]:
    """Xvfb and openbox, for all tests of the session."""
    from desktop import virtual_desktop

    with virtual_desktop() as found:
        yield found


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Return a function that starts Python in a terminal, in the test's folder.

    Its words are arguments of Python; `env` takes the place of our environment.
    """
    started = []
    basic = {
        "TERM": "xterm",
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "PYTHON_BASIC_REPL": "1",
        "PROMPT_TOOLKIT_NO_CPR": "1",  # nobody answers it here
    }

    def start(*arguments: str, env: dict[str, str] | None = None) -> Any:
        child = pexpect.spawn(
            sys.executable,
            list(arguments),
            cwd=str(tmp_path),
            env={**(env or os.environ), **basic},
            encoding="utf-8",
            timeout=2 * LIMIT,
            dimensions=(50, 200),
            # Ignored by all that a shell has started in the background.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        started.append(child)
        return child

    yield start
    for child in started:
        if child.isalive():
            # `close` waits a tenth of a second for the end, which may take longer.
            child.kill(signal.SIGKILL)
            child.wait()
        child.close()
