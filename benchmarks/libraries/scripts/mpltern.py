"""Points and a filled contour on a triangle."""

import matplotlib.pyplot as plt
import mpltern  # noqa: F401
import numpy as np

random = np.random.default_rng(11)
t, left, r = random.dirichlet((1, 1, 1), 80).T
axes = plt.figure().add_subplot(projection="ternary")
axes.scatter(t, left, r, c=t)
axes.set_tlabel("top")
axes.grid()

axes = plt.figure().add_subplot(projection="ternary", ternary_sum=100)
colors = axes.tricontourf(100 * t, 100 * left, 100 * r, t * left)
axes.figure.colorbar(colors)
