#!/bin/sh
# With the setting `axes3d.automargin` an Axes in 3D adds a margin to each pair of limits that it
# is given. So `ax.set_xlim(ax.get_xlim())`, by which a program saves a view and brings it back,
# makes the Axes wider by a 24th each time; in two dimensions it changes nothing. The argument
# `view_margin=0` leaves the margin out.
#
# Exits non-zero where the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet matplotlib==3.11.2
cd "$folder"
env -u MPLBACKEND "$folder/venv/bin/python" - <<'PYTHON'
import matplotlib
from matplotlib.figure import Figure


def widths(times, **options):
    axes = Figure().add_subplot(projection="3d")
    axes.set_xlim(0, 1, view_margin=0)
    found = []
    for _ in range(times):
        axes.set_xlim(*axes.get_xlim(), **options)
        low, high = axes.get_xlim()
        found.append(round(float(high - low), 4))
    return found


matplotlib.rcParams["axes3d.automargin"] = True
grown, kept = widths(3), widths(3, view_margin=0)
print("Matplotlib", matplotlib.__version__)
print("width of the limits, set to themselves three times:", grown)
print("the same with view_margin=0:", kept)
assert grown == [1.0417, 1.0851, 1.1303]
assert kept == [1.0, 1.0, 1.0]
PYTHON
