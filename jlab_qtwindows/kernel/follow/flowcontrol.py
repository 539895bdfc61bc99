"""Flow control: whether a state of a figure may be taken, and sent, now. Any thread.

For each figure:

- One state is on its way at most. Until the host has taken it (`UpdateTaken`) no other
  is taken here; only pixels of a program that blits, and without the GIL the state that
  a cell leaves, wait in the outbox, where a newer one takes their place.
- The host takes a state when it begins to draw it: meanwhile the next is taken here.
- Messages wait for no answer. They go in their order, and before the state.
- What the link does not take stays in the outbox; a state is taken anew.

How often, and what it may cost, say the pace and the budget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .followed import FollowedFigure

__all__ = ["may_send", "may_take"]


def may_take(followed: FollowedFigure, *, leaves_cell: bool = False) -> bool:
    """Return whether a state may be taken: no other is on its way, or waits for it.

    One that leaves its cell may always be: nothing may be taken after it for long.
    """
    if not followed.opened or followed.changes.holds:
        return False
    none_waits = followed.outbox.state is None
    return leaves_cell or (followed.delivery.in_flight is None and none_waits)


def may_send(followed: FollowedFigure) -> bool:
    """Return whether the state that waits, if one does, may go."""
    waits = followed.outbox.state is not None
    return followed.opened and waits and followed.delivery.in_flight is None
