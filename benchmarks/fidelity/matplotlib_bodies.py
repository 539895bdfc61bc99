"""The bodies of Matplotlib's tests of interactive backends, with our backend.

Copied beside `bodies`, Matplotlib's test module, and collected by pytest there. Each
body runs in a process of its own and starts a window host of its own.
"""

from __future__ import annotations

from typing import Any

import bodies
import pytest

ENVIRONMENT = {"MPLBACKEND": "qtwindows", "BACKEND_DEPS": "PyQt5"}

TARGETS = pytest.mark.parametrize(
    ("target", "kwargs"), [("show", {"block": True}), ("pause", {"interval": 10})]
)


@pytest.mark.parametrize("toolbar", ["toolbar2", "toolmanager"])
def test_interactive_backend(toolbar: str) -> None:
    """Check a window from its opening to its closing by a key."""
    bodies.test_interactive_backend({**ENVIRONMENT}, toolbar)


def test_interactive_thread_safety() -> None:
    """Check that other threads may plot and draw."""
    bodies.test_interactive_thread_safety({**ENVIRONMENT})


def test_blitting_events() -> None:
    """Check the number of drawings of a program that blits."""
    bodies.test_blitting_events({**ENVIRONMENT})


def test_interactive_timers() -> None:
    """Check repeating and single-shot timers."""
    bodies.test_interactive_timers({**ENVIRONMENT})


def test_lazy_linux_headless() -> None:
    """Check that nothing chooses the backend where there is no display."""
    bodies.test_lazy_linux_headless({**ENVIRONMENT})


@TARGETS
def test_sigint(target: str, kwargs: dict[str, Any]) -> None:
    """Check that an interrupt ends what waits for windows."""
    bodies.test_sigint({**ENVIRONMENT}, target, kwargs)


@TARGETS
def test_other_signal_before_sigint(
    target: str, kwargs: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    """Check that an interrupt does so after another signal."""
    bodies.test_other_signal_before_sigint({**ENVIRONMENT}, target, kwargs, request)
