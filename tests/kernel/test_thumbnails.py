"""The table of the windows has a small picture of each figure, as Agg draws it."""

from __future__ import annotations

import base64
import io
import re
from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from jlab_qtwindows.kernel import api, thumbnails


@pytest.fixture
def figure(host, pyplot):
    """Return a figure of 400 x 200 px, shown, in interactive mode."""
    pyplot.ion()
    figure, _ = pyplot.subplots(figsize=(4, 2), dpi=100, layout="constrained")
    host.welcome()
    host.show()
    return figure


def pictures(table):
    """Return the images of a table in HTML."""
    found = re.findall(r'src="data:image/png;base64,([^"]*)"', table)
    return [Image.open(io.BytesIO(base64.b64decode(png))) for png in found]


def test_the_picture_is_that_of_agg_made_small(figure):
    figure.axes[0].plot([3, 1, 2], linewidth=5)
    twin = FigureCanvasAgg(Figure(figsize=(4, 2), dpi=100, layout="constrained"))
    twin.figure.subplots().plot([3, 1, 2], linewidth=5)
    twin.draw()
    expected = Image.fromarray(np.array(twin.buffer_rgba()))
    expected.thumbnail((120, 90))

    (picture,) = pictures(api.windows()._repr_html_())

    assert picture.size == (120, 60)
    assert np.array_equal(np.array(picture), np.array(expected))


def test_to_look_at_the_table_changes_no_figure(host, figure):
    before = figure.canvas.followed.changes.newest

    assert "<img" in api.status()._repr_html_()

    assert figure.canvas.followed.changes.newest == before
    assert host.is_silent()


def test_a_figure_that_fails_to_draw_is_listed_without_a_picture(figure):
    class Broken(Artist):
        def draw(self, renderer):
            raise ValueError("no picture of this")

    figure.add_artist(Broken())

    table = api.windows()._repr_html_()

    assert pictures(table) == []
    assert "Figure 1" in table


def test_figures_that_take_long_are_not_all_drawn(pyplot, figure, monkeypatch):
    pyplot.figure(2)
    clock = map(float, range(10))
    monkeypatch.setattr(thumbnails, "time", SimpleNamespace(monotonic=clock.__next__))
    monkeypatch.setattr(thumbnails, "_PATIENCE", 1.5)

    table = api.windows()._repr_html_()

    assert len(pictures(table)) == 1
    assert "Figure 2" in table


def test_a_window_that_was_closed_since_is_listed_without_a_picture(pyplot, figure):
    windows = api.windows()
    pyplot.close("all")

    assert pictures(windows._repr_html_()) == []
