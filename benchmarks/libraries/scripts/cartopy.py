"""Maps without downloads: grid lines, a mesh of another projection, circles."""

import cartopy.crs as ccrs
import matplotlib.pyplot as plt
import numpy as np

longitudes, latitudes = np.linspace(-180, 180, 37), np.linspace(-80, 80, 17)
values = np.cos(np.radians(latitudes))[:, None] * np.sin(np.radians(longitudes))

figure, axes = plt.subplots(subplot_kw={"projection": ccrs.Robinson()})
axes.pcolormesh(longitudes, latitudes, values, transform=ccrs.PlateCarree())
axes.gridlines(draw_labels=True)
axes.set_global()

figure, axes = plt.subplots(subplot_kw={"projection": ccrs.Orthographic(10, 45)})
axes.tissot(rad_km=800, facecolor="orange", alpha=0.5)
axes.plot([0, 60], [50, 20], "o-", transform=ccrs.Geodetic())
axes.gridlines()
axes.set_global()

figure, axes = plt.subplots(subplot_kw={"projection": ccrs.LambertConformal()})
axes.set_extent([-20, 40, 30, 70])
axes.contourf(longitudes, latitudes, values, transform=ccrs.PlateCarree())
