"""Qt's event loop in an ipykernel 6 looks for requests itself, a few times a second.

There the loop is left when zmq's file descriptor becomes readable. That descriptor
tells of a request once, and whoever looks at the socket first uses that up: now and
then a request lies unread, and no later one is told of either. ipykernel looks at the
socket once when it enters the loop, by a timer; here this timer goes on. Main thread.
"""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["LookAgain"]

_INTERVAL_MS = 250


class LookAgain:
    """Keeps the timer of one kernel going while it is in Qt's loop."""

    def __init__(self) -> None:
        self._timer: Any = None
        self._kernel: Any = None

    def begin(self, kernel: Any, loop: Any) -> None:
        """Do so from now on, if this loop function is Qt's and needs it."""
        if self._timer is not None or getattr(loop, "__name__", "") != "loop_qt":
            return
        if not hasattr(kernel, "msg_queue"):  # ipykernel 7 leaves the loop otherwise
            return
        if not hasattr(kernel, "_qt_timer"):
            sys.modules["ipykernel.eventloops"]._notify_stream_qt(kernel)
        self._kernel, self._timer = kernel, kernel._qt_timer
        self._timer.timeout.connect(self._on_timeout)

    def end(self) -> None:
        """Leave the kernel as it was."""
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.timeout.disconnect(self._on_timeout)

    def _on_timeout(self) -> None:
        # Its own look comes first, and disables the notifier when it leaves the loop.
        if self._kernel._qt_notifier.isEnabled():
            self._timer.start(_INTERVAL_MS)
