"""What the Axes of one figure hold, and held in the state that was taken last.

The thread that takes a state, which is one at a time (`Taker`). With the GIL the I/O
thread looks, too; without it, it reads no figure. It forgets what an old host has got.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Contents", "Held", "lists_of", "structure_of"]

# s that an Axes emptied by clear() waits for its new content. A program that computes
# may need long for it where many share the processor; one at rest has no more to say.
EMPTY_HOLD = 1.0
EMPTY_HOLD_AT_REST = 0.250

Structure = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Held:
    """What a figure holds at one moment."""

    structure: Structure = ()
    # By Axes, its list where it is empty; that of a figure which has no Axes.
    empty: tuple[object, ...] = ()

    @classmethod
    def by(cls, figure: Figure) -> Held:
        structure = structure_of(figure)
        empty = tuple(None if children else children for children in lists_of(figure))
        return cls(structure, empty or (figure.artists,))


class Contents:
    """Tells how the artists of a figure differ from those that are shown."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure
        self.shown = Held()
        self._emptied_since: float | None = None  # s
        self._emptied: tuple[object, ...] = ()  # the lists that were found empty

    @property
    def is_emptied(self) -> bool:
        """Whether an Axes had been cleared when this was looked at last."""
        return self._emptied_since is not None

    def forget_shown(self) -> None:
        """Take nothing for shown: there is a new host."""
        self.shown = Held()

    def has_shown_artists(self) -> bool:
        """Return whether only the data of the artists may have changed."""
        return structure_of(self._figure) == self.shown.structure

    def is_freshly_emptied(self, now: float, *, at_rest: bool) -> bool:
        """Return whether an Axes has just been cleared.

        A program that clears and plots again would flicker. `clear()` makes a new list
        of children each time, so that the same empty list seen for long means an
        Axes that stays empty, and a new one is another frame that is being built. That
        holds for one that is shown empty, too: it is rebuilt as well.
        """
        emptied = tuple(self._find_emptied())
        if not emptied:
            self._emptied_since, self._emptied = None, ()
            return False
        same = len(emptied) == len(self._emptied) and all(
            a is b for a, b in zip(emptied, self._emptied, strict=True)
        )
        self._emptied = emptied
        if self._emptied_since is None or not same:
            self._emptied_since = now
        hold = EMPTY_HOLD_AT_REST if at_rest else EMPTY_HOLD
        return now - self._emptied_since < hold

    def _find_emptied(self) -> list[object]:
        """Return the empty lists that are not shown as such."""
        lists, shown = lists_of(self._figure), self.shown
        emptied: list[object] = []
        for index, artists in enumerate(shown.structure):
            children = lists[index] if index < len(lists) else None
            if not children and (artists or children is not shown.empty[index]):
                emptied.append(children)
        if not lists and not shown.structure and shown.empty:
            # A figure without Axes, which is cleared: it has new lists, too.
            own = self._figure.artists
            emptied += [] if own is shown.empty[0] else [own]
        return emptied


def lists_of(figure: Figure) -> list[list[Any]]:
    """Return the lists that hold the artists of each Axes; `clear()` makes new ones.

    None of a figure, of whatever class, that does not tell.
    """
    try:
        return [axes._children for axes in cast("list[Any]", figure.axes)]
    except Exception:
        return []


def structure_of(figure: Figure) -> Structure:
    """Return which artists each Axes holds, by identity.

    Two equal structures mean that only the data of artists has changed between them.
    """
    return tuple(tuple(map(id, children)) for children in lists_of(figure))
