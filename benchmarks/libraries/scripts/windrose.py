"""Bars and a filled contour by direction."""

import numpy as np
from windrose import WindroseAxes

random = np.random.default_rng(15)
speed, direction = random.random(300) * 6, random.random(300) * 360
axes = WindroseAxes.from_ax()
axes.bar(direction, speed, normed=True, opening=0.8, edgecolor="white")
axes.set_legend()
axes = WindroseAxes.from_ax()
axes.contourf(direction, speed, bins=np.arange(0, 8, 1))
