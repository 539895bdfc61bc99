"""What a window does with a key waits until its program has seen what came first.

A click may begin a text, connect a callback or take the keys away from the window: only
the program knows, once its callbacks have run. GUI thread.
"""

from __future__ import annotations

import collections
import time
from typing import TYPE_CHECKING, NamedTuple

from jlab_qtwindows.host.qt import single_shot

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.host.qt import QtCore

__all__ = ["LIMIT", "PendingActions"]

LIMIT = 1.5  # s without an answer: the kernel is busy, and the window acts on its own
_MOST_WAITING = 1_000  # keys that lean on the keyboard makes; the oldest act first


class _Waiting(NamedTuple):
    """An action that has not run yet."""

    after: int  # serial of the event whose answer it waits for
    deadline: float  # s, monotonic; then it runs without
    action: Callable[[bool], bool]


class _Patient(NamedTuple):
    """An action that has run, and does nothing before the answer, however late."""

    after: int
    action: Callable[[bool], bool]


class PendingActions:
    """Actions in the order of their events, each after the answer to what came before.

    Where nothing is unanswered they run at once. An action is told whether the answer
    has come, and returns whether it is done; one that is not runs again with it.
    """

    def __init__(self, parent: QtCore.QObject) -> None:
        self._sent = 0  # serial of the newest event that the program has got
        self._answered = 0
        # s, monotonic: the first unanswered event, or the last answer.
        self._since = 0.0
        self._waiting: collections.deque[_Waiting] = collections.deque()
        self._patient: collections.deque[_Patient] = collections.deque(
            maxlen=_MOST_WAITING
        )
        self._timer = single_shot(parent, function=self._on_time)

    @property
    def sent(self) -> int:
        return self._sent

    @property
    def unanswered(self) -> bool:
        """Whether the program has yet to answer, and may be expected to."""
        return self._answered < self._sent and time.monotonic() - self._since < LIMIT

    def next_serial(self) -> int:
        """Return the number of an event that is sent now."""
        if self._answered == self._sent:
            self._since = time.monotonic()
        self._sent += 1
        return self._sent

    def run(self, action: Callable[[bool], bool], after: int) -> None:
        """Run it as soon as the events up to `after` are answered.

        An earlier one that does nothing before its answer is taken back: the user has
        gone on.
        """
        self._patient.clear()
        if not self._waiting and (after <= self._answered or not self.unanswered):
            self._run(action, after)
            return
        self._waiting.append(_Waiting(after, time.monotonic() + LIMIT, action))
        while len(self._waiting) > _MOST_WAITING:
            oldest = self._waiting.popleft()
            self._run(oldest.action, oldest.after)
        if not self._timer.isActive():
            self._start_timer()

    def answer(self, serial: int) -> None:
        """Note that the events up to this one are answered; run what has waited."""
        if not self._answered < serial <= self._sent:
            return
        self._answered = serial
        self._since = time.monotonic()
        while self._patient and self._patient[0].after <= serial:
            self._patient.popleft().action(True)
        while self._waiting and self._waiting[0].after <= serial:
            self._waiting.popleft().action(True)
        self._start_timer()

    def give_up(self) -> bool:
        """Expect no answer any more: what waits runs now.

        Returns whether something was dropped of which only the answer could have told
        whose it was.
        """
        self._run_all()
        self._answered = self._sent
        dropped = bool(self._patient)
        self._patient.clear()
        return dropped

    def forget(self) -> None:
        """Drop what waits: another figure comes, or none."""
        self._answered = self._sent
        self._patient.clear()
        self._waiting.clear()
        self._timer.stop()

    def _on_time(self) -> None:
        if self._waiting and self._waiting[0].deadline <= time.monotonic():
            self._run_all()
        else:
            self._start_timer()

    def _run_all(self) -> None:
        waiting, self._waiting = self._waiting, collections.deque()
        self._timer.stop()
        for one in waiting:
            self._run(one.action, one.after)

    def _run(self, action: Callable[[bool], bool], after: int) -> None:
        if not action(after <= self._answered):
            self._patient.append(_Patient(after, action))

    def _start_timer(self) -> None:
        self._timer.stop()
        if self._waiting:
            left = self._waiting[0].deadline - time.monotonic()
            self._timer.start(max(0, round(left * 1000)) + 1)
