"""Coloured shapes with a legend; points, lines and shapes over each other."""

import geopandas as gpd
from shapely.geometry import LineString, Point, box

tiles = [box(x, y, x + 1, y + 1) for x in range(5) for y in range(4)]
frame = gpd.GeoDataFrame({"value": range(20)}, geometry=tiles, crs="EPSG:4326")
frame.plot("value", legend=True, edgecolor="white")
axes = frame.boundary.plot(color="gray")
gpd.GeoSeries([Point(x, x / 2) for x in range(5)]).plot(ax=axes, color="red")
gpd.GeoSeries([LineString([(0, 0), (3, 4), (5, 1)])]).plot(ax=axes)
