#!/bin/sh
# In a figure that was pickled and loaded again the colorbar no longer follows its image: after
# `image.set_clim(0, 10)` the colors of the image change, while the colorbar goes on saying
# 0 to 1. The picture is of a measurement that is ten times smaller than it was. Connections
# between the parts of a figure are not kept by its pickle.
#
# Exits non-zero where the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet matplotlib==3.11.2
cd "$folder"
env -u MPLBACKEND "$folder/venv/bin/python" - <<'PYTHON'
import pickle

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

figure = Figure()
image = figure.add_subplot().imshow(np.eye(3))
figure.colorbar(image)
FigureCanvasAgg(figure).draw()
loaded = pickle.loads(pickle.dumps(figure))

said = {}
for name, one in (("made", figure), ("loaded", loaded)):
    picture, bar = one.axes
    picture.images[0].set_clim(0, 10)
    FigureCanvasAgg(one).draw()
    said[name] = picture.images[0].get_clim(), tuple(map(float, bar.get_ylim()))

print("Matplotlib", matplotlib.__version__)
print("limits of the image, and those that its colorbar says:", said)
assert said["made"] == ((0, 10), (0.0, 10.0))
assert said["loaded"] == ((0, 10), (0.0, 1.0))
PYTHON
