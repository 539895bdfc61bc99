"""What the user has changed in one window, kept while new states arrive. GUI thread.

Every new state of a figure is a new figure, whose Axes and artists are matched by their
place. An edit is put on again until the program itself sets that property, and told to
the kernel until its figure has it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.edits import Edit, Key, apply_edits

from .editedproperty import MARKER_COLORS, VIEW, EditedProperty, fixed, is_auto
from .properties import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

__all__ = ["Edits"]

logger = logging.getLogger(__name__)


@dataclass
class _Watched:
    """A figure that a dialog changes; newer states may have taken its place."""

    figure: Any
    values: dict[Key, Any]


class Edits:
    """The user's edits of one figure; `tell` sends edits to its kernel."""

    def __init__(self, tell: Callable[[int, list[Edit]], None]) -> None:
        self._tell_kernel = tell
        self._serial = 0
        self.forget()

    def forget(self) -> None:
        """Another figure comes: nothing done to the old one is meant for it."""
        self._edits: dict[Key, EditedProperty] = {}
        self._before: dict[Key, Any] | None = None
        self._watched: dict[Any, _Watched] = {}
        self.holding = False

    def __bool__(self) -> bool:
        """Return whether the user has changed anything that is kept."""
        return bool(self._edits)

    # -- the user --------------------------------------------------------------------

    def begin(self, figure: Figure) -> None:
        """Call before something the user does: a click, a key, a button."""
        if self._before is not None:
            self.end(figure)  # a key during a drag
        self._before = read(figure)

    def end(self, figure: Figure) -> None:
        """Call after it; what has changed between the two are edits."""
        before, self._before = self._before, None
        if before is not None:
            self._note(before, read(figure))

    def watch(self, dialog: Any, figure: Figure) -> None:
        """Look at what this dialog does to the figure, until `unwatch`."""
        self._watched[dialog] = _Watched(figure, read(figure))

    def unwatch(self, dialog: Any) -> None:
        """The dialog is closed."""
        self._watched.pop(dialog, None)

    def note_watched(self, shown: Figure) -> None:
        """Take over what dialogs have changed, in figures shown no more too."""
        for watched in self._watched.values():
            values = read(watched.figure)
            changes = _difference(watched.values, values)
            if not changes:
                continue
            before, watched.values = watched.values, values
            if watched.figure is not shown:
                before = {**before, **read(shown)}
                self._put_on(shown, [(*key, value) for key, value in changes.items()])
            self._note(before, {**before, **changes})

    def hold(self, figure: Figure, hold: bool) -> None:
        """Keep the limits and angles as they are now, even when the program sets them.

        Where that ends, what the user has chosen stays, as without it.
        """
        if hold == self.holding:
            return
        self.holding = hold
        if not hold:
            for key in [key for key, edit in self._edits.items() if edit.held]:
                edit = self._edits.pop(key)
                self._put_on(figure, [(*key, edit.last)])
            return
        for key, value in read(figure).items():
            if key[1] in VIEW and key not in self._edits:
                self._edits[key] = EditedProperty(
                    key, fixed(key, value), value, value, held=True
                )

    def _note(self, before: dict[Key, Any], after: dict[Key, Any]) -> None:
        told: list[Edit] = []
        changes = _difference(before, after)
        for path, name in list(changes):
            if name == "color":
                # Those that were to follow the curve's have been set to what they were.
                for marker in MARKER_COLORS:
                    if (path, marker) in after and (path, marker) in before:
                        changes[path, marker] = after[path, marker]
        for key, value in changes.items():
            edit = self._edits.get(key)
            if _is_zoom_in_3d(key, changes, edit.own if edit else before[key], after):
                value = fixed(key, value)
            if edit is None:
                if is_auto(key, value):
                    continue  # it follows from another change: a new scale, for one
                own = before[key]
                edit = self._edits[key] = EditedProperty(key, value, own, own)
            edit.value, edit.held = value, self.holding and edit.is_of_view
            if not edit.held:
                edit.note_told()
                told.append(edit.edit)
        self._tell(told)

    # -- the kernel --------------------------------------------------------------------

    def on_connected(self) -> None:
        """There is a kernel again: what an earlier one was told may be lost."""
        for edit in self._edits.values():
            edit.serial = None

    def _tell(self, edits: list[Edit]) -> None:
        if edits:
            self._serial += 1
            for path, name, _ in edits:
                self._edits[path, name].serial = self._serial
            self._tell_kernel(self._serial, edits)

    # -- new states --------------------------------------------------------------------

    def carry_over(self, new: Figure, applied: int = 0) -> dict[Key, Any]:
        """Put the edits on a new state, those that the program has not overruled.

        `applied` is the number of the newest edits that the kernel's figure had then.
        Returns the program's own values of the edited properties.
        """
        self._before = None
        if not self._edits:
            return {}
        values = read(new)
        wrong: list[Edit] = []
        missing: list[Edit] = []
        for key, edit in list(self._edits.items()):
            value = values.get(key)
            if value is None:
                continue  # not there yet, of a figure that is being rebuilt
            heard = edit.serial is not None and applied >= edit.serial
            if edit.is_over(value, heard=heard):
                if not (self.holding and edit.is_of_view):
                    del self._edits[key]
                    continue
                edit.held = True
            edit.note_state(value)
            if edit.is_to_be_put_on(value):
                wrong.append(edit.edit)
            if edit.is_to_be_told(value, heard=heard):
                missing.append(edit.edit)
        self._put_on(new, wrong)
        self._tell([edit for edit in missing if edit[:2] in self._edits])
        return {key: edit.own for key, edit in self._edits.items()}

    def _put_on(self, figure: Figure, edits: list[Edit]) -> None:
        for (path, name, _), error in apply_edits(figure, edits):
            logger.info("%s of %s cannot be set: %s", name, path, error)
            self._edits.pop((path, name), None)


def _is_zoom_in_3d(
    key: Key, changes: dict[Key, Any], own: Any, after: dict[Key, Any]
) -> bool:
    """Return whether these limits are the user's although they autoscale still.

    The mouse sets those of an Axes3D so, other than those of all other Axes.
    """
    path, name = key
    return (
        (path, "zlim") in after
        and is_auto(key, changes[key])
        and changes[key][:2] != own[:2]
        and (path, f"{name[0]}scale") not in changes
    )


def _difference(before: dict[Key, Any], after: dict[Key, Any]) -> dict[Key, Any]:
    return {
        key: value
        for key, value in after.items()
        if key in before and before[key] != value
    }
