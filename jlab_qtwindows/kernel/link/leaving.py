"""Leaving: a program goes on when what it has drawn has left this process, or soon.

What follows may keep the interpreter for long, in compiled code. Whichever thread lets
events in waits here (`flush_events`, `pause`, `show`), for the I/O thread.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from jlab_qtwindows.kernel.follow import safepoint

if TYPE_CHECKING:
    from .conversation import Conversation

__all__ = ["Leaving"]

LONGEST = 0.100  # s that a program which has drawn waits for its state to be sent
SELDOM = 0.250  # s between two such waits of a program that does not draw in a loop


class Leaving:
    """Waits for states to be sent."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._looked = threading.Event()  # set after each look of the I/O thread
        self._ended = False
        self._let_go_at = 0.0  # s
        self._waits_again_at = 0.0  # s

    def on_look(self) -> None:
        """Have those who wait look, too; I/O thread."""
        if not self._looked.is_set():
            self._looked.set()

    def end(self) -> None:
        """Wait for nothing from now on: the I/O thread ends."""
        self._ended = True

    @safepoint.parks
    def let_go(self) -> None:
        """Return when what is ready to be shown has left this process, or soon.

        A state that has been taken is sent at once. One that has not is waited for only
        where the program asks seldom, and for a share of its time as small as the
        budget.
        """
        began = time.monotonic()
        seldom = began - self._let_go_at >= SELDOM and began >= self._waits_again_at
        self._let_go_at = began
        if self._conversation.moments is not None:
            seldom = False  # the I/O thread takes nothing that could be waited for
        if self._conversation.welcome is None or not self._any_leaves(seldom):
            return
        while (left := began + LONGEST - time.monotonic()) > 0:
            self._looked.clear()
            if not self._any_leaves(seldom):
                break
            self._looked.wait(left)
        if seldom:
            ended = time.monotonic()
            share = self._conversation.taker.settings.budget
            self._waits_again_at = ended + (ended - began) / share

    def _any_leaves(self, soon: bool) -> bool:
        """Return whether a state is just being sent, or will be `soon`."""
        budget = self._conversation.taker.budget
        if soon and budget.wait(time.monotonic()) > LONGEST:
            soon = False
        return not self._ended and any(
            followed.opened
            and (followed.is_leaving() or (soon and followed.has_unsent_state()))
            for followed in list(self._conversation.figures.values())
        )
