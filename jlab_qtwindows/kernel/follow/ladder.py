"""The ladder: how one figure travels, and why no better way.

The thread that takes a state goes down, the I/O thread where the host cannot load one,
and the program's thread that begins to draw by hand. No figure climbs up again: it
would fail on the same rung.
"""

from __future__ import annotations

from jlab_qtwindows.kernel.process import localmodules
from jlab_qtwindows.kernel.snapshot.snapshot import Rung

__all__ = ["Ladder"]


class Ladder:
    """The rung on which a figure stands."""

    def __init__(self) -> None:
        self.rung = Rung.MIRROR
        self.reason = ""
        self.drawn_by_hand = False  # the program draws parts itself: pixels are shown
        self._lacking: list[str] = []  # packages of the figure that the host lacks

    def descend(self, why: str) -> bool:
        """Go down to the next rung, and remember why; False where there is none.

        A package that the host lacks gives the rung by value one more try.
        """
        if self.rung is Rung.FRAMES:
            return False
        package = localmodules.lacking_package(why)
        if package and package not in self._lacking:
            self._lacking.append(package)
            localmodules.send_by_value(package)
            self.rung = Rung.MIRROR_BY_VALUE
            self.reason = f"{self._lacks()}: its code travels with the figure"
            return True
        self.rung = Rung(self.rung + 1)
        if self.rung < Rung.FRAMES:
            self.reason = why
        elif self._lacking:
            self.reason = (
                f"{self._lacks()}: install it there; its code cannot travel: {why}"
            )
        else:
            self.reason = f"the figure cannot be sent whole: {why}"
        return True

    def skip_pickles(self) -> None:
        """Go to the last rung above the pixels: no other is any better."""
        if self.rung < Rung.FRAMES:
            self.rung = Rung(Rung.FRAMES - 1)

    def draw_by_hand(self) -> None:
        """Have the pixels of the program's own canvas travel from now on."""
        self.drawn_by_hand = True
        self.rung = Rung.FRAMES
        self.reason = "the program draws parts of the figure itself (blit)"

    def _lacks(self) -> str:
        """Say which packages the host would need for this figure."""
        packages = " and ".join(self._lacking)
        where = "the environment in which Jupyter was started"
        return f"{packages} cannot be imported in {where}"
