#!/bin/sh
# `matplotlib.colors.get_named_colors_mapping().update({"brand": ...})` gives a name another
# color, but only until the name has been used once: colors that were looked up are kept
# beside the table, and only `table["brand"] = ...` has them forgotten, of whatever name.
# Until then, figures made later are drawn in the old color too, where no alpha, or the same,
# is asked for; with another alpha the name means the new one.
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
from matplotlib.colors import get_named_colors_mapping, to_rgba
from matplotlib.figure import Figure


def drawn():
    """Return the color of a background that is called "brand", in a new figure."""
    canvas = FigureCanvasAgg(Figure((1, 1), facecolor="brand"))
    canvas.draw()
    return tuple(int(part) for part in np.asarray(canvas.buffer_rgba())[50, 50, :3])


print("Matplotlib", matplotlib.__version__)
table = get_named_colors_mapping()
table.update(brand="#ff0000")
first = drawn()
table.update(brand="#0000ff")
updated, half = drawn(), to_rgba("brand", 0.5)
table["another"] = "#00ff00"
forgotten = drawn()

print("red:", first)
print("updated to blue:", updated, "in the table:", table["brand"], "at half:", half)
print("after another name was set:", forgotten)
assert first == updated == (255, 0, 0)
assert table["brand"] == "#0000ff"
assert half == (0, 0, 1, 0.5)
assert forgotten == (0, 0, 255)
PYTHON
