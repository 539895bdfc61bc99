#!/bin/sh
# A cycle of colors taken from a colormap, `cycler(color=cmap(x))`, is a valid setting that
# Matplotlib keeps as it is: rows of an array. Such a cycle is equal only to one with the very
# same rows. Comparing it with Matplotlib's own cycle of as many colors, or with a second
# one that was made in the same way, is neither true nor false but an error; and so is the
# comparison of all settings before and after, `dict(rcParams) == before`, by which a
# program would find out whether any has changed. One of another length is simply unequal.
#
# Exits non-zero where the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet matplotlib==3.11.2 cycler==0.12.1 numpy==2.3.5
cd "$folder"
cat >compare.py <<'P'
import matplotlib
import numpy as np
from cycler import cycler

matplotlib.use("agg")
print("Matplotlib", matplotlib.__version__)
rc, name = matplotlib.rcParams, "axes.prop_cycle"


def cycle(length):
    return cycler(color=matplotlib.colormaps["viridis"](np.linspace(0, 1, length)))


def outcome(compare):
    try:
        return bool(compare())
    except ValueError as error:
        return f"ValueError: {error}"


before = dict(rc)
own = rc[name]
rc[name] = first = cycle(len(own))
found = {
    "with itself": outcome(lambda: rc[name] == first),
    "with one made alike": outcome(lambda: rc[name] == cycle(len(own))),
    "with Matplotlib's own": outcome(lambda: rc[name] == own),
    "with a longer one": outcome(lambda: rc[name] == cycle(len(own) + 1)),
    "all settings": outcome(lambda: dict(rc) == before),
}
for what, came in found.items():
    print(f"{what}: {came}")
for what in ("with one made alike", "with Matplotlib's own", "all settings"):
    assert str(found[what]).startswith("ValueError"), what
assert found["with a longer one"] is False
P
"$folder/venv/bin/python" compare.py
