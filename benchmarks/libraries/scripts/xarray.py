"""A field with a colorbar, facets, lines over dates."""

import numpy as np
import pandas as pd
import xarray as xr

random = np.random.default_rng(5)
field = xr.DataArray(
    random.normal(size=(4, 20, 30)),
    dims=("time", "y", "x"),
    coords={"time": pd.date_range("2024-01-01", periods=4)},
    name="height",
    attrs={"units": "m"},
)
field[0].plot(figsize=(6, 4))
field.plot.contourf(col="time", col_wrap=2)
field[:, 0, :3].plot.line(x="time", figsize=(6, 4))
