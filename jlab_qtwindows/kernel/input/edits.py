"""What the user has changed of a figure in its window, for the program's own figure.

The I/O thread puts it in, the main thread applies it.
"""

from __future__ import annotations

import logging
import re
import threading
import warnings
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.edits import Edit, Key, apply_edits, is_undone

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from jlab_qtwindows.protocol.messages import FigureEdited

__all__ = ["EditQueue", "ignore_warnings"]

logger = logging.getLogger(__name__)


def ignore_warnings() -> None:
    """Show no warning of an edit of the user's: the window has shown it already.

    Once for the process: `catch_warnings` around each edit would take back what other
    threads set meanwhile, and hide the warnings of the program's callbacks as well.
    """
    warnings.filterwarnings("ignore", module=re.escape(apply_edits.__module__))


ignore_warnings()


class EditQueue:
    """The edits of one figure that wait for the main thread: the newest of each."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure
        self._guard = threading.Lock()  # guards `_waiting` and `_serial`
        self._waiting: dict[Key, Any] = {}
        self._serial = 0
        self._undone: dict[Key, Any] = {}
        self._host = 0  # counts those to which this figure has been connected
        self.applied = 0  # the newest message that the figure has

    def put(self, message: FigureEdited) -> bool:
        """Add edits; return whether `apply` must be called once more. I/O thread."""
        edits = [edit for edit in message.edits if _is_edit(edit)]
        with self._guard:
            idle = not self._serial
            self._waiting.update({(edit[0], edit[1]): edit[2] for edit in edits})
            self._serial = message.serial
            return idle

    def apply(self) -> None:
        """Change the figure; main thread.

        What the figure does not take is left out: the Axes may be gone by now. Limits
        that a callback of the program undoes at once are not set again: the window asks
        for them with every state, and each time would make another state.
        """
        with self._guard:
            waiting, self._waiting = self._waiting, {}
            serial, self._serial = self._serial, 0
            host, undone = self._host, self._undone
        edits: list[Edit] = [
            (*key, value) for key, value in waiting.items() if undone.get(key) != value
        ]
        failed = apply_edits(self._figure, edits)
        for (path, name, _), error in failed:
            logger.info("%s of %s is not set: %r", name, path, error)
        for path, name, value in edits:
            if is_undone(self._figure, path, name, value):
                undone[path, name] = value
            else:
                undone.pop((path, name), None)
        with self._guard:
            # After the changes: a state that says it has them has them. To another
            # host, which has come meanwhile, these numbers mean nothing.
            if serial and host == self._host:
                self.applied = serial

    def forget(self) -> None:
        """Drop what an earlier host has sent. I/O thread."""
        with self._guard:
            self._waiting, self._undone = {}, {}
            self._serial = self.applied = 0
            self._host += 1


def _is_edit(edit: Any) -> bool:
    return (
        isinstance(edit, list)
        and len(edit) == 3
        and isinstance(edit[0], str)
        and isinstance(edit[1], str)
    )
