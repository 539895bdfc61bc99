"""Bars and lines with cursors, one of them set by the program."""

import matplotlib.pyplot as plt
import mplcursors

figure, axes = plt.subplots()
bars = axes.bar(range(8), [3, 1, 4, 1, 5, 9, 2, 6])
mplcursors.cursor(bars, hover=True)

figure, axes = plt.subplots()
lines = axes.plot([3, 1, 4], label="first") + axes.plot([1, 5, 9], label="second")
cursor = mplcursors.cursor(lines, highlight=True)
cursor.connect("add", lambda sel: sel.annotation.set_text(sel.artist.get_label()))
figure.canvas.draw()
