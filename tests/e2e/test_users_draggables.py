"""Legends and annotations dragged in the window stay where they were dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kernels import Kernel
from mouse import Mouse
from screen import Screen

pytestmark = pytest.mark.e2e

Wait = Callable[..., Any]

# A place in the data is one of the canvas, 400 x 300 px.
FIGURE = """
fig = plt.figure(1, figsize=(4, 3), dpi=100)
axes = fig.add_axes((0, 0, 1, 1)); axes.axis('off')
axes.set(xlim=(0, 400), ylim=(0, 300))
"""
LEGEND = """
line, = axes.plot([0, 400], [0, 0], color='red', lw=9, label='a line')
legend = axes.legend(loc=(0.25, 0.5), framealpha=1, facecolor='blue')
_ = legend.set_draggable(True)
_ = fig.canvas.buffer_rgba()
"""
NOTE = """
note = axes.annotate('a note', (10, 10), (100, 150), bbox=dict(facecolor='blue'))
dragged = note.draggable()
_ = fig.canvas.buffer_rgba()
"""
# The same by Matplotlib alone: what its helper makes of the same px.
TWIN = """
import matplotlib as mpl
from matplotlib.backend_bases import MouseEvent
from matplotlib.backends.backend_agg import FigureCanvasAgg
def drag(artist, start, end):
    import pickle
    twin = pickle.loads(pickle.dumps(artist))
    canvas = FigureCanvasAgg(twin.figure); canvas.draw()
    for kind, place in [('button_press', start), ('motion_notify', end),
                        ('button_release', end)]:
        MouseEvent(kind + '_event', canvas, *place, 1)._process()
    return twin
"""


@pytest.fixture
def mouse(
    kernel: Kernel, shown: Any, screen: Screen, listen: Any
) -> Callable[[str], Mouse]:
    """Return a function that shows what can be dragged, and gives the mouse over it."""

    def show(artist: str) -> Mouse:
        kernel.run(FIGURE)
        shown("Figure 1")
        listen(artist)
        return Mouse(screen, "Figure 1")

    return show


def test_a_legend_stays_where_it_was_dropped(
    mouse: Callable[[str], Mouse],
    kernel: Kernel,
    frames: Callable[[int], None],
    eventually: Wait,
) -> None:
    hand = mouse(LEGEND)
    assert kernel.value("legend._loc") == (0.25, 0.5)
    eventually(lambda: hand.pixel(104, 154) == (0, 0, 255))

    hand.drag((110, 160), (150, 100), (210, 60))

    eventually(lambda: hand.pixel(204, 54) == (0, 0, 255))
    place = "[round(float(x) * size) for x, size in zip(legend._loc, (400, 300))]"
    left, bottom = kernel.value(place)
    assert abs(left - 200) <= 1
    assert abs(bottom - 50) <= 1

    kernel.run("line.set_ydata([9, 9])")
    frames(1)
    assert hand.pixel(204, 54) == (0, 0, 255)
    assert hand.pixel(104, 154) == (255, 255, 255)


def test_a_note_stays_where_it_was_dropped(
    mouse: Callable[[str], Mouse],
    kernel: Kernel,
    frames: Callable[[int], None],
    eventually: Wait,
) -> None:
    hand = mouse(NOTE)
    eventually(lambda: hand.pixel(98, 152) == (0, 0, 255))

    hand.drag((110, 154), (150, 100), (210, 54))

    eventually(lambda: hand.pixel(198, 52) == (0, 0, 255))
    eventually(
        lambda: kernel.value("[round(float(x)) for x in note.xyann]") == [200, 50]
    )

    kernel.run("axes.set_title('the next state')")
    frames(1)
    assert hand.pixel(198, 52) == (0, 0, 255)
    assert hand.pixel(98, 152) == (255, 255, 255)
