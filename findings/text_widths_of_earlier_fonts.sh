#!/bin/sh
# A figure that is drawn again after `rcParams["font.sans-serif"]` has changed gets the
# new font, but the places of the old one: a renderer keeps the widths of texts by their
# font properties, in which the family is still called "sans-serif". A centred text is
# then off by half the difference. The same figure on a new canvas is right; so is one
# whose size has changed, since that makes a new renderer too.
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
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


def off_centre(canvas):
    """Draw, and return how far the ink is from the middle, px."""
    canvas.draw()
    columns = np.flatnonzero((np.asarray(canvas.buffer_rgba())[..., 0] < 128).any(0))
    return float((columns[0] + columns[-1]) / 2 - 299.5)


print("Matplotlib", matplotlib.__version__)
figure = Figure((6, 1), dpi=100)
canvas = FigureCanvasAgg(figure)
figure.text(0.5, 0.5, "Quartz 123", ha="center", size=30, family="sans-serif")

first = off_centre(canvas)
matplotlib.rcParams["font.sans-serif"] = ["DejaVu Sans Mono"]
again, new = off_centre(canvas), off_centre(FigureCanvasAgg(figure))

print(f"from the middle: {first:+} px, in another font {again:+} px, anew {new:+} px")
assert abs(first) <= 2
assert abs(new) <= 2
assert abs(again) >= 5
PYTHON
