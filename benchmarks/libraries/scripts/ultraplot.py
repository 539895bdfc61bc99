"""A grid with panels, letters and a shared colorbar; a polar one."""

import numpy as np
import ultraplot as uplt

random = np.random.default_rng(12)
figure, axes = uplt.subplots(ncols=2, nrows=2, refwidth=2)
axes.format(abc="a.", suptitle="title", xlabel="x", ylabel="y")
for each in axes:
    filled = each.contourf(random.random((12, 12)), cmap="batlow")
figure.colorbar(filled, loc="r", label="value")

figure, axes = uplt.subplots(proj="polar", refwidth=3)
axes.plot(np.linspace(0, 6, 50), np.linspace(0, 1, 50))
