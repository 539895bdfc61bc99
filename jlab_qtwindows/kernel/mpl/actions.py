"""Buttons of a window's toolbar, with the names of QAction's methods and signals.

What the program changes of one is told to the window; what the user presses runs the
program's callbacks on the main thread, as events do.
"""

from __future__ import annotations

import inspect
import itertools
from typing import TYPE_CHECKING, Any

from jlab_qtwindows.protocol.model import clip

from .pictures import encode_icon

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Action", "Signal"]

_ICON_SIZE = 48  # px, twice what a toolbar shows
_next_id = itertools.count(1).__next__


class Signal:
    """A signal of Qt: callbacks that are called in their order."""

    def __init__(self, on_connected: Callable[[], None] = lambda: None) -> None:
        self._slots: list[Callable[..., Any]] = []
        self._on_connected = on_connected

    def connect(self, slot: Callable[..., Any]) -> Callable[..., Any]:
        """Call this from now on; as a decorator too."""
        self._slots.append(slot)
        self._on_connected()
        return slot

    def disconnect(self, slot: Callable[..., Any] | None = None) -> None:
        """Call this no longer, or nothing at all."""
        if slot is None:
            self._slots.clear()
        elif slot in self._slots:
            self._slots.remove(slot)
        else:
            raise TypeError(f"{slot!r} is not connected")

    def emit(self, checked: bool) -> None:
        """Call all of them; the first error is raised when all have been called."""
        errors = []
        for slot in list(self._slots):
            try:
                slot(*_as_many_as_it_takes(slot, checked))
            except Exception as error:
                errors.append(error)
        if errors:
            raise errors[0]

    def __len__(self) -> int:
        return len(self._slots)


def _as_many_as_it_takes(slot: Callable[..., Any], *arguments: Any) -> tuple[Any, ...]:
    """Return the arguments, or none for a callback that takes none, as PyQt does."""
    try:
        inspect.signature(slot).bind(*arguments)
    except TypeError:
        return ()
    except ValueError:  # of a built-in function it is not known
        return ()
    return arguments


class Action:
    """One button, or a line between buttons; what it lacks of QAction it says."""

    def __init__(
        self, text: str = "", *, name: str = "", separator: bool = False
    ) -> None:
        self.id = _next_id()
        self.name = name  # of Matplotlib's method, where the button is its own
        self.changed: Callable[[], None] = lambda: None
        self.act: Callable[[], None] = lambda: None  # what Matplotlib does of it
        self._text = clip(text)
        self._tip = ""
        self._icon = ""
        self._separator = separator
        self._checkable = self._checked = False
        self._enabled = self._visible = True
        self.triggered = Signal(lambda: self.changed())
        self.toggled = Signal(lambda: self.changed())

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(
            f"a button has no {clip(name)!r} here: it is in another process. "
            f"It has {', '.join(n for n in dir(self) if not n.startswith('_'))}"
        )

    # -- QAction's ---------------------------------------------------------------------

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        self._set("_text", clip(str(text)))

    setIconText = setText

    def toolTip(self) -> str:
        return self._tip or self._text

    def setToolTip(self, text: str) -> None:
        self._set("_tip", clip(str(text)))

    setStatusTip = setWhatsThis = setToolTip

    def setIcon(self, icon: Any) -> None:
        """Show this picture: whatever `setWindowIcon` takes."""
        self._set("_icon", encode_icon(icon, _ICON_SIZE) or self._icon)

    def isSeparator(self) -> bool:
        return self._separator

    def isEnabled(self) -> bool:
        return self._enabled

    def setEnabled(self, enabled: bool) -> None:
        self._set("_enabled", bool(enabled))

    def setDisabled(self, disabled: bool) -> None:
        self.setEnabled(not disabled)

    def isVisible(self) -> bool:
        return self._visible

    def setVisible(self, visible: bool) -> None:
        self._set("_visible", bool(visible))

    def isCheckable(self) -> bool:
        return self._checkable

    def setCheckable(self, checkable: bool) -> None:
        self._set("_checkable", bool(checkable))

    def isChecked(self) -> bool:
        return self._checked

    def setChecked(self, checked: bool) -> None:
        """Press it or let it go, without running what is connected to `triggered`."""
        if self._checkable and bool(checked) != self._checked:
            self._set("_checked", bool(checked))
            self.toggled.emit(self._checked)

    def toggle(self) -> None:
        self.setChecked(not self._checked)

    def trigger(self) -> None:
        """Do what the user does who presses the button."""
        if not self._enabled:
            return
        if self._checkable and not self.name:
            self.setChecked(not self._checked)
        self.act()
        self.triggered.emit(self._checked)

    # -- between program and window ----------------------------------------------------

    def press(self, checked: bool) -> None:
        """Run the callbacks: the user has pressed the button; main thread."""
        if checked != self._checked and self._checkable:
            self._checked = checked
            self.toggled.emit(checked)
        self.triggered.emit(checked)

    def show_checked(self, checked: bool) -> None:
        """Look pressed or not, and run nothing."""
        self._set("_checked", checked)

    def message(self) -> dict[str, Any]:
        """Return the button as `SetButtons` has it."""
        state = {"id": self.id, "enabled": self._enabled, "visible": self._visible}
        if self.name:
            told = bool(len(self.triggered) or len(self.toggled))
            return {**state, "name": self.name, "told": told}
        if self._separator:
            return {**state, "separator": True}
        return {
            **state,
            "text": self._text,
            "tip": self.toolTip(),
            "icon": self._icon,
            "checkable": self._checkable,
            "checked": self._checked,
        }

    def _set(self, name: str, value: Any) -> None:
        if getattr(self, name) != value:
            setattr(self, name, value)
            self.changed()
