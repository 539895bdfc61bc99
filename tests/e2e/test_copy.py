"""Ctrl+C in a window, with the clipboard in the hands of another program.

That program is an X client of the test; what is on the clipboard it asks the X server.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from desktop import Desktop
from kernels import Kernel
from PIL import Image
from screen import Screen
from Xlib import X, display

pytestmark = pytest.mark.e2e


class OtherProgram:
    """A program that has something on the clipboard."""

    def __init__(self, connection: Any) -> None:
        self._display = connection
        root = connection.screen().root
        self.window = root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self._clipboard = connection.intern_atom("CLIPBOARD")

    def own(self) -> None:
        """Put something on the clipboard."""
        self.window.set_selection_owner(self._clipboard, X.CurrentTime)
        self._display.sync()

    def owns(self) -> bool:
        """Return whether it is still there."""
        return bool(self._display.get_selection_owner(self._clipboard) == self.window)

    def ask(self) -> None:
        """Ask for the picture on the clipboard."""
        kind = self._display.intern_atom("image/png")
        self.window.convert_selection(self._clipboard, kind, kind, X.CurrentTime)
        self._display.flush()

    def paste(self) -> bytes:
        """Return what has come, b"" while nothing has."""
        kind = self._display.intern_atom("image/png")
        while self._display.pending_events():
            event = self._display.next_event()
            if event.type == X.SelectionNotify and event.property != X.NONE:
                found = self.window.get_full_property(kind, X.AnyPropertyType)
                return bytes(found.value)
        return b""


@pytest.fixture
def other(desktop: Desktop) -> Iterator[OtherProgram]:
    """Another program on the desktop."""
    connection = display.Display(desktop.name)
    yield OtherProgram(connection)
    connection.close()


def test_the_picture_takes_the_place_of_what_another_program_has_there(
    kernel: Kernel, shown: Any, screen: Screen, other: OtherProgram, eventually: Any
) -> None:
    kernel.run("fig = plt.figure(1, figsize=(4, 3), dpi=100, facecolor=(1, 0, 0))")
    shown("Figure 1")
    other.own()
    assert other.owns()

    screen.xdotool("key", "ctrl+c")

    eventually(lambda: not other.owns())
    other.ask()
    picture = Image.open(io.BytesIO(eventually(other.paste)))
    assert picture.size == (400, 300)
    assert picture.convert("RGB").getcolors() == [(400 * 300, (255, 0, 0))]
