"""The clock by which figures are followed: `time`, or one set by a test. Any thread."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Clock"]


class Clock(Protocol):
    """What is asked of `time`; s."""

    def monotonic(self) -> float: ...

    def process_time(self) -> float: ...

    def thread_time(self) -> float: ...
