#!/bin/sh
# A Button of matplotlib.widgets that does not blit (asked for, or since the canvas cannot)
# draws the whole figure, at once, in the motion event in which the mouse enters or leaves
# it: by `canvas.draw()`, not by `draw_idle()` as a Slider does that is moved. So `draw()`
# says nothing of what a program wants to be shown, and a mouse that passes over a button of
# a figure that is slow to draw waits for it twice.
#
# Exits non-zero where the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet matplotlib==3.11.2
cd "$folder"
cat >hover.py <<'P'
import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
from matplotlib.backend_bases import MouseEvent
from matplotlib.widgets import Button, Slider

print("Matplotlib", matplotlib.__version__)
fig = plt.figure(figsize=(4, 2), dpi=100)
button = Button(fig.add_axes((0, 0, 0.5, 1)), "run", useblit=False)
slider = Slider(fig.add_axes((0.5, 0, 0.5, 1)), "", 0, 1)
canvas = fig.canvas
canvas.draw()
calls = []
canvas.draw = lambda: calls.append("draw")
canvas.draw_idle = lambda: calls.append("draw_idle")


def move(x):
    MouseEvent("motion_notify_event", canvas, x, 100)._process()


move(50), move(60)
print("into the button, and within it:", calls)
entered, calls[:] = list(calls), []
move(300)
print("out of it:", calls)
left, calls[:] = list(calls), []
slider.set_val(0.7)
print("a slider that is moved:", calls)
assert entered == left == ["draw"]
assert calls == ["draw_idle"]
P
"$folder/venv/bin/python" hover.py
