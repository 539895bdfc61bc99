"""A scan of simulated devices with a live plot and a live grid."""

import asyncio

import matplotlib.pyplot as plt
from bluesky import RunEngine
from bluesky.callbacks.mpl_plotting import LiveGrid, LivePlot
from bluesky.plans import grid_scan, scan
from ophyd.sim import det, det4, motor, motor1, motor2

engine = RunEngine({}, during_task=None, loop=asyncio.new_event_loop())
figure, axes = plt.subplots()
engine(scan([det], motor, -3, 3, 15), LivePlot("det", "motor", ax=axes))
figure, axes = plt.subplots()
engine(
    grid_scan([det4], motor1, -2, 2, 5, motor2, -2, 2, 6),
    LiveGrid((5, 6), "det4", ax=axes),
)
