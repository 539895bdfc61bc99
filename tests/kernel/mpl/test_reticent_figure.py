"""A figure whose own code fails is the window's trouble, not that of the program."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from jlab_qtwindows.protocol.messages import UpdateFigure


class Reticent(Figure):
    """A figure that does not always tell its axes."""

    tells = True

    @property
    def axes(self):
        if not self.tells:
            raise RuntimeError("only after the measurement")
        return super().axes


@pytest.fixture
def line(plt, host):
    """Return a line in a window that shows it; the figure tells nothing from now on."""
    (line,) = plt.figure(FigureClass=Reticent).add_subplot().plot([1, 2, 3])
    host.welcome()
    host.show()
    line.figure.tells = False
    return line


CALLS = {
    "change": lambda canvas, line: line.set_color("red"),
    "connect": lambda canvas, line: canvas.mpl_connect("key_press_event", print),
    "disconnect": lambda canvas, line: canvas.mpl_disconnect(
        canvas.mpl_connect("pick_event", print)
    ),
    "draw": lambda canvas, line: canvas.draw(),
    "draw_idle": lambda canvas, line: canvas.draw_idle(),
    "flush_events": lambda canvas, line: canvas.flush_events(),
    "show": lambda canvas, line: canvas.manager.show(),
}


@pytest.mark.parametrize("call", CALLS)
def test_no_call_raises_where_a_figure_does_not_tell_its_axes(line, client, host, call):
    canvas = line.figure.canvas
    canvas.followed.changes.on_next = client.follower._trap.plant_here

    CALLS[call](canvas, line)  # nothing comes out of it

    line.figure.tells = True
    canvas.followed.request()
    assert host.receive(UpdateFigure)  # it is followed as before
