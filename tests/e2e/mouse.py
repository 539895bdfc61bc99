"""The mouse of a user over one window's canvas."""

from __future__ import annotations

from dataclasses import dataclass

from screen import STATUS_BAR, Screen


@dataclass(frozen=True)
class Mouse:
    """Places are px of the canvas from its lower left, as Matplotlib counts them."""

    screen: Screen
    title: str  # of the window

    def place(self, x: int, y: int) -> tuple[int, int]:
        """Return where on the screen this place is."""
        window = self.screen.window(self.title)
        assert window is not None, f"no window {self.title!r}"
        # The canvas is above the status bar.
        return window.left + x, window.top + window.height - STATUS_BAR - y

    def move(self, x: int, y: int) -> None:
        self.screen.xdotool("mousemove", *self.place(x, y))

    def click(self, x: int, y: int, button: int = 1, *, repeat: int = 1) -> None:
        """Click; the buttons 4 and 5 are the wheel, up and down."""
        self.move(x, y)
        self.screen.xdotool("click", "--repeat", repeat, button)

    def drag(self, *places: tuple[int, int]) -> None:
        """Pull from the first place to the last, past the others."""
        self.move(*places[0])
        self.screen.xdotool("mousedown", 1)
        for place in places[1:]:
            self.move(*place)
        self.screen.xdotool("mouseup", 1)

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """Return the colour that is seen at this place: red, green, blue."""
        blue, green, red = self.screen.pixel(*self.place(x, y))[:3]
        return red, green, blue
