"""What the person looks at, kept while new states of the figure arrive.

The toolbar's history and the limits that the person has changed are bound to Axes, and
every new state has new Axes: they are matched by their index in the figure. GUI thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from matplotlib.axes import Axes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

__all__ = ["Views", "rebind_history"]

View = dict[str, Any]  # of Axes._get_view: limits, and whether they autoscale

# History entries as NavigationToolbar2.push_current makes them.
_Entry = WeakKeyDictionary[Axes, tuple[View, tuple[Any, Any]]]


class Views:
    """The program's views of the last state, and what the person made of them."""

    def __init__(self) -> None:
        self._program: list[View] = []
        self._edits: list[View] = []
        self.holding = False

    @property
    def edited(self) -> bool:
        """Whether the person looks at something else than the program shows."""
        return any(self._edits)

    def note_edits(self, figure: Figure) -> None:
        """Take the difference to the program's views as the person's edits.

        To be called after each action of the person, Home included: where the view is
        the program's again, nothing is left of the edit.
        """
        for index, axes in enumerate(figure.axes[: len(self._program)]):
            program = self._program[index]
            view = _view_of(axes)
            self._edits[index] = {
                key: value for key, value in view.items() if value != program.get(key)
            }

    def carry_over(self, new: Figure) -> list[View]:
        """Note the program's views in a new state, and apply the person's edits to it.

        An edit yields where the program sets a limit itself: autoscaling is off there
        and the limit is another one than before. Returns the program's views.
        """
        program = [_view_of(axes) for axes in new.axes]
        edits: list[View] = [{} for _ in program]
        for index, (axes, view) in enumerate(zip(new.axes, program, strict=True)):
            if index < len(self._edits) and self._edits[index]:
                edits[index] = _still_valid(
                    self._edits[index], self._program[index], view
                )
            if edits[index]:
                _set_view(axes, {**view, **edits[index]})
        self._program, self._edits = program, edits
        return program


_ANGLES = ("elev", "azim", "roll")


def _view_of(axes: Axes) -> View:
    view: Any = axes._get_view()  # type: ignore[attr-defined]
    if isinstance(view, dict):
        return dict(view)
    limits, angles = view  # of an Axes3D
    return {**limits, **dict(zip(_ANGLES, angles, strict=True))}


def _native(view: View) -> Any:
    """Return a view in the form of the Axes' own _get_view."""
    if not view.keys() >= set(_ANGLES):
        return view
    limits = {key: value for key, value in view.items() if key not in _ANGLES}
    return limits, tuple(view[name] for name in _ANGLES)


def _set_view(axes: Axes, view: View) -> None:
    axes._set_view(_native(view))  # type: ignore[attr-defined]


def _still_valid(edits: View, before: View, now: View) -> View:
    kept = dict(edits)
    for name in ("x", "y", "z"):
        limit, auto = f"{name}lim", f"autoscale{name}_on"
        if (
            limit in kept
            and not now.get(auto, True)
            and now.get(limit) != before.get(limit)
        ):
            kept.pop(limit)
            kept.pop(auto, None)
    return kept


def rebind_history(
    entries: Sequence[Any], old: Figure, new: Figure, program: Sequence[View]
) -> list[_Entry]:
    """Return the toolbar's history bound to the Axes of the new state.

    The first entry is what Home shows: the program's view, so it is always the newest.
    """
    rebound = []
    for position, entry in enumerate(entries):
        renewed: _Entry = WeakKeyDictionary()
        for index, (was, axes) in enumerate(zip(old.axes, new.axes, strict=False)):
            if was in entry:
                view, positions = entry[was]
                home = _native(program[index]) if position == 0 else view
                renewed[axes] = (home, positions)
        rebound.append(renewed)
    return rebound
