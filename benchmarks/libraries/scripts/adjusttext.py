"""Texts that are moved apart, with arrows."""

import matplotlib.pyplot as plt
import numpy as np
from adjustText import adjust_text

x, y = np.random.default_rng(18).random((2, 25))
figure, axes = plt.subplots()
axes.plot(x, y, "o")
texts = [axes.text(x[n], y[n], f"point {n}") for n in range(25)]
adjust_text(texts, arrowprops={"arrowstyle": "-", "color": "gray"}, iter_lim=50)
