"""A hundred thousand points as a density."""

import matplotlib.pyplot as plt
import mpl_scatter_density  # noqa: F401
import numpy as np

x, y = np.random.default_rng(17).normal(size=(2, 100_000))
axes = plt.figure().add_subplot(projection="scatter_density")
density = axes.scatter_density(x, x + y, cmap="magma")
axes.set(xlim=(-4, 4), ylim=(-6, 6))
axes.figure.colorbar(density)
