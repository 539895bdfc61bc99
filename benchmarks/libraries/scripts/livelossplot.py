"""The loss of a training that is simulated."""

import math

from livelossplot import PlotLosses
from livelossplot.outputs import MatplotlibPlot

plot = PlotLosses(outputs=[MatplotlibPlot()])
for epoch in range(3):
    loss = math.exp(-epoch / 4)
    plot.update({"loss": loss, "val_loss": loss + 0.1, "acc": 1 - loss})
    plot.send()
