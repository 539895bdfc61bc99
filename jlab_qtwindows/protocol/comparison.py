"""Comparing what programs set, of which not everything can be compared. Any process."""

from __future__ import annotations

__all__ = ["known_equal"]


def known_equal(one: object, other: object) -> bool:
    """Return whether two settings are known to be equal.

    Programs make colors, and cycles of them, of arrays (`cycler(color=cmap(x))`), of
    which no comparison says anything: it raises.
    """
    try:
        return bool(one == other)
    except Exception:
        return False
