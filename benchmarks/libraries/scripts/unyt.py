"""Arrays with units on axes that name them."""

import matplotlib.pyplot as plt
import numpy as np
import unyt

unyt.matplotlib_support.label_style = "[]"
with unyt.matplotlib_support:
    figure, axes = plt.subplots()
    axes.plot(np.arange(10) * unyt.s, np.arange(10) ** 2 * unyt.km)
    plt.pause(0.05)
