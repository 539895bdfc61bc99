#!/bin/sh
# A pickled figure with polar bars looks otherwise in another process: the ends of the bars
# are straight lines there instead of arcs. `PolarAxes.bar` sets how finely they are bent on
# the one unit rectangle that all rectangles of a process share, and which no pickle holds.
# In the same process, or in one that has made any polar bar itself, the picture is right.
#
# Exits non-zero where the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet matplotlib==3.11.2
cd "$folder"
cat >polar.py <<'PYTHON'
import pickle
import sys

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


def drawn(figure):
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba()).copy()


def bars():
    figure = Figure((4, 3), dpi=100)
    figure.add_subplot(projection="polar").bar([0, 1.5], [1, 2], width=1)
    return figure


if sys.argv[1] == "make":
    print("Matplotlib", matplotlib.__version__)
    figure = bars()
    with open("figure.pickle", "wb") as file:
        pickle.dump(figure, file)
    np.save("made.npy", drawn(figure))
else:
    if sys.argv[1] == "load after bars":
        bars()
    with open("figure.pickle", "rb") as file:
        loaded = drawn(pickle.load(file))
    differ = int((loaded != np.load("made.npy")).any(-1).sum())
    print(f"{sys.argv[1]}: {differ} of 120000 px differ")
    assert (differ == 0) == (sys.argv[1] != "load")
PYTHON
for what in make load "load after bars"; do
  env -u MPLBACKEND "$folder/venv/bin/python" polar.py "$what"
done
