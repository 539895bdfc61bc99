"""The window of one figure, as this process knows it.

Any thread reads. Each method says who writes: whole attributes, which need no lock.
"""

from __future__ import annotations

import itertools
from typing import Any

__all__ = ["WindowState"]

_next_raise = itertools.count(1).__next__


class WindowState:
    """Whether there is a window, what it is called, and by whom it is managed."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.opened = False
        self.closing = False  # the user has closed the window, the figure not yet
        self.closed = False  # the figure is
        self.raised = 0  # which of the wishes to raise a window was its last
        self.has_toolbar = True
        self.manager: Any = None

    # -- the thread that makes the figure ----------------------------------------------

    def manage(self, manager: Any, *, has_toolbar: bool) -> None:
        """Have it managed, from now on; the manager is complete."""
        self.manager, self.has_toolbar = manager, has_toolbar

    # -- any thread --------------------------------------------------------------------

    def rename(self, title: str) -> None:
        """Give it another title."""
        self.title = title

    def raise_last(self) -> None:
        """Raise it after all that have been raised before."""
        self.raised = _next_raise()

    def may_open(self) -> bool:
        """Return whether there is none, and none that the user has just closed."""
        return not (self.opened or self.closing)

    def open(self) -> None:
        """Have one: what waits for it is sent from here on."""
        self.opened = True

    def close(self) -> bool:
        """Have none any more, as the figure is closed; return whether there was one."""
        self.closed = True
        opened, self.opened = self.opened, False
        return opened

    # -- I/O thread --------------------------------------------------------------------

    def close_by_user(self) -> None:
        """Have none, at once: the next state must not open it again."""
        self.opened = False
        self.closing = True
