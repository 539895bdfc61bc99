"""Whose the keys, clicks and turns of the wheel of one window are: told in their order.

Any thread tells what has changed; the main thread answers the input of the window.
The window waits for the answer to a click before it acts on the keys that follow, so
that what the callbacks have changed must be on its way before that answer.
"""

from __future__ import annotations

import itertools
import threading
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

from jlab_qtwindows.kernel.process.words import say_once
from jlab_qtwindows.protocol.messages import InputHandled, LockCanvas, UseKeymap

from .inputs import wanted_events
from .ownhandlers import taken_events

if TYPE_CHECKING:
    from jlab_qtwindows.kernel.follow.followed import FollowedFigure

__all__ = ["KeymapWatch", "Wishes", "present_keymap"]

_KEYMAP = [name for name in mpl.rcParams if name.startswith("keymap.")]
_PATIENCE = 0.1  # s; another thread that tells needs microseconds


def present_keymap() -> dict[str, list[str]]:
    """Return which keys do what now; a program may change the lists in place."""
    return {
        name: [str(key) for key in dict.__getitem__(mpl.rcParams, name)]
        for name in _KEYMAP
    }


class KeymapWatch:
    """Says whether the keymap is another one than at the last question; any thread.

    It is asked in every turn of the I/O thread, so that the lists are compared in C.
    """

    def __init__(self) -> None:
        self._last: list[Any] = []

    def has_changed(self) -> bool:
        """Return whether a list was exchanged, or changed in place."""
        rcparams = itertools.repeat(mpl.rcParams)
        lists = list(map(dict.__getitem__, rcparams, _KEYMAP))
        if lists == self._last:
            return False
        self._last = [list(keys) for keys in lists]
        return True


class Wishes:
    """Tells the window what its program wants of the input, whenever it has changed."""

    def __init__(self, followed: FollowedFigure) -> None:
        self._followed = followed
        self._changed = False
        self._telling = threading.Lock()  # held while what is told is looked at
        self.answered = 0  # serial of the newest event whose callbacks have run

    def tell(self) -> None:
        """Tell what has changed; any thread, in the middle of anything."""
        self._changed = True
        # Whoever is at it looks once more.
        while self._changed and self._telling.acquire(blocking=False):
            try:
                self._tell()
            finally:
                self._telling.release()

    def answer(self, serial: int) -> None:
        """Tell that the callbacks have run up to this event; main thread."""
        # Not before what another thread has just seen, and is about to tell.
        has_turn = self._telling.acquire(timeout=_PATIENCE)
        try:
            self._tell()
            if serial != self.answered:
                self.answered = serial
                message = InputHandled(self._followed.window_id, serial)
                self._followed.post(message, (InputHandled, serial))
        finally:
            if has_turn:
                self._telling.release()

    def _tell(self) -> None:
        self._changed = False
        try:
            self._tell_changed()
        except Exception as error:  # of the program's callbacks: not into its call
            say_once(
                f"a callback cannot be asked what it is ({error!r}): "
                "its window sends the events that it sent before"
            )

    def _tell_changed(self) -> None:
        followed = self._followed
        manager, window_id = followed.manager, followed.window_id
        if followed.closed or manager is None:
            return
        followed.want(wanted_events(followed.canvas), taken_events(manager))
        lock: Any = followed.canvas.widgetlock
        locked = bool(lock.locked()) and not lock.isowner(manager.toolbar)
        standing = followed.outbox.standing
        keymap = UseKeymap(window_id, present_keymap())
        if keymap != standing(UseKeymap):
            followed.keep_posted(keymap)
        if locked != getattr(standing(LockCanvas), "locked", False):
            followed.keep_posted(LockCanvas(window_id, locked))
