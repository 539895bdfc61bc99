#!/bin/sh
# A pickled figure with dates, made after `matplotlib.dates.set_epoch("2020-01-01")`, says other
# dates where it is loaded in a process that has not set the same epoch: 1971 for 2021, without
# a word. Artists hold days since the epoch, and the epoch is in no pickle. Nor can it be set
# once the figure was drawn.
#
# Exits non-zero where the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet matplotlib==3.11.2
cd "$folder"
cat >dates.py <<'PYTHON'
import datetime
import pickle
import sys

import matplotlib
import matplotlib.dates as mdates
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


def years(figure):
    FigureCanvasAgg(figure).draw()
    return sorted({label.get_text()[:4] for label in figure.axes[0].get_xticklabels()})


if sys.argv[1] == "make":
    print("Matplotlib", matplotlib.__version__)
    mdates.set_epoch("2020-01-01T00:00:00")
    days = [datetime.datetime(2021, month, 3) for month in range(1, 12)]
    figure = Figure()
    figure.add_subplot().plot(days, range(11))
    with open("figure.pickle", "wb") as file:
        pickle.dump(figure, file)
    print("made:", years(figure))
    assert years(figure) == ["2021"]
else:
    with open("figure.pickle", "rb") as file:
        figure = pickle.load(file)
    print("loaded:", years(figure))
    assert years(figure) == ["1971"]
    try:
        mdates.set_epoch("2020-01-01T00:00:00")
    except RuntimeError as error:
        print("setting the epoch now:", error)
    else:
        raise AssertionError("it can be set")
PYTHON
for what in make load; do
  env -u MPLBACKEND "$folder/venv/bin/python" dates.py "$what"
done
