"""A user at a window of a kernel: runs cells, points, clicks, types.

The same work is done twice, with Matplotlib's own Qt backend, which says what is right,
and with ours. Places are asked for once, in the first.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kernels import Kernel
from screen import STATUS_BAR, Screen, XWindow

LIMIT = 15.0  # s until a callback must have run
_LOOK = 0.05  # s between two looks
_REST = 0.5  # s without a change: what was done has come

Place = tuple[int, int]  # px of the canvas from its lower left

# Whether the windows show the newest state.
_PRELUDE = """
import matplotlib.pyplot as plt
from matplotlib._pylab_helpers import Gcf

def _plain(value):
    if isinstance(value, (list, tuple)):
        return (list if isinstance(value, list) else tuple)(map(_plain, value))
    return value.item() if hasattr(value, "item") else value

def _is_shown():
    for manager in Gcf.get_all_fig_managers():
        followed = getattr(manager.canvas, "followed", None)
        delivery = getattr(followed, "delivery", None)
        if followed is not None and not (
            followed.opened and delivery.revision and not followed.changes.dirty
            and followed.outbox.state is None and delivery.in_flight is None
            and (delivery.draw_error or delivery.revision not in delivery.sent_since)
        ):
            return False
    return True
"""


@dataclass
class User:
    """Works in one kernel; `places` lives for both backends."""

    kernel: Kernel
    screen: Screen
    backend: str  # the name for %matplotlib
    places: dict[str, Place] = field(default_factory=dict)

    def begin(self) -> None:
        """Load the backend."""
        if self.backend == "qt":
            # ipykernel loses requests beside a GUI loop: not the question here.
            self.kernel.run("import jlab_qtwindows; jlab_qtwindows.guard()")
        self.kernel.run(f"%matplotlib {self.backend}\n{_PRELUDE}")

    # -- the kernel --------------------------------------------------------------------

    def run(self, code: str) -> str:
        """Run a cell, wait until the windows show what it made; return its output."""
        text = self.kernel.run(code).text
        self.rest()
        return text

    def value(self, expression: str) -> Any:
        return self.kernel.value(f"_plain(({expression}))")

    def until(self, expression: str) -> Any:
        """Return the expression's value once it is true, or the last one."""
        return self._wait(lambda: self.value(expression))

    def settled(self, expression: str) -> Any:
        """Return the expression's value once it no longer changes."""
        found = self.value(expression)
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            time.sleep(_REST)
            last, found = found, self.value(expression)
            if last == found:
                break
        return found

    def rest(self) -> None:
        """Wait until all windows show the newest state."""
        self.until("_is_shown()")

    # -- the window --------------------------------------------------------------------

    def place(self, name: str, expression: str) -> Place:
        """Return where this is, in px of the canvas, as Matplotlib's backend has it."""
        if name not in self.places:
            found = self.value(f"[round(float(v)) for v in ({expression})]")
            self.places[name] = found[0], found[1]
        return self.places[name]

    def window(self, title: str) -> XWindow:
        """Wait for a window, give it the keyboard."""
        found = self._wait(lambda: self.screen.window(title))
        if found is None:
            listed = [window.title for window in self.screen.windows()]
            raise AssertionError(f"no window {title!r} among {listed}")
        self.screen.xdotool("windowactivate", "--sync", found.id)
        self._wait(lambda: self.screen.active_id() == found.id)
        again = self.screen.window(title)
        assert again is not None
        return again

    def move(self, title: str, place: Place) -> None:
        """Move the mouse there, over the place beside it."""
        x, y = self._on_screen(title, place)
        self.screen.xdotool("mousemove", x - 2, y)
        self.screen.xdotool("mousemove", x, y)

    def click(self, title: str, place: Place, button: int = 1) -> None:
        self.move(title, place)
        self.screen.xdotool("click", button)

    def drag(self, title: str, *places: Place) -> None:
        """Pull from the first place to the last, past the others."""
        self.move(title, places[0])
        self.screen.xdotool("mousedown", 1)
        for place in places[1:]:
            time.sleep(_LOOK)
            self.screen.xdotool("mousemove", *self._on_screen(title, place))
        time.sleep(_LOOK)
        self.screen.xdotool("mouseup", 1)

    def key(self, title: str, *names: str) -> None:
        """Press keys, one after the other."""
        self.window(title)
        for name in names:
            self.screen.xdotool("key", name)

    def pictures(self, title: str, until: Callable[[], bool]) -> int:
        """Count the different pictures that the window shows until then."""
        window = self.window(title)
        seen = set()
        end = time.monotonic() + 2 * LIMIT
        while not until() and time.monotonic() < end:
            seen.add(self.screen.grab(window).tobytes())
            time.sleep(_LOOK)
        return len(seen)

    # -- inside ------------------------------------------------------------------------

    def _on_screen(self, title: str, place: Place) -> tuple[int, int]:
        window = self.screen.window(title)
        assert window is not None, f"no window {title!r}"
        # Matplotlib's own window has its coordinates in the toolbar, above the canvas.
        below = 0 if self.backend == "qt" else STATUS_BAR
        return window.left + place[0], window.top + window.height - below - place[1]

    @staticmethod
    def _wait(look: Callable[[], Any]) -> Any:
        end = time.monotonic() + LIMIT
        while True:
            found = look()
            if found or time.monotonic() > end:
                return found
            time.sleep(_LOOK)
