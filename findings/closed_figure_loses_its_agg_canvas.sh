#!/bin/sh
# Since Matplotlib 3.11 a figure that pyplot has closed has no canvas of the backend any more,
# but a plain one, also with Agg: `figure.canvas.draw()` does nothing, and says nothing, and
# `figure.canvas.buffer_rgba()` fails. Up to 3.10 both worked on. `savefig` does in both.
#
# Exits non-zero where the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/closed.py" <<'PYTHON'
import io

import matplotlib
from matplotlib import pyplot as plt


class Drawn:
    """Counts how often a figure is drawn."""

    count = 0

    def __call__(self, event):
        self.count += 1


figure, drawn = plt.figure(), Drawn()
figure.canvas.mpl_connect("draw_event", drawn)
plt.close(figure)
figure.canvas.draw()
counted = drawn.count
try:
    pixels = len(figure.canvas.buffer_rgba())
except AttributeError as error:
    pixels = str(error)
file = io.BytesIO()
figure.savefig(file)

print("Matplotlib", matplotlib.__version__, type(figure.canvas).__name__)
print("drawn:", counted, "lines of pixels:", pixels, "file:", len(file.getvalue()) > 0)
assert file.getvalue()
if matplotlib.__version_info__ < (3, 11):
    assert (counted, pixels) == (1, 480)
else:
    assert counted == 0
    assert "no attribute 'buffer_rgba'" in pixels
PYTHON
for version in 3.10.8 3.11.2; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet matplotlib==$version
  (cd "$folder" && MPLBACKEND=agg "$folder/$version/bin/python" closed.py)
done
