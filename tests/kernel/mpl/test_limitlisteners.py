"""What a program plots when drawing changes its limits is in the window.

The judge is a twin that plain Agg has drawn.
"""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


def plot(figure):
    """Plot a curve that has a point for each unit that is seen, as far as that is."""
    axes = figure.add_subplot()
    axes.set_aspect("equal", adjustable="datalim")
    (line,) = axes.plot([0, 1], [0, 10])

    def resample(axes):
        x = np.arange(*np.round(axes.get_xlim()))
        line.set_data(x, x)

    axes.callbacks.connect("xlim_changed", resample)


@pytest.fixture
def twin():
    twin = Figure((5, 4), dpi=100)
    canvas = FigureCanvasAgg(twin)
    plot(twin)
    canvas.draw()
    return twin


@pytest.fixture
def figure(host, plt):
    figure = plt.figure(figsize=(5, 4), dpi=100)
    plot(figure)
    host.welcome()
    return figure


def data_of(figure):
    (line,) = figure.axes[0].lines
    return line.get_xdata().tolist()


def last_state(host, client):
    newest = host.show()
    while True:
        client.main_queue.run_pending()
        if host.is_silent():
            return pickle.loads(newest[1][0], buffers=newest[1][1:])["figure"]
        newest = host.show()


def test_what_an_idle_layout_has_made_it_plot(figure, host, client, twin):
    host.show()
    figure.canvas.layout.settle()  # as in an idle moment

    assert len(data_of(twin)) > 2
    assert data_of(last_state(host, client)) == data_of(twin)


def test_it_settles(figure, host, client):
    host.show()
    figure.canvas.layout.settle()
    last_state(host, client)
    changes = figure.canvas.followed.changes.newest

    figure.canvas.layout.settle()
    figure.canvas.layout.settle(ticks=True)

    assert figure.canvas.followed.changes.newest == changes
    assert host.is_silent()


def test_what_a_draw_has_made_it_plot(figure, host, client, twin):
    figure.canvas.draw()

    assert data_of(last_state(host, client)) == data_of(twin)


def test_what_drawing_for_a_listener_has_made_it_plot(figure, host, client, twin):
    host.show()
    figure.canvas.mpl_connect("draw_event", lambda event: None)
    figure.canvas.render_here(figure.canvas.followed)

    assert data_of(last_state(host, client)) == data_of(twin)
