#!/usr/bin/env bash
# A line in polar Axes of Matplotlib that has been drawn stays where it was when the
# origin of the radius changes afterwards: by `set_rorigin`, by `set_rmin`, or since the
# limits are turned round. The same calls before the first drawing put it elsewhere. The
# grid and the numbers are right in both, so that the drawn line is read wrongly. A new
# direction of the angle does move it. (matplotlib issue 12887 has seen part of it.)
#
# Exits non-zero where the behaviour has changed. Seen, whether the picture differs from
# that of a figure that was not drawn before:
# "3.11.2 rorigin True, rmin True, inverted True, direction False".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check matplotlib==3.11.2
cat >"$folder/look.py" <<'P'
import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np

CHANGES = {
    "rorigin": lambda axes: axes.set_rorigin(-3),
    "rmin": lambda axes: axes.set_rmin(-2),
    "inverted": lambda axes: axes.set_rlim(5, 0),
    "direction": lambda axes: axes.set_theta_direction(-1),
}


def picture(change, *, drawn_before):
    figure = plt.figure(figsize=(3, 3))
    axes = figure.add_subplot(projection="polar")
    axes.plot([0, 1, 2, 3], [1, 2, 3, 4])
    axes.set_rlim(0, 5)
    if drawn_before:
        figure.canvas.draw()
    change(axes)
    figure.canvas.draw()
    return np.array(figure.canvas.buffer_rgba())


found = {
    name: bool((picture(c, drawn_before=True) != picture(c, drawn_before=False)).any())
    for name, c in CHANGES.items()
}
print(matplotlib.__version__, ", ".join(f"{name} {value}" for name, value in found.items()))
assert found == {"rorigin": True, "rmin": True, "inverted": True, "direction": False}
P
"$folder/venv/bin/python" "$folder/look.py"
