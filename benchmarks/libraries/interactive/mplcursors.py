"""A click on the sixth bar picks it; the mouse over a point picks that."""

from typing import Any

from user import User

LIBRARY = "mplcursors"
FIGURE = "Figure 1"


def work(user: User) -> dict[str, Any]:
    """Click the bar, move over the point, click with the right button."""
    user.run("""
import mplcursors
figure, (left, right) = plt.subplots(1, 2)
bars = left.bar(range(8), [3, 1, 4, 1, 5, 9, 7, 6])
dots = right.scatter(range(5), [10, 30, 20, 50, 40])
picked, hovered, removed = [], [], []
cursor = mplcursors.cursor(bars)
cursor.connect("add", lambda sel: picked.append(int(sel.index)))
cursor.connect("remove", lambda sel: removed.append(int(sel.index)))
over = mplcursors.cursor(dots, hover=True)
over.connect("add", lambda sel: hovered.append(int(sel.index)))
""")
    bar = user.place("bar", "left.transData.transform((6, 3))")
    dot = user.place("dot", "right.transData.transform((3, 50))")
    user.window(FIGURE)
    user.click(FIGURE, bar)
    picked = user.until("picked")
    text = user.value("[s.annotation.get_text() for s in cursor.selections]")
    user.move(FIGURE, dot)
    hovered = user.until("hovered")
    note = "cursor.selections[0].annotation.get_bbox_patch().get_window_extent()"
    user.click(FIGURE, user.place("note", f"({note}.p0 + {note}.p1) / 2"), button=3)
    return {
        "bar": picked,
        "text": text,
        "point": hovered,
        "removed": user.until("removed"),
    }
