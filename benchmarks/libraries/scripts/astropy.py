"""Axes of a sky image, quantities on plain axes, times."""

import astropy.units as u
import matplotlib.pyplot as plt
import numpy as np
from astropy.time import Time
from astropy.visualization import quantity_support, time_support
from astropy.wcs import WCS

wcs = WCS(naxis=2)
wcs.wcs.ctype = "RA---TAN", "DEC--TAN"
wcs.wcs.crpix, wcs.wcs.crval, wcs.wcs.cdelt = (32, 32), (83.6, 22.0), (-0.1, 0.1)
axes = plt.figure().add_subplot(projection=wcs)
axes.imshow(np.random.default_rng(4).random((64, 64)))
axes.coords.grid(color="white")
axes.get_coords_overlay("galactic").grid(color="yellow", ls="dotted")

with quantity_support():
    plt.figure()
    plt.plot([1, 2, 3] * u.m, [100, 200, 300] * u.cm)

with time_support(format="isot"):
    plt.figure()
    plt.plot(Time(["2024-01-01", "2024-02-01", "2024-03-01"]), [1, 3, 2])
