"""A time series, a scatter with a colorbar, a matrix of scatters."""

import numpy as np
import pandas as pd

random = np.random.default_rng(2)
frame = pd.DataFrame(
    random.normal(size=(100, 3)).cumsum(axis=0),
    columns=list("abc"),
    index=pd.date_range("2024-01-01", periods=100),
)
frame.plot(subplots=True)
frame.plot.scatter("a", "b", c="c", colormap="viridis")
pd.plotting.scatter_matrix(frame, diagonal="hist")
