"""Timers: the I/O thread keeps the time, the main thread runs the callbacks.

A timer's callbacks run while the kernel is idle and inside `pause`, `show` and
`flush_events`. While a cell is running they wait, and what has been missed is run once.
The stop button stops the timer whose callback it interrupts.
"""

from __future__ import annotations

import time
import weakref

from matplotlib.backend_bases import TimerBase

from jlab_qtwindows.kernel.link.client import get_client

__all__ = ["TimerQtWindows"]


class TimerQtWindows(TimerBase):
    """What `FigureCanvas.new_timer` makes."""

    _running = False
    _next = 0.0  # s of the monotonic clock
    _waiting = False  # for the main thread
    _calling = False

    def __del__(self) -> None:
        """Do nothing: alarms forget a timer that is gone.

        Matplotlib's would stop it, in the middle of whatever the collector interrupts.
        """

    def start(self) -> None:
        self._running = True
        self._next = time.monotonic() + self.interval / 1000
        get_client().alarms.set(self, self._next)

    def stop(self) -> None:
        self._running = False
        get_client().alarms.cancel(self)

    def _timer_set_interval(self) -> None:
        # An animation sets it in each call, where it holds from that call on.
        if self._running and not self._calling:
            self.start()

    def on_alarm(self) -> None:
        """Have the callbacks run, once for all alarms that wait; I/O thread."""
        if self._waiting:
            return
        self._waiting = True
        # The queue must not keep a timer alive that the program has dropped.
        timer = weakref.ref(self)

        def fire() -> None:
            present = timer()
            if present is not None:
                present._fire()

        get_client().main_queue.post(fire)

    def _fire(self) -> None:
        self._waiting = False
        if not self._running or time.monotonic() < self._next:
            return  # stopped or started anew while it waited for the main thread
        due = self._next
        self._calling = True
        try:
            self._call_back()
        except KeyboardInterrupt:
            self._running = False  # or what never returned would hang again
            raise
        finally:
            self._calling = False
            if self._running and self._next == due:  # not started anew by a callback
                self._go_on()

    def _call_back(self) -> None:
        run = getattr(self, "_on_timer", None)
        if run is not None:
            run()
            return
        # Without that private name; each goes on until it returns what equals False.
        for callback in list(self.callbacks):
            function, arguments, options = callback
            if function(*arguments, **options) == 0 and callback in self.callbacks:
                self.callbacks.remove(callback)
        if not self.callbacks:
            self.stop()

    def _go_on(self) -> None:
        if self.single_shot:
            self._running = False
            return
        # From when it was due, so that the rate holds; but what was missed while the
        # main thread was busy is not made up for.
        self._next = max(self._next + self.interval / 1000, time.monotonic())
        get_client().alarms.set(self, self._next)
