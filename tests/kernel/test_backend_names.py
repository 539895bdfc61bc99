"""The backend has two names, which are equal in everything."""

from __future__ import annotations

import os
import subprocess
import sys

import matplotlib as mpl
import pytest
from handhost import LIMIT

from jlab_qtwindows.kernel.mpl import canvas

NAMES = ("qtwindows", "livewindows")


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_gets_our_canvas_by_either_name(client, pyplot, name):
    mpl.use(name)

    assert mpl.get_backend() == name
    assert type(pyplot.figure().canvas) is canvas.FigureCanvasQtWindows


def test_one_name_has_not_the_letters_by_which_programs_start_qt():
    assert "qt" not in NAMES[1]


@pytest.mark.skipif(
    mpl.__version_info__ < (3, 10), reason="Matplotlib closes all figures"
)
def test_figures_stay_when_one_name_is_exchanged_for_the_other(client, pyplot):
    figure = pyplot.figure(1)

    pyplot.switch_backend("livewindows")

    assert pyplot.figure(1) is figure
    pyplot.close(figure)
    assert client.figures == {}


@pytest.mark.parametrize("name", NAMES)
def test_the_environment_may_have_either_name(name):
    program = (
        "import matplotlib.pyplot as plt;"
        "print(type(plt.figure().canvas).__name__, plt.get_backend())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "MPLBACKEND": name},
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )

    assert done.stdout.split() == ["FigureCanvasQtWindows", name], done.stderr
