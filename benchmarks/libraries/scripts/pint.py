"""Quantities on axes that convert them."""

import matplotlib.pyplot as plt
import numpy as np
import pint

registry = pint.UnitRegistry()
registry.setup_matplotlib()
figure, axes = plt.subplots()
axes.yaxis.set_units(registry.inches)
axes.plot(np.arange(10) * registry.s, np.arange(10) ** 2 * registry.cm)
axes.axhline(20 * registry.inches, color="red")
registry.setup_matplotlib(enable=False)
