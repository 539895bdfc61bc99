"""A user who changes states of a figure, and the kernel that is told."""

from __future__ import annotations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from user import ZOOM

from jlab_qtwindows.host.figure.edits import Edits
from jlab_qtwindows.protocol.edits import apply_edits


@pytest.fixture
def sent():
    """Return what the kernel was told: numbers and edits."""
    return []


@pytest.fixture
def edits(sent):
    return Edits(lambda serial, told: sent.append((serial, told)))


@pytest.fixture
def act(edits):
    """Return a function with which the user does something to a figure."""

    def do(figure, action):
        edits.begin(figure)
        action(figure)
        edits.end(figure)
        return figure

    return do


@pytest.fixture
def zoomed(make_figure, act):
    """The user zooms into a first state, along x."""
    return act(make_figure(), lambda figure: figure.axes[0].set_xlim(*ZOOM))


@pytest.fixture
def make_3d():
    """Return a function that makes a figure with a line in space."""

    def make(scale=1):
        figure = Figure()
        FigureCanvasAgg(figure)
        data = [scale, 2 * scale]
        figure.add_subplot(projection="3d").plot(data, data, data)
        return figure

    return make


@pytest.fixture
def kernel(edits, sent, make_figure):
    """The program's figure, which applies what it is told."""

    class Kernel:
        figure = make_figure()
        applied = 0

        def apply(self):
            while sent:
                self.applied, told = sent.pop(0)
                assert apply_edits(self.figure, told) == []

        def show(self, state):
            """Let the window show this state now."""
            return edits.carry_over(state, self.applied)

        def state(self, *data):
            """Return a copy of the figure, as a state of it."""
            axes, copy = self.figure.axes[0], make_figure(*data)
            for name in "xy":
                if not getattr(axes, f"get_autoscale{name}_on")():
                    limits = getattr(axes, f"get_{name}lim")()
                    getattr(copy.axes[0], f"set_{name}lim")(*limits)
            return copy

    return Kernel()
