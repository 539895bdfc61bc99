"""Callbacks at a prompt: the main thread waits for a line, and lets them run meanwhile.

A cell that asks (`input()`, `getpass`, a debugger) waits in ipykernel, which looks for
the answer a hundred times a second: between two looks callbacks may run. A terminal has
Python's own hook for this, as GUI toolkits use it, or the loop of IPython's prompt.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.kernel.process.gil import gil_is_on
from jlab_qtwindows.kernel.process.identity import ipython

from .pendingcall import PendingCall

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from .callbacks import MainQueue

__all__ = ["Prompts"]

_LOOK_AGAIN = 0.05  # s, while callbacks wait for a main thread that is busy
_TICK = 0.02  # s between two looks at the keyboard and at the callbacks
_HAND_ON = 0.05  # s after which an interrupt comes again, to the prompt itself
_ATTEMPTS = 100  # at having it heard


_hooks: list[_TerminalHook] = []  # one at most; kept alive: C holds no reference


class Prompts:
    """Runs what waits in the queue while the main thread is at a prompt."""

    def __init__(self, queue: MainQueue) -> None:
        self._queue = queue
        self._call = PendingCall(self._run_at_prompt)

    def check(self) -> float | None:
        """Have callbacks that wait run at a prompt; return the s to the next look.

        I/O thread.
        """
        if self._queue.empty():
            return None
        shell = ipython()
        if getattr(shell, "kernel", None) is not None:
            # Without the GIL only the main thread may look where it is.
            if not gil_is_on() or _asks_for_input(_main_frame()):
                self._call.ask()
            return _LOOK_AGAIN
        # The application of prompt_toolkit has a loop while it waits for a line.
        application = getattr(getattr(shell, "pt_app", None), "app", None)
        loop: Any = getattr(application, "loop", None)
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # it has just been closed
                loop.call_soon_threadsafe(self._queue.run_when_idle)
        return _LOOK_AGAIN if shell is not None else None

    def _run_at_prompt(self, interrupted: FrameType) -> None:
        if _asks_for_input(interrupted):
            self._queue.run_pending()

    def serve_terminal(self) -> None:
        """Let callbacks run at the prompts of a terminal; any thread."""
        if getattr(ipython(), "kernel", None) is None and _is_terminal():
            if not _hooks:
                _hooks.append(_TerminalHook(self._queue))
            _hooks[0].install()


def _main_frame() -> FrameType | None:
    return sys._current_frames().get(threading.main_thread().ident or 0)


def _asks_for_input(frame: FrameType | None) -> bool:
    """Return whether this frame is ipykernel's, waiting for a line of the user's."""
    while frame is not None and _module(frame).startswith("zmq."):
        frame = frame.f_back
    return (
        frame is not None
        and frame.f_code.co_name == "_input_request"
        and _module(frame).startswith("ipykernel.")
    )


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))


# -- Python's own prompt ---------------------------------------------------------------

# int (*)(void). Python calls it without the interpreter lock, which ctypes takes.
_HOOK = ctypes.PYFUNCTYPE(ctypes.c_int)
_slot = ctypes.c_void_p.in_dll(ctypes.pythonapi, "PyOS_InputHook")


class _TerminalHook:
    """Runs callbacks until a key is typed, whenever Python waits for the keyboard."""

    def __init__(self, queue: MainQueue) -> None:
        self._queue = queue
        # Resumed and not called: an interrupt that came before is raised at the first
        # bytecode, which is inside the `try` this way. Our caller would print it.
        turns = self._turns()
        next(turns)
        self._function = _HOOK(turns.__next__)
        self._address = ctypes.cast(self._function, ctypes.c_void_p).value

    def install(self) -> None:
        """Be Python's hook, unless there is one: of Qt, of tkinter, or this one."""
        if _slot.value is None:
            _slot.value = self._address

    def _turns(self) -> Iterator[int]:
        while True:
            try:
                yield 0
                if threading.current_thread() is threading.main_thread():
                    self._run_until_typed()
            except KeyboardInterrupt:
                self._hand_on()

    def _run_until_typed(self) -> None:
        while not _is_typed(_TICK):
            if not self._queue.empty():
                self._remove()  # what asks for a line itself must not come back to us
                try:
                    self._queue.run_pending()
                finally:
                    self.install()

    def _hand_on(self) -> None:
        """Interrupt the prompt itself, which hears it only when we are not there.

        And only while it waits: one that comes in the moment before stays unheard until
        the next, so that it comes again until it has been heard.
        """
        self._remove()
        main = threading.main_thread().ident or 0
        heard = threading.Event()
        handler = signal.getsignal(signal.SIGINT)

        def hear(number: int, frame: FrameType | None) -> None:
            heard.set()
            if handler is not None and signal.getsignal(signal.SIGINT) is hear:
                signal.signal(signal.SIGINT, handler)
            if callable(handler):
                handler(number, frame)

        signal.signal(signal.SIGINT, hear)

        def interrupt() -> None:
            for _ in range(_ATTEMPTS):
                if heard.wait(_HAND_ON):
                    break
                signal.pthread_kill(main, signal.SIGINT)
            self.install()

        threading.Thread(target=interrupt, daemon=True).start()

    def _remove(self) -> None:
        if _slot.value == self._address:
            _slot.value = None


def _is_typed(timeout: float) -> bool:
    """Wait for the keyboard; return whether there is something to read."""
    keyboard: Any = sys.__stdin__
    try:
        return bool(select.select([keyboard], [], [], timeout)[0])
    except (OSError, ValueError, TypeError):  # closed, or none
        return True


def _is_terminal() -> bool:
    # Windows cannot wait for the keyboard this way.
    try:
        return os.name == "posix" and bool(sys.__stdin__ and sys.__stdin__.isatty())
    except ValueError:  # closed
        return False
