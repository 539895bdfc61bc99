"""A scale bar on an image, one on equal axes."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib_scalebar.scalebar import ScaleBar

figure, axes = plt.subplots()
axes.imshow(np.random.default_rng(16).random((40, 60)))
axes.add_artist(ScaleBar(0.2, "um", location="lower right"))
figure, axes = plt.subplots()
axes.plot([0, 5, 9], [0, 7, 3])
axes.set_aspect("equal")
axes.add_artist(ScaleBar(1, "km", dimension="si-length"))
