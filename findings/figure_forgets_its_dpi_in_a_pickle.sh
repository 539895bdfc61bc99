#!/bin/sh
# `figure.set_dpi(200)` is lost when the figure is pickled: loaded, it has the dpi that it was
# made with, and half the size in px. `Figure(dpi=200)` is kept, and so is what is set in
# inches. `copy.deepcopy` of a figure forgets it too.
#
# Exits non-zero where the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet matplotlib==3.11.2
cd "$folder"
env -u MPLBACKEND "$folder/venv/bin/python" - <<'PYTHON'
import copy
import pickle

import matplotlib
from matplotlib.figure import Figure

figure = Figure(figsize=(4, 3), dpi=100)
figure.set_dpi(200)
figure.set_size_inches(5, 3)
made = Figure(figsize=(4, 3), dpi=200)

sizes = {
    "set": figure,
    "set, loaded": pickle.loads(pickle.dumps(figure)),
    "set, copied": copy.deepcopy(figure),
    "made with, loaded": pickle.loads(pickle.dumps(made)),
}
sizes = {name: tuple(map(int, one.bbox.size)) for name, one in sizes.items()}
print("Matplotlib", matplotlib.__version__)
print("size, px:", sizes)
assert sizes["set"] == (1000, 600)
assert sizes["set, loaded"] == sizes["set, copied"] == (500, 300)
assert sizes["made with, loaded"] == (800, 600)
PYTHON
