"""Floating and curved axes of Matplotlib's toolkit."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.projections import PolarAxes
from matplotlib.transforms import Affine2D
from mpl_toolkits import axisartist
from mpl_toolkits.axisartist import floating_axes

axes = plt.figure().add_subplot(axes_class=axisartist.Axes)
axes.axis["y=0"] = axes.new_floating_axis(nth_coord=0, value=0)
axes.axis["right", "top"].set_visible(False)
axes.plot(np.sin(np.linspace(0, 6, 50)))

helper = floating_axes.GridHelperCurveLinear(
    Affine2D().scale(np.pi / 180, 1) + PolarAxes.PolarTransform(),
    extremes=(0, 120, 1, 4),
)
axes = plt.figure().add_subplot(
    axes_class=floating_axes.FloatingAxes, grid_helper=helper
)
axes.grid()
