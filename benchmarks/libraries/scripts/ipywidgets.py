"""A curve that a slider's callback changes."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, interactive

x = np.linspace(0, 6, 100)
figure, axes = plt.subplots()
(line,) = axes.plot(x, np.sin(x))


def update(tau: float) -> None:
    """Set the curve."""
    line.set_ydata(np.sin(tau * x))
    axes.set_title(f"tau = {tau:.1f}")


slider = FloatSlider(value=1.0, min=0.5, max=3.0)
interactive(update, tau=slider)
slider.value = 2.0
