"""A GUI event loop that a kernel enters only where no request waits behind it.

ipykernel calls the loop again a millisecond after each return, so that a return is "not
yet". While the loop runs it looks for requests itself, and leaves when one comes. The
kernel's main thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jlab_qtwindows.kernel.process.words import admit

if TYPE_CHECKING:
    from collections.abc import Callable

    from .openrequests import OpenRequests

__all__ = ["GuardedLoop"]


class GuardedLoop:
    """One of ipykernel's loop functions, entered when no request is open.

    Whatever ipykernel and others look up on the function (`exit_hook`, `exit`,
    `_schedule_exit`) is that of the function, also what is put there later.
    """

    def __init__(self, loop: Callable[[Any], None], requests: OpenRequests) -> None:
        self.loop = loop
        self._requests = requests
        self._failed = False

    def __call__(self, kernel: Any) -> None:
        """Run the loop until a request comes, or return at once; main thread."""
        if not self._must_wait():
            self.loop(kernel)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__.get("loop"), name)

    def __repr__(self) -> str:
        return f"<guarded {self.loop!r}>"

    def _must_wait(self) -> bool:
        if self._failed:
            return False
        try:
            if not self._requests.watched:
                self._requests.watch()
            return self._requests.any
        except Exception:  # the kernel would never enter the loop again
            self._failed = True
            off = "the cell-run guard is off: it does not fit this kernel"
            admit(off, "Cells run without it")
        return False
