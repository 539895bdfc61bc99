"""A draggable legend stays where it was put, also after new data; so does a note."""

from typing import Any

from user import User

LIBRARY = "matplotlib"
FIGURE = "Figure 1"


def work(user: User) -> dict[str, Any]:
    """Pull both, then change the data."""
    user.run("""
figure, axes = plt.subplots()
(line,) = axes.plot([1, 2, 3], [1, 4, 2], label="curve")
legend = axes.legend(loc="upper right", draggable=True)
note = axes.annotate("here", (2, 4), (1.2, 3.5), arrowprops={"arrowstyle": "->"})
dragged = note.draggable()
figure.canvas.draw()
""")
    window = user.window(FIGURE)
    assert window.width
    box = "legend.get_window_extent()"
    grip = user.place("legend", f"({box}.x0 + {box}.x1) / 2, ({box}.y0 + {box}.y1) / 2")
    text = user.place("note", "note.get_window_extent().p0")
    user.drag(
        FIGURE, grip, (grip[0] - 50, grip[1] - 60), (grip[0] - 150, grip[1] - 200)
    )
    user.until("isinstance(legend._loc, tuple)")
    on_text = text[0] + 8, text[1] + 6
    user.drag(FIGURE, on_text, (on_text[0] + 40, on_text[1] - 20), (150, 100))
    user.until("note.xyann != (1.2, 3.5)")
    user.run("line.set_ydata([2, 3, 4])")
    user.run("figure.canvas.draw()")
    # In tens of px: the drag begins at the first motion.
    return {
        "legend": user.value(f"[round(v / 10) for v in {box}.p0]"),
        "note": user.value("[round(float(v), 1) for v in note.xyann]"),
    }
