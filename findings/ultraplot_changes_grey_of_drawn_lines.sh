#!/bin/sh
# The first use of anything in ultraplot (its import alone is not one) gives `grey`, and other
# names of CSS, the colors of the XKCD survey, in every figure of the process: also in those
# that were made, and drawn, before. But only where an artist keeps the name until it is
# drawn: lines and texts change, a rectangle keeps the gray that it was made with.
#
# Exits non-zero where the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet matplotlib==3.11.2 ultraplot==2.7.3
mkdir "$folder/.config" # it fails without one
export MPLCONFIGDIR="$folder/settings" HOME="$folder"
cd "$folder"
env -u MPLBACKEND "$folder/venv/bin/python" - <<'PYTHON'
import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

figure = Figure((2, 1), dpi=100)
canvas = FigureCanvasAgg(figure)
figure.add_artist(Rectangle((0, 0), 0.5, 1, color="grey", transform=figure.transFigure))
figure.add_artist(Line2D([0.75, 0.75], [0, 1], lw=50, color="grey"))


def drawn():
    """Return the colors of the rectangle and of the line."""
    canvas.draw()
    picture = np.asarray(canvas.buffer_rgba())
    return [tuple(int(part) for part in picture[50, x, :3]) for x in (50, 150)]


before = drawn()
import ultraplot  # noqa: E402

imported = drawn()
ultraplot.Cycle  # only looked up
after = drawn()
print("Matplotlib", matplotlib.__version__, "ultraplot", ultraplot.__version__)
print("rectangle and line, before:", before, "imported:", imported, "used:", after)
assert before == imported == [(128, 128, 128)] * 2
assert after == [(128, 128, 128), (146, 149, 145)]
PYTHON
