"""A notebook that nobody watches, with the backend and figures in it."""

from __future__ import annotations

import pytest
from keptnotebook import Notebook, fill

from jlab_qtwindows.kernel import keptpictures
from jlab_qtwindows.kernel.process import unattended


@pytest.fixture
def notebook(monkeypatch):
    """A notebook with no backend yet; its cells are run by nobody."""
    notebook = Notebook()
    for module in (keptpictures, unattended):
        monkeypatch.setattr(module, "ipython", lambda: notebook.shell)
    monkeypatch.setattr(keptpictures, "_of_shell", None)
    return notebook


@pytest.fixture
def plt(notebook, request):
    """pyplot with the backend loaded in the first cell of the notebook."""
    pyplot = request.getfixturevalue("pyplot")
    notebook.run(keptpictures.keep_pictures_by_default)
    pyplot.ion()
    return pyplot


@pytest.fixture
def shown(plt, notebook):
    """Return a figure of which an earlier cell has given a picture."""
    figures = []

    def make():
        figures.append(plt.figure())
        fill(figures[0])

    assert len(notebook.run(make)) == 1
    return figures[0]


@pytest.fixture
def drawings(monkeypatch, plt):
    """Return the list of the figures that have been drawn for a picture."""
    drawn, draw = [], keptpictures.draw_picture
    monkeypatch.setattr(
        keptpictures, "draw_picture", lambda followed: drawn.append(1) or draw(followed)
    )
    return drawn
