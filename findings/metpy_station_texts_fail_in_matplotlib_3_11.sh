#!/bin/sh
# A text of MetPy 1.7.1's `StationPlot` cannot be drawn by Matplotlib 3.11: MetPy copies how the
# Text of earlier releases draws, and takes four values for each line of the layout, of which
# there are three now. The plot call succeeds; the first drawing fails. Barbs are drawn.
#
# Exits non-zero where the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet matplotlib==3.11.2 metpy==1.7.1
cd "$folder"
env -u MPLBACKEND "$folder/venv/bin/python" - <<'PYTHON'
import matplotlib
import metpy
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from metpy.plots import StationPlot

figure = Figure()
canvas = FigureCanvasAgg(figure)
station = StationPlot(figure.add_subplot(), [1, 2], [1, 2])
station.plot_barb(np.array([10, 20]), np.array([5, 0]))
canvas.draw()

station.plot_parameter("NW", np.array([10, 20]))
print("Matplotlib", matplotlib.__version__, "MetPy", metpy.__version__)
try:
    canvas.draw()
except ValueError as error:
    print("ValueError:", error)
else:
    raise AssertionError("it is drawn")
PYTHON
