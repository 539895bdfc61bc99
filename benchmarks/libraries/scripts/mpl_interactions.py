"""A curve and an image that follow sliders of Matplotlib."""

import matplotlib.pyplot as plt
import mpl_interactions.ipyplot as iplt
import numpy as np
from matplotlib.widgets import Slider

x = np.linspace(0, 6, 200)
figure, axes = plt.subplots()
plt.subplots_adjust(bottom=0.25)
place = plt.axes((0.2, 0.1, 0.6, 0.03))
slider = Slider(place, "tau", 0.5, 3.0, valinit=1.0)
controls = iplt.plot(x, lambda x, tau: np.sin(tau * x), tau=slider, ax=axes)

figure, axes = plt.subplots()
with controls["tau"]:
    iplt.imshow(lambda tau: np.outer(np.sin(tau * x), np.cos(x)), ax=axes)
