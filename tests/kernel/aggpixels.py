"""What plain Agg draws of a figure: the judge of our own pictures."""

from __future__ import annotations

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg


def agg_pixels(figure):
    """Return what plain Agg draws, leaving the figure's canvas alone."""
    canvas = figure.canvas
    agg = FigureCanvasAgg(figure)
    agg.draw()
    figure.set_canvas(canvas)
    return np.array(agg.buffer_rgba())
