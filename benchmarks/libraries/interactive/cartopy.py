"""A map is zoomed with the window's tool: the kernel learns the limits."""

from typing import Any

from user import User

LIBRARY = "cartopy"
FIGURE = "Figure 1"


def work(user: User) -> dict[str, Any]:
    """Press `o`, pull a rectangle."""
    user.run("""
import cartopy.crs as ccrs
figure, axes = plt.subplots(subplot_kw={"projection": ccrs.PlateCarree()})
axes.gridlines()
axes.set_global()
seen = []
figure.canvas.mpl_connect(
    "button_press_event", lambda event: seen.append(round(float(event.xdata), -1))
)
""")
    user.window(FIGURE)
    low = user.place("low", "axes.transData.transform((-60, -30))")
    high = user.place("high", "axes.transData.transform((60, 30))")
    user.move(FIGURE, low)
    user.key(FIGURE, "o")
    user.drag(FIGURE, low, (low[0] + 30, low[1] + 20), high)
    user.until("axes.get_xlim()[0] > -170")
    return {
        "limits": user.value("[round(float(v) / 2) for v in axes.get_extent()]"),
        "click": user.value("seen[:1]"),
    }
