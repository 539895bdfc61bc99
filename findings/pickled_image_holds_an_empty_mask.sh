#!/bin/sh
# A pickled figure with an image of one byte per channel is twice as large as its data: `imshow`
# keeps a masked array, which has no mask; its pickle writes one out, a byte for each number.
# Nor can the pixels go beside the pickle (protocol 5, `buffer_callback`), as those of a plain
# array of the same figure do.
#
# Exits non-zero where the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet matplotlib==3.11.2 numpy==2.4.6
cd "$folder"
env -u MPLBACKEND "$folder/venv/bin/python" - <<'PYTHON'
import pickle

import matplotlib
import numpy as np
from matplotlib.figure import Figure

data = np.zeros((1000, 1000, 3), np.uint8)
figure = Figure()
image = figure.add_subplot().imshow(data)


def beside(thing):
    """Return the bytes in the pickle, and those beside it."""
    buffers = []
    size = len(pickle.dumps(thing, protocol=5, buffer_callback=buffers.append))
    return size, sum(buffer.raw().nbytes for buffer in buffers)


print("Matplotlib", matplotlib.__version__, "NumPy", np.__version__)
print("data:", data.nbytes, "bytes, mask:", image.get_array().mask)
print("the figure, in the pickle and beside it:", beside(figure))
print("the array alone:", beside(data))
assert not np.any(image.get_array().mask)
inside, outside = beside(figure)
assert inside > 2 * data.nbytes
assert outside < 10_000
assert beside(data)[1] == data.nbytes
PYTHON
