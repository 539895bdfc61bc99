#!/bin/sh
# A figure with quantities of Astropy cannot be pickled, also long after the block of
# `quantity_support()`: its axes hold a converter of a class that is made inside that function.
# `copy.deepcopy` of the same figure works, and so does the pickle of one whose quantities
# were plotted as plain numbers, by their `.value`.
#
# Exits non-zero where the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet matplotlib==3.11.2 astropy==8.0.2
cd "$folder"
HOME="$folder" MPLBACKEND=agg "$folder/venv/bin/python" - <<'PYTHON'
import copy
import pickle

import astropy
import matplotlib
from astropy import units
from astropy.visualization import quantity_support
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

lengths = [1, 2] * units.m
with quantity_support():
    figure = Figure()
    figure.add_subplot().plot(lengths, lengths)
    FigureCanvasAgg(figure).draw()
plain = Figure()
plain.add_subplot().plot(lengths.value, lengths.value)

print("Matplotlib", matplotlib.__version__, "Astropy", astropy.__version__)
copied = copy.deepcopy(figure)
print("copied:", copied.axes[0].get_xlabel(), "plain:", len(pickle.dumps(plain)) > 0)
try:
    pickle.dumps(figure)
except AttributeError as error:
    print("AttributeError:", error)
    assert "quantity_support.<locals>" in str(error)
else:
    raise AssertionError("it can be pickled")
PYTHON
