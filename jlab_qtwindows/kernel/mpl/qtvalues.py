"""Places, sizes and flags with the names of Qt's methods, without Qt; any thread.

What programs read of a window and give to it. Values of a Qt that the program has
loaded itself are understood too, whichever binding made them.
"""

from __future__ import annotations

import operator
from typing import Any, NamedTuple

__all__ = ["Flags", "Point", "Rect", "Size", "numbers", "to_int"]


class Point(NamedTuple):
    """A QPoint."""

    left: int
    top: int

    def x(self) -> int:
        return self.left

    def y(self) -> int:
        return self.top


class Size(NamedTuple):
    """A QSize."""

    wide: int
    high: int

    def width(self) -> int:
        return self.wide

    def height(self) -> int:
        return self.high


class Rect(NamedTuple):
    """A QRect; as in Qt, `right()` and `bottom()` are the last px within."""

    x0: int
    y0: int
    wide: int
    high: int

    def getRect(self) -> tuple[int, int, int, int]:
        return (*self,)

    def x(self) -> int:
        return self.x0

    def y(self) -> int:
        return self.y0

    def left(self) -> int:
        return self.x0

    def top(self) -> int:
        return self.y0

    def width(self) -> int:
        return self.wide

    def height(self) -> int:
        return self.high

    def right(self) -> int:
        return self.x0 + self.wide - 1

    def bottom(self) -> int:
        return self.y0 + self.high - 1

    def getCoords(self) -> tuple[int, int, int, int]:
        return self.x0, self.y0, self.right(), self.bottom()

    def topLeft(self) -> Point:
        return Point(self.x0, self.y0)

    def topRight(self) -> Point:
        return Point(self.right(), self.y0)

    def bottomLeft(self) -> Point:
        return Point(self.x0, self.bottom())

    def bottomRight(self) -> Point:
        return Point(self.right(), self.bottom())

    def center(self) -> Point:
        return Point(
            (self.x0 + self.right()) // 2,
            (self.y0 + self.bottom()) // 2,
        )

    def size(self) -> Size:
        return Size(self.wide, self.high)

    def translated(self, dx: int, dy: int) -> Rect:
        return Rect(self.x0 + dx, self.y0 + dy, self.wide, self.high)


class Flags(int):
    """Qt's flags as a number that can be joined with the enums of every binding."""

    def __or__(self, other: Any) -> Flags:
        return Flags(int(self) | to_int(other))

    def __and__(self, other: Any) -> Flags:
        return Flags(int(self) & to_int(other))

    def __xor__(self, other: Any) -> Flags:
        return Flags(int(self) ^ to_int(other))

    def __invert__(self) -> Flags:
        return Flags(~int(self))

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    @property
    def value(self) -> int:
        """The number, by the name that the enums of newer bindings give it."""
        return int(self)


def to_int(value: Any) -> int:
    """Return a number or the number of an enum of any Qt binding.

    Raises
    ------
    TypeError
        It is neither.
    """
    try:
        return operator.index(value)
    except TypeError:
        # PyQt6's enums, and those of PySide6, are no numbers.
        return operator.index(getattr(value, "value", value))


def numbers(arguments: tuple[Any, ...]) -> list[int]:
    """Return px given as numbers or as one rectangle, size or place.

    Raises
    ------
    TypeError
        They are given as something else.
    """
    found: list[int] = []
    for value in arguments:
        if isinstance(value, Point | Size | Rect):
            found += value
        elif callable(getattr(value, "getRect", None)):
            found += map(operator.index, value.getRect())
        elif callable(getattr(value, "x", None)):
            found += (operator.index(value.x()), operator.index(value.y()))
        elif callable(getattr(value, "width", None)):
            found += (operator.index(value.width()), operator.index(value.height()))
        else:
            found.append(to_int(value))
    return found
