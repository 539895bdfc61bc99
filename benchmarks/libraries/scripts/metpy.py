"""A sounding on a Skew-T diagram, a hodograph, a station."""

import matplotlib.pyplot as plt
import numpy as np
from metpy.plots import Hodograph, SkewT, StationPlot
from metpy.units import units

pressure = np.linspace(1000, 200, 20) * units.hPa
temperature = np.linspace(25, -55, 20) * units.degC
u = np.linspace(0, 30, 20) * units.knots
v = 10 * np.sin(np.linspace(0, 3, 20)) * units.knots

skew = SkewT(plt.figure(figsize=(6, 7)))
skew.plot(pressure, temperature, "r")
skew.plot_barbs(pressure, u, v)
skew.plot_dry_adiabats()
skew.ax.set_ylim(1000, 200)

hodograph = Hodograph(plt.figure().add_subplot(), component_range=40)
hodograph.add_grid(increment=10)
hodograph.plot_colormapped(u, v, pressure)

axes = plt.figure().add_subplot()
station = StationPlot(axes, [1, 2], [1, 2])
station.plot_barb([10, 20] * units.knots, [5, 0] * units.knots)
