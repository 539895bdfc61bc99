"""One property that the user has changed, and for how long that lasts. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jlab_qtwindows.protocol.edits import Edit, Key

__all__ = ["MARKER_COLORS", "VIEW", "EditedProperty", "fixed", "is_auto"]

_LIMITS = ("xlim", "ylim", "zlim")
_TEXTS = ("title", "xlabel", "ylabel", "zlabel")
_REMEMBERED = 8  # values told to a kernel that has not yet answered; more are no use
VIEW = (*_LIMITS, "angles")
MARKER_COLORS = ("markerfacecolor", "markeredgecolor")


@dataclass
class EditedProperty:
    """The user's value beside the program's.

    Of a new state its methods get the `value` that the property has in it, and whether
    the kernel had `heard` of the edit when that state was taken.
    """

    key: Key
    value: Any
    own: Any  # the program's, to which Home goes back
    last: Any  # what the newest state has
    told: tuple[Any, ...] = ()  # to the kernel, of late: a state that has it is no news
    serial: int | None = None  # of the message that has told it; None: not told
    held: bool = False  # kept by "hold my view", whatever the program sets; not told

    @property
    def edit(self) -> Edit:
        """The edit, as it is put on figures and told to kernels."""
        return (*self.key, self.value)

    @property
    def is_of_view(self) -> bool:
        """Whether "hold my view" keeps it."""
        return self.key[1] in VIEW

    def note_told(self) -> None:
        """Note that the kernel is told of the present value."""
        self.told = (*self.told[-_REMEMBERED:], self.value)

    def note_state(self, value: Any) -> None:
        """Learn the program's own value from a new state, unless it is the user's."""
        if value not in self.told and not self._is_unset(value):
            self.own = value
        self.last = value

    def is_over(self, value: Any, *, heard: bool) -> bool:
        """Return whether nothing of it is left, or the program has overruled it.

        While the user holds the view that ends no edit of it (`Edits.carry_over`).
        """
        if self._is_unset(value):
            return False  # a text that was cleared will be set again
        if self.agrees_with(value):
            # Brought home, where it is the program's own value too.
            return heard and _agree(self.key, value, self.own)
        if not heard and (value == self.last or value in self.told):
            return (
                False  # what an earlier state had: this one may be older than the edit
            )
        return self._is_set_by_program(value)

    def is_to_be_put_on(self, value: Any) -> bool:
        """Return whether the new state must be given the user's value."""
        # A marker's colour may change with the curve's, which is put on too.
        return not self.agrees_with(value) or self.key[1] in MARKER_COLORS

    def is_to_be_told(self, value: Any, *, heard: bool) -> bool:
        """Return whether the kernel's figure has lost it, or never was told of it."""
        if self.agrees_with(value) or self.held or self._is_unset(value):
            return False
        return heard or self.serial is None

    def agrees_with(self, value: Any) -> bool:
        return _agree(self.key, value, self.value)

    def _is_unset(self, value: Any) -> bool:
        """Return whether the program has cleared a text that it is going to set."""
        return self.key[1] in _TEXTS and value == "" != self.own

    def _is_set_by_program(self, value: Any) -> bool:
        """Return whether a value is not what `clear()` and new artists bring about.

        The former has limits autoscale, and the latter have the style that they had at
        first.
        """
        if self.key[1] in _LIMITS:
            return not is_auto(self.key, value)
        return self.key[0] == "figure" or bool(value != self.own)


def is_auto(key: Key, value: Any) -> bool:
    """Return whether these are limits that autoscale."""
    return key[1] in _LIMITS and bool(value[2])


def fixed(key: Key, value: Any) -> Any:
    """Return the value, of limits those that autoscale no more."""
    return [*value[:2], False] if key[1] in _LIMITS else value


def _agree(key: Key, a: Any, b: Any) -> bool:
    return bool(a == b or (is_auto(key, a) and is_auto(key, b)))
