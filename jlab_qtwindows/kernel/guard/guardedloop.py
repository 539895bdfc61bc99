"""A GUI event loop that a kernel enters only where no request waits behind it.

ipykernel calls the loop again a millisecond after each return, so that a return is "not
yet". While the loop runs it looks for requests itself, and leaves when one comes.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from .lookagain import LookAgain

if TYPE_CHECKING:
    from collections.abc import Callable

    from .openrequests import OpenRequests

__all__ = ["GuardedLoop"]

logger = logging.getLogger(__name__)


class GuardedLoop:
    """One of ipykernel's loop functions, entered when no request is open.

    Whatever ipykernel and others look up on the function (`exit_hook`, `exit`,
    `_schedule_exit`) is that of the function, also what is put there later.
    """

    def __init__(self, loop: Callable[[Any], None], requests: OpenRequests) -> None:
        self.loop = loop
        self._requests = requests
        self._look_again = LookAgain()
        self._failed = False

    def __call__(self, kernel: Any) -> None:
        """Run the loop until a request comes, or return at once; main thread."""
        if not self._must_wait(kernel):
            self.loop(kernel)

    def leave(self) -> None:
        """Leave the kernel as it was without the guard."""
        self._look_again.end()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__.get("loop"), name)

    def __repr__(self) -> str:
        return f"<guarded {self.loop!r}>"

    def _must_wait(self, kernel: Any) -> bool:
        if self._failed:
            return False
        try:
            if not self._requests.watched:
                self._requests.watch()
            if self._requests.any:
                return True
            self._look_again.begin(kernel, self.loop)
        except Exception:  # the kernel would never enter the loop again
            self._failed = True
            logger.exception("the cell-run guard is off: it does not fit this kernel")
        return False
