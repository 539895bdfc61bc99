"""The I/O thread: does what there is to do, then sleeps until the next thing.

Any thread may start, wake and stop it. It alone owns the sockets; in it figures are
followed, and what the host says is acted on.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

import zmq

from jlab_qtwindows.kernel.process.gil import gil_is_on
from jlab_qtwindows.kernel.process.words import admit
from jlab_qtwindows.kernel.snapshot.snapshot import prepare

if TYPE_CHECKING:
    from collections.abc import Callable

    from jlab_qtwindows.kernel.input.alarms import Alarms
    from jlab_qtwindows.kernel.input.prompts import Prompts

    from .conversation import Conversation
    from .finder import HostFinder
    from .leaving import Leaving
    from .link import Link

__all__ = ["IoThread"]

logger = logging.getLogger(__name__)

SHORT_SLEEP = 0.020  # s; the thread looks again so soon that nobody needs to wake it
_STOP_TIMEOUT = 2.0  # s
_FAILURES_IN_A_ROW = 5  # turns that fail before the thread gives up
_SYSTEMS = (OSError, zmq.ZMQError)  # no descriptors are left, for one: no fault of ours


class IoThread:
    """Has turns, until it is stopped or keeps failing."""

    def __init__(
        self,
        link: Link,
        finder: HostFinder,
        conversation: Conversation,
        leaving: Leaving,
        alarms: Alarms,
        prompts: Prompts,
        at_end: Callable[[], None],
    ) -> None:
        self._link = link
        self._finder = finder
        self._conversation = conversation
        self._leaving = leaving
        self._alarms = alarms
        self._prompts = prompts
        self._at_end = at_end
        self.host_wanted = False  # set by any thread that opens a window
        self.budget_spent = False  # while it sleeps: no change is to wake it
        self._stopping = False
        self._sleeping = False
        self._news = False
        self._thread = threading.Thread(
            target=self._run, name="jlab-qtwindows-io", daemon=True
        )

    # -- any thread --------------------------------------------------------------------

    def start(self) -> None:
        """Begin; where the system has no thread left, say so to the user."""
        try:
            self._thread.start()
        except RuntimeError as error:  # the system's limit of threads
            self._finder.give_up(str(error))

    def wake(self) -> None:
        """Have it look; cheap while it is awake or soon will be."""
        self._news = True
        if self._sleeping:
            self._sleeping = False
            self._link.wake()

    def stop(self) -> None:
        """End it. May be called twice."""
        self._stopping = True
        self._leaving.end()
        self._sleeping = False
        self._link.wake()
        if self._thread.ident is not None:
            self._thread.join(_STOP_TIMEOUT)

    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def forget(self) -> None:
        """Wake nobody: this is a forked child, in which the thread is not."""
        self._sleeping = False

    # -- I/O thread --------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._link.open()
            self._finder.find()
            if gil_is_on():
                prepare()
            failures = 0
            while not self._stopping:
                try:
                    self._turn()
                    failures = 0
                except Exception as error:
                    failures += 1
                    if failures >= _FAILURES_IN_A_ROW:
                        raise
                    if not isinstance(error, _SYSTEMS):
                        admit("the windows were not served for a moment", "It goes on")
            # What a program has closed as its last act is not to stay on the screen.
            self._conversation.sender.send_closings()
        except _SYSTEMS as error:
            if not self._stopping:
                self._finder.give_up(str(error))
        except Exception as error:
            if not self._stopping:
                logger.debug("the I/O thread failed", exc_info=True)
                self._finder.give_up(
                    f"an error in jlab_qtwindows itself ({error!r}); "
                    "remedy: restart the kernel"
                )
        finally:
            self._link.close()
            self._finder.stop()
            self._at_end()

    def _turn(self) -> None:
        """Do what can be done now, then wait for the next thing."""
        self._news = False
        conversation = self._conversation
        if self.host_wanted and self._finder.needs_own_host:
            self._finder.start_own_host()
        wait = conversation.speak()
        self._leaving.on_look()
        followed = conversation.welcome is not None
        self.budget_spent = followed and conversation.follower.budget_spent
        wait = _sooner(wait, self._finder.check())
        wait = _sooner(wait, self._alarms.ring(time.monotonic()))
        wait = _sooner(wait, conversation.departures.check(time.monotonic()))
        wait = _sooner(wait, self._prompts.check())
        self._sleeping = wait is None or wait > SHORT_SLEEP
        if self._sleeping and (self._news or self._stopping):
            # It came after the look above and before the thread called itself asleep.
            self._sleeping = False
            wait = 0.0
        messages, lost, made = self._link.poll(wait)
        self._sleeping = self.budget_spent = False
        if lost and not self._stopping:
            conversation.on_lost()
        if made:
            self._link.say_hello()
        for message in messages:
            conversation.on_message(message)


def _sooner(a: float | None, b: float | None) -> float | None:
    return b if a is None else a if b is None else min(a, b)
